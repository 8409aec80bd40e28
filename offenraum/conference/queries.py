"""Reads about conferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from offenraum.conference.models import (
    ApiToken,
    Conference,
    HelperKey,
    Invitation,
    Member,
    Notice,
    Room,
    Slot,
    Talk,
    Wall,
)
from offenraum.conference.rules import Duty, Role, due_at, is_open, may, needs_second_factor
from offenraum.kit.datamap import Keep, days_of
from offenraum.kit.rows import Rows
from offenraum.people.models import Account
from offenraum.people.queries import SecondFactorNeeded, SignInNeeded, digest_of, used_second_factor

MOST_NOTICES: Final = 3
MOST_OF_NAME: Final = 80
ENDING: Final = timedelta(minutes=5)
"""So long before its end a session must come to its end; doors say so."""

ENDED: Final = timedelta(minutes=5)
"""So long after its end a door asks people to go on in the foyer."""

STARTING: Final = timedelta(minutes=10)
"""So long before its start a door shows what comes as the first thing."""


BY_SLUG: Final = Rows(lambda: Conference.objects.filter(slug="any").order_by())


def conference_by_slug(slug: str) -> Conference | None:
    """What every request begins with."""
    return BY_SLUG.first(slug)


def is_hidden(slug: str) -> bool:
    """Whether a conference is there and not published yet."""
    return Conference.objects.filter(slug=slug, is_hidden=True).exists()


def now_of(conference: Conference) -> datetime:
    """The time that this conference's clock shows, in its own zone."""
    return conference.clock.at(timezone.now()).astimezone(conference.zone)


@dataclass(frozen=True, slots=True)
class Grid:
    """The slots and rooms of the barcamp, in order, and the cells that are closed."""

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    closed: frozenset[tuple[int, int]]


def grid_of(conference: Conference) -> Grid:
    """Slots, rooms and closed (slot id, room id) pairs, in two questions to the database."""
    each = list(Room.objects.filter(conference=conference).annotate(closed_in=F("closures__slot")).order_by("position"))
    slots = tuple(Slot.objects.filter(conference=conference).order_by("starts_at"))
    return Grid(
        slots=slots,
        rooms=tuple({room.pk: room for room in each}.values()),
        closed=frozenset((room.closed_in, room.pk) for room in each if room.closed_in),
    )


def talks_of(conference: Conference) -> QuerySet[Talk]:
    """The fixed programme in order of time."""
    return Talk.objects.filter(conference=conference).select_related("room").prefetch_related("speakers")


def first_moment_of(conference: Conference) -> datetime | None:
    """When the first point of the programme or the first slot begins."""
    return next((starts_at for starts_at, _ends_at in span_of(conference)), None)


def span_of(conference: Conference) -> list[tuple[datetime, datetime]]:
    """For each day on which something is planned, when the first begins and the last ends, in the conference's zone."""
    items: list[Slot | Talk] = [*Slot.objects.filter(conference=conference)]
    items += Talk.objects.filter(conference=conference)
    days: dict[date, list[Slot | Talk]] = {}
    for item in sorted(items, key=lambda item: item.starts_at):
        days.setdefault(item.starts_at.astimezone(conference.zone).date(), []).append(item)
    return [
        (of_day[0].starts_at.astimezone(conference.zone), max(item.ends_at for item in of_day))
        for of_day in days.values()
    ]


# Rights at the desk.

HELPER_SESSION_KEY = "helper_keys"


@dataclass(frozen=True, slots=True)
class Access:
    """Who acts at the desk of a conference: a member with an account, or a helper with a key."""

    conference: Conference
    role: Role
    name: str
    member: Member | None = None
    helper_key: HelperKey | None = None

    def may(self, duty: Duty) -> bool:
        return may(self.role, duty)


def member_of(request: HttpRequest, conference: Conference) -> Member | None:
    """The role of whoever is signed in, in this conference."""
    if not isinstance(request.user, Account):
        return None
    return Member.objects.select_related("account").filter(conference=conference, account=request.user).first()


def helper_key_of(request: HttpRequest, conference: Conference) -> HelperKey | None:
    """The helper's key that this browser was signed in with, while it is valid."""
    key = request.session.get(HELPER_SESSION_KEY, {}).get(str(conference.pk))
    return open_helper_key(conference=conference, key=key) if key else None


def open_helper_key(*, conference: Conference, key: str) -> HelperKey | None:
    """The helper's key behind a link, while it is valid."""
    found = HelperKey.objects.filter(conference=conference, secret_hash=digest_of(key)).first()
    if found and is_open(expires_at=found.expires_at, revoked_at=found.revoked_at, now=now_of(conference)):
        return found
    return None


def conference_of(request: HttpRequest, slug: str) -> Conference:
    """The conference of an address, read once for each request; Http404 when there is none."""
    if (found := conference_asked(request, slug)) is None:
        raise Http404
    return found


def conference_asked(request: HttpRequest, slug: str) -> Conference | None:
    """The same, or None."""
    known: Conference | None = getattr(request, "conference", None)
    if known is None or known.slug != slug:
        known = request.conference = conference_by_slug(slug)  # type: ignore[attr-defined]
    return known


def access_of(request: HttpRequest, conference: Conference) -> Access | None:
    """Who acts here: the account's role, else the helper's key of this browser, else nobody."""
    if member := member_of(request, conference):
        return Access(conference, Role(member.role), str(member.account)[:MOST_OF_NAME], member=member)
    if key := helper_key_of(request, conference):
        return Access(conference, Role.HELPER, key.name, helper_key=key)
    return None


