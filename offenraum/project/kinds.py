"""The kinds of work that a worker does, from the slices that have any."""

from __future__ import annotations

from offenraum.kit.outbox import Kind
from offenraum.post.tasks import sending
from offenraum.programme.tasks import EXPLAINING, PLANNING

SENDING = sending({})
KINDS: tuple[Kind, ...] = (PLANNING, EXPLAINING, SENDING)
