"""The kinds of work that a worker does, from the slices that have any."""

from __future__ import annotations

from offenraum.conference.tasks import calendar_of
from offenraum.conference.tasks.webhooks import DELIVERING
from offenraum.kit.outbox import Kind
from offenraum.post.tasks import sending
from offenraum.programme.tasks import EXPLAINING, PLANNING
from offenraum.seats.tasks import PRINTING, ticket_of

SENDING = sending({"calendar": calendar_of, "ticket": ticket_of})
KINDS: tuple[Kind, ...] = (PLANNING, EXPLAINING, SENDING, PRINTING, DELIVERING)
