"""A plan while it is being made: who is where, and whether one more session would break a hard rule."""

from __future__ import annotations

from collections.abc import Mapping

from offenraum.planner.instance import NOWHERE, Instance
from offenraum.planner.problem import Cell


class Board:
    """Topics on cells (slot, room); a double session lies on two cells of one room."""

    def __init__(self, instance: Instance, placements: Mapping[str, Cell] | None = None) -> None:
        self.instance = instance
        self.where: list[tuple[int, int]] = [NOWHERE] * len(instance.topic_ids)
        self.rooms_of: list[dict[int, int]] = [{} for _ in instance.slot_ids]
        for topic, cell in (placements or {}).items():
            slot, room = instance.slot_ids.index(cell.slot), instance.room_ids.index(cell.room)
            self.put(instance.topic_ids.index(topic), (slot, room))

    def span(self, t: int, s: int) -> tuple[int, ...]:
        """The slots that topic `t` fills when it begins in `s`."""
        return (s,) if self.instance.lengths[t] == 1 else (s, self.instance.next_slot[s])

    def put(self, t: int, cell: tuple[int, int]) -> None:
        self.where[t] = cell
        for s in self.span(t, cell[0]):
            self.rooms_of[s][cell[1]] = t

    def take(self, t: int) -> None:
        s, r = self.where[t]
        for span in self.span(t, s):
            del self.rooms_of[span][r]
        self.where[t] = NOWHERE

    def sessions(self, s: int) -> list[tuple[int, int]]:
        """The (topic, room) pairs of a slot, by topic."""
        return sorted((t, r) for r, t in self.rooms_of[s].items())

    def is_free(self, t: int, cell: tuple[int, int]) -> bool:
        return all(cell[1] not in self.rooms_of[s] for s in self.span(t, cell[0]))

    def clash(self, t: int, s: int) -> int | None:
        """A topic already in the slots of `t` from `s` on that cannot run beside it."""
        clashes = self.instance.clashes[t]
        if not clashes:
            return None
        return next(
            (other for span in self.span(t, s) for other in self.rooms_of[span].values() if other in clashes), None
        )

    def short_resource(self, t: int, s: int) -> int | None:
        """A resource of `t` that the slots from `s` on have given away already."""
        for resource in self.instance.uses[t]:
            if any(self._used(resource, span) >= self.instance.per_slot[resource] for span in self.span(t, s)):
                return resource
        return None

    def allows(self, t: int, cell: tuple[int, int]) -> bool:
        """Whether a topic may be put there beside what is there already; the cell itself must be one that fits it."""
        return self.is_free(t, cell) and self.clash(t, cell[0]) is None and self.short_resource(t, cell[0]) is None

    def placements(self) -> dict[str, Cell]:
        instance = self.instance
        return {
            instance.topic_ids[t]: Cell(instance.slot_ids[cell[0]], instance.room_ids[cell[1]])
            for t, cell in enumerate(self.where)
            if cell != NOWHERE
        }

    def _used(self, resource: int, s: int) -> int:
        return sum(resource in self.instance.uses[other] for other in self.rooms_of[s].values())
