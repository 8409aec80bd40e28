"""An account at the desk for a robot or a visitor, entered by a one-time link."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from offenraum.conference.actions.team import add_member
from offenraum.conference.models import Conference, Member
from offenraum.people.actions import create_account, issue_link
from offenraum.people.models import Account

LASTS = timedelta(days=1)


def desk_login(*, conference: Conference, email: str, name: str, now: datetime) -> str:
    """The path of a one-time login that leads to the desk, for an account that is made where it is missing."""
    account = Account.objects.filter(email=email).first() or create_account(email=email, name=name)
    add_member(conference=conference, account=account, role=Member.Role.MODERATOR)
    key = issue_link(account=account, leads_to=f"/{conference.slug}/regie/", now=now, lasts=LASTS)
    return reverse("people_one_time_link", args=[key])
