"""The kinds of work that a worker does, from the slices that have any."""

from __future__ import annotations

from offenraum.kit.outbox import Kind
from offenraum.programme.tasks import EXPLAINING, PLANNING

KINDS: tuple[Kind, ...] = (PLANNING, EXPLAINING)
