"""Who may do what at a conference: members, helpers with a key, invitations, programs with a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from offenraum.conference.models import ApiToken, Conference, HelperKey, Invitation, Member
from offenraum.conference.queries import conference_of, now_of
from offenraum.conference.rules import Duty, Role, is_open, may, needs_second_factor
from offenraum.people.models import Account
from offenraum.people.queries import SecondFactorNeeded, SignInNeeded, digest_of, used_second_factor

MOST_OF_NAME: Final = 80
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