def desk_access(request: HttpRequest, slug: str, duty: Duty) -> Access:
    """Fetch a conference with the right to a duty; the first line of every view of the desk.

    Unknown conference or a stranger's account: 404. Nobody signed in: the sign-in page. A role without this duty: 403.
    An organiser who has not shown the second factor in this sign-in: sent to show it or to set it up.
    """
    conference = conference_of(request, slug)
    access = access_of(request, conference)
    if access is None:
        raise Http404 if request.user.is_authenticated else SignInNeeded
    if not access.may(duty):
        raise PermissionDenied
    if needs_second_factor(access.role) and not used_second_factor(request):
        raise SecondFactorNeeded
    return access


def team_of(conference: Conference) -> QuerySet[Member]:
    return Member.objects.filter(conference=conference).select_related("account").order_by("role", "account__email")


def memberships_of(account: Account) -> QuerySet[Member]:
    """The conferences that somebody helps to run, the newest first."""
    return Member.objects.filter(account=account).select_related("conference").order_by("-conference__created_at")


def open_invitations(conference: Conference) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        conference=conference, accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
    ).order_by("email")


def invitation_of(*, slug: str, key: str) -> Invitation | None:
    """The invitation behind a link, while it can be accepted."""
    found = (
        Invitation.objects.select_related("conference")
        .filter(conference__slug=slug, secret_hash=digest_of(key), accepted_at__isnull=True)
        .first()
    )
    if found and is_open(expires_at=found.expires_at, revoked_at=found.revoked_at, now=timezone.now()):
        return found
    return None


def valid_helper_keys(conference: Conference) -> QuerySet[HelperKey]:
    return HelperKey.objects.filter(
        conference=conference, revoked_at__isnull=True, expires_at__gt=now_of(conference)
    ).order_by("name")


def tokens_of(conference: Conference) -> QuerySet[ApiToken]:
    """The keys of programs that still open something."""
    return ApiToken.objects.filter(conference=conference, ended_at__isnull=True)


def token_of_key(key: str) -> ApiToken | None:
    """Whose key a program shows."""
    found = ApiToken.objects.select_related("conference").filter(secret_hash=digest_of(key), ended_at__isnull=True)
    return found.first()


def wall_numbered(conference: Conference, number: int) -> Wall:
    """How a wall is set; one that nobody has set follows the day."""
    found = Wall.objects.filter(conference=conference, number=number).first()
    return found or Wall(conference=conference, number=number, metres=conference.wall_metres)


def known_walls(conference: Conference) -> list[int]:
    """The numbers of the walls that somebody has set; the first one is always there."""
    return sorted({1, *Wall.objects.filter(conference=conference).values_list("number", flat=True)})


def notices_of(slug: str) -> list[Notice]:
    """The announcements that are current on the conference's clock, the newest first."""
    held = Notice.objects.filter(conference__slug=slug, ended_at__isnull=True).select_related("conference")
    return [one for one in held.order_by("-pk") if one.sent_at <= now_of(one.conference) < one.ends_at][:MOST_NOTICES]


@dataclass(frozen=True, slots=True)
class Course:
    """What of a conference begins and ends."""

    items: list[Slot | Talk]
    notices: list[Notice]


def course_of(conference: Conference) -> Course:
    items: list[Slot | Talk] = [*Slot.objects.filter(conference=conference)]
    items += Talk.objects.filter(conference=conference)
    return Course(items, list(Notice.objects.filter(conference=conference, ended_at__isnull=True)))


def moment_of_day(conference: Conference, moment: datetime) -> frozenset[str]:
    """What runs at a moment and what comes next, as keys; screens change exactly when this does."""
    return moment_in(course_of(conference), moment)


def moment_in(course: Course, moment: datetime) -> frozenset[str]:
    """The same of a course that was read before."""
    items = course.items
    running = {f"{type(item).__name__} {item.pk}" for item in items if item.starts_at <= moment < item.ends_at}
    following = min((item.starts_at for item in items if item.starts_at > moment), default=None)
    starting = {f"starting {item.starts_at}" for item in items if item.starts_at - STARTING <= moment < item.starts_at}
    ending = {f"ending {item.ends_at}" for item in items if item.ends_at - ENDING <= moment < item.ends_at}
    ended = {f"ended {item.ends_at}" for item in items if item.ends_at <= moment < item.ends_at + ENDED}
    said = {f"notice {notice.pk}" for notice in course.notices if notice.sent_at <= moment < notice.ends_at}
    return frozenset(running | starting | ending | ended | said | {f"next {following}"})


def last_slot_ends_at(conference: Conference) -> datetime | None:
    return max((slot.ends_at for slot in Slot.objects.filter(conference=conference)), default=None)


def event_ends_at(conference: Conference) -> datetime | None:
    """When the last slot, talk or day is over; None while no day is known."""
    days = conference.days.values_list("date", flat=True)
    ends = [datetime.combine(day + timedelta(days=1), time.min, tzinfo=conference.zone) for day in days]
    ends += [talk.ends_at for talk in Talk.objects.filter(conference=conference)]
    slots = last_slot_ends_at(conference)
    end = max([*ends, *([slots] if slots else [])], default=None)
    return end.astimezone(UTC) if end else None


def clearing_due_at(conference: Conference, keep: Keep) -> datetime | None:
    """When the deletion clock deletes what is kept so long, on the conference's clock."""
    end = event_ends_at(conference)
    since = last_slot_ends_at(conference) or end if keep is Keep.VOTES else end
    made_at = conference.clock.at(conference.created_at)
    return due_at(since=since, made_at=made_at, days=days_of(keep))
