"""The way into the demonstration's desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from offenraum.conference.actions.team import add_member
from offenraum.conference.models import Conference, Member
from offenraum.people.actions import create_account, issue_link
from offenraum.people.models import Account

EMAIL = "regie@demo.invalid"
LASTS = timedelta(days=1)


def desk_login(*, conference: Conference, now: datetime) -> str:
    """The path of a one-time login that leads to the desk."""
    account = Account.objects.filter(email=EMAIL).first() or create_account(email=EMAIL, name=_("Demonstration"))
    add_member(conference=conference, account=account, role=Member.Role.MODERATOR)
    key = issue_link(account=account, leads_to=f"/{conference.slug}/regie", now=now, lasts=LASTS)
    return reverse("people_one_time_link", args=[key])
