"""Who runs a conference: invited, made a member, given another role, let go; helpers get keys for a day."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from offenraum.conference.actions.letters import write_letter
from offenraum.conference.models import Conference, HelperKey, Invitation, Member
from offenraum.conference.queries.access import invitation_of
from offenraum.conference.rules import INVITATION_LASTS, Role, stays_organised
from offenraum.kit.keys import new_key
from offenraum.people.actions import create_account
from offenraum.people.models import Account
from offenraum.people.queries import digest_of
from offenraum.post.rules import LetterKind


class InvitationSpent(Exception):
    """An invitation that was accepted, withdrawn, has expired or never was."""

    message = gettext_lazy("This invitation has been used already or has expired. Please ask for a new one.")


class LastOrganiser(Exception):
    """The one organiser a conference has left."""

    message = gettext_lazy("A conference needs at least one organiser. Please invite another one first.")


@transaction.atomic
def invite(*, conference: Conference, email: str, role: str, now: datetime) -> str:
    """Invite somebody; an earlier invitation to the same address ends. Returns the key of the link."""
    key = new_key()
    Invitation.objects.filter(conference=conference, email__iexact=email, accepted_at__isnull=True).delete()
    Invitation.objects.create(
        conference=conference, email=email, role=role, secret_hash=digest_of(key), created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    return key


def send_invitation(*, conference: Conference, email: str, key: str, language: str, now: datetime) -> None:
    """Write a letter with the link of an invitation; raises NoAddress."""
    link = settings.ADDRESS + reverse("conference_invitation", args=[conference.slug, key])
    write_letter(
        conference=conference, kind=LetterKind.INVITATION, key=f"invitation {digest_of(key)[:32]}", to=email,
        values={"link": link}, language=language, now=now,
    )


@transaction.atomic
def revoke_invitation(*, conference: Conference, invitation: int, now: datetime) -> None:
    Invitation.objects.filter(pk=invitation, conference=conference, revoked_at__isnull=True).update(revoked_at=now)


@transaction.atomic
def accept_invitation(*, slug: str, key: str, account: Account, now: datetime) -> Member:
    """Make an account a member; of several attempts at once exactly one succeeds. Nobody loses rights by accepting."""
    invitation = invitation_of(slug=slug, key=key)
    if invitation is None:
        raise InvitationSpent
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True)
    if not still_open.update(accepted_at=now):
        raise InvitationSpent
    member, is_new = Member.objects.get_or_create(
        conference=invitation.conference, account=account, defaults={"role": invitation.role}
    )
    if not is_new and invitation.role == Role.ORGANISER:
        Member.objects.filter(pk=member.pk).update(role=Role.ORGANISER)
        member.refresh_from_db()
    return member


@transaction.atomic
def accept_as_new(*, slug: str, key: str, name: str, password: str, now: datetime) -> Member:
    """Make an account for the invited address and accept with it."""
    invitation = invitation_of(slug=slug, key=key)
    if invitation is None:
        raise InvitationSpent
    account = create_account(email=invitation.email, name=name, password=password)
    return accept_invitation(slug=slug, key=key, account=account, now=now)


@transaction.atomic
def add_member(*, conference: Conference, account: Account, role: str) -> Member:
    """Make an account a member, or give it this role."""
    member, _is_new = Member.objects.update_or_create(
        conference=conference, account=account, defaults={"role": role}
    )
    return member


@transaction.atomic
def change_role(*, conference: Conference, member: int, role: str) -> None:
    """Give a member another role; the last organiser stays one."""
    if Member.objects.filter(pk=member, role=role).exists():
        return
    if found := locked_member(conference=conference, member=member):
        Member.objects.filter(pk=found.pk).update(role=role)


@transaction.atomic
def remove_member(*, conference: Conference, member: int) -> None:
    """Take the role away; the account stays, it may run other conferences."""
    if found := locked_member(conference=conference, member=member):
        found.delete()


def locked_member(*, conference: Conference, member: int) -> Member | None:
    """A member who may go, with the team locked: two organisers cannot remove each other at the same time."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    found = Member.objects.filter(conference=conference, pk=member).first()
    organisers = Member.objects.filter(conference=conference, role=Role.ORGANISER).count()
    if found and not stays_organised(organisers=organisers, is_organiser=found.role == Role.ORGANISER):
        raise LastOrganiser
    return found


@transaction.atomic
def issue_helper_key(*, conference: Conference, name: str, expires_at: datetime, now: datetime) -> str:
    """Make a key for a helper; returns it, nobody can read it again."""
    key = new_key()
    HelperKey.objects.create(
        conference=conference, name=name, secret_hash=digest_of(key), created_at=now, expires_at=expires_at
    )
    return key


@transaction.atomic
def revoke_helper_key(*, conference: Conference, helper_key: int, now: datetime) -> None:
    HelperKey.objects.filter(pk=helper_key, conference=conference, revoked_at__isnull=True).update(revoked_at=now)
