"""What an auditor recounts: editions whose wishes are still kept, and whether their fingerprints are right."""

from __future__ import annotations

from dataclasses import dataclass

from offenraum.conference.models import Conference
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.planner.canonical import digest
from offenraum.programme.models import Reasons
from offenraum.programme.queries.reasons import may_tell


@dataclass(frozen=True, slots=True)
class Audited:
    """One edition; `fingerprint` is the public one, `is_right` whether the kept wishes still have it."""

    reasons: Reasons
    fingerprint: str
    is_right: bool


def may_open(desk: Access) -> bool:
    """Organisers see wishes at any time, auditors when the vote is closed."""
    return desk.may(Duty.ORGANISE) or may_tell(desk.conference)


def reasons_to_audit(desk: Access, reasons: int) -> Reasons | None:
    """The reasons of one edition of this conference, with the edition."""
    if not may_open(desk):
        return None
    kept = Reasons.objects.filter(edition__conference=desk.conference, pk=reasons)
    return kept.select_related("edition__conference").first()


def audited_of(conference: Conference) -> tuple[Audited, ...]:
    """All published editions, the newest first."""
    kept = Reasons.objects.filter(edition__conference=conference).select_related("edition")
    return tuple(audited(reasons) for reasons in kept.order_by("-edition__number"))


def audited(reasons: Reasons) -> Audited:
    fingerprint = (reasons.told or {}).get("input_hash", "")
    is_right = reasons.problem is not None and digest(reasons.problem) == fingerprint
    return Audited(reasons=reasons, fingerprint=fingerprint, is_right=is_right)
