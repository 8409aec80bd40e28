"""What happens to accounts: made, signed in, signed out, let in once by a link."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offenraum.kit.clearing import delete_some
from offenraum.kit.datamap import Keep, days_of
from offenraum.kit.keys import new_key
from offenraum.people.models import Account, Attempt, Erasure, SignIn, SignInLink
from offenraum.people.queries import digest_of, email_change_of, open_link
from offenraum.people.rules import LINK_LASTS, SIGN_IN_LASTS


class LinkSpent(Exception):
    """A one-time link that was used, has expired or never was."""

    message = _("This link has been used already or has expired. Please ask for a new one.")


class EmailTaken(Exception):
    """Somebody has an account with this address."""

    message = _("There is an account with this e-mail address already. Please sign in with it.")


@transaction.atomic
def create_account(*, email: str, name: str = "", password: str | None = None) -> Account:
    """Make an account; without a password it is entered by a link until one is set."""
    if Account.objects.filter(email__iexact=email.strip()).exists():
        raise EmailTaken
    account = Account(email=email.strip().lower(), name=name.strip())
    account.set_password(password)
    account.save(force_insert=True)
    return account


@transaction.atomic
def change_email(*, key: str) -> str:
    """Make the address that the link was sent to the account's own; returns the former one. Open links go with it."""
    change = email_change_of(key)
    if change is None:
        raise LinkSpent
    if Account.objects.filter(email__iexact=change.email).exclude(pk=change.account.pk).exists():
        raise EmailTaken
    former = change.account.email
    Account.objects.filter(pk=change.account.pk, email=former).update(email=change.email)
    EmailAddress.objects.filter(user=change.account).delete()
    SignInLink.objects.filter(account=change.account, used_at__isnull=True).delete()
    return former


@transaction.atomic
def issue_link(*, account: Account, leads_to: str, now: datetime, lasts: timedelta = LINK_LASTS) -> str:
    """Make a link that signs in once and leads to a page of ours; returns its key, which nobody can read again."""
    key = new_key()
    SignInLink.objects.filter(account=account, expires_at__lte=now).delete()
    SignInLink.objects.create(
        account=account, key_hash=digest_of(key), leads_to=leads_to, created_at=now, expires_at=now + lasts
    )
    return key


@transaction.atomic
def spend_link(*, key: str, now: datetime) -> SignInLink:
    """Use a link up; of several attempts at once exactly one gets it."""
    link = open_link(key=key, now=now)
    if link is None or not SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now):
        raise LinkSpent
    return link


@transaction.atomic
def begin_sign_in(*, account: Account, now: datetime) -> str:
    """Note a browser as signed in and forget the account's old sign-ins; returns the key for its cookie."""
    key = new_key()
    SignIn.objects.filter(account=account, signed_in_at__lte=now - SIGN_IN_LASTS).delete()
    forget_attempts(now=now)
    SignIn.objects.create(account=account, key_hash=digest_of(key), signed_in_at=now, seen_at=now)
    return key


@transaction.atomic
def forget_attempts(*, now: datetime) -> None:
    """Counted guesses go when their time is over; nothing else may make room, or a flood could wipe a count."""
    Attempt.objects.filter(expires__lt=now).delete()


@transaction.atomic
def note_use(*, sign_in: SignIn, now: datetime) -> None:
    """A sign-in lives on while it is used."""
    SignIn.objects.filter(pk=sign_in.pk, ended_at__isnull=True).update(seen_at=now)


@transaction.atomic
def end_sign_in(*, account: Account, sign_in: int, now: datetime) -> None:
    """Sign one browser of this account out."""
    SignIn.objects.filter(pk=sign_in, account=account, ended_at__isnull=True).update(ended_at=now)


@transaction.atomic
def end_other_sign_ins(*, account: Account, keep: SignIn | None, now: datetime) -> int:
    """Sign all other browsers of this account out; returns how many."""
    kept = [keep.pk] if keep else []
    return SignIn.objects.filter(account=account, ended_at__isnull=True).exclude(pk__in=kept).update(ended_at=now)


@transaction.atomic
def note_erasure(*, name: str, now: datetime) -> None:
    """Remember that the bearer of a name (of our own making, such as `seat 7`) was erased, for restored backups."""
    Erasure.objects.get_or_create(digest=digest_of(name), defaults={"erased_at": now})


def clear_sign_ins(*, now: datetime) -> int:
    """Delete sign-ins and links that nobody has used for the promised time."""
    before = now - timedelta(days=days_of(Keep.SIGN_INS))
    return delete_some(SignIn.objects.filter(seen_at__lt=before)) or delete_some(
        SignInLink.objects.filter(expires_at__lt=before)
    )


def clear_attempts(*, now: datetime) -> int:
    """Delete counted guesses whose time is over, and the oldest whatever they say."""
    forget_attempts(now=now)
    return delete_some(Attempt.objects.filter(expires__gt=now + timedelta(days=days_of(Keep.LOGS))))


def clear_erasures(*, now: datetime) -> int:
    """Delete the notes of old erasures: no backup is kept that long."""
    return delete_some(Erasure.objects.filter(erased_at__lt=now - timedelta(days=days_of(Keep.ERASURES))))
