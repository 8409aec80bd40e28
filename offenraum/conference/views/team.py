"""The team of a conference: members, invitations, keys of helpers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.actions.team import (
    LastOrganiser,
    change_role,
    invite,
    issue_helper_key,
    remove_member,
    revoke_helper_key,
    revoke_invitation,
    send_invitation,
)
from offenraum.conference.forms import HelperKeyForm, InviteForm, RoleForm
from offenraum.conference.models import Conference, HelperKey, Invitation, Member
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import (
    Access,
    desk_access,
    memberships_of,
    open_invitations,
    team_of,
    valid_helper_keys,
)
from offenraum.conference.rules import Duty, Role, end_of_day
from offenraum.kit.group_commit import durable
from offenraum.people.queries import account_of
from offenraum.post.actions import NoAddress


@never_cache
@require_GET
def my_conferences(request: HttpRequest) -> HttpResponse:
    """Where somebody arrives after signing in without having been on the way anywhere."""
    account = account_of(request)
    memberships = memberships_of(account)
    may_organise = any(member.role == Role.ORGANISER for member in memberships)
    context = {"memberships": memberships, "account": account, "may_organise": may_organise}
    return render(request, "conference/mine.html", context)


@never_cache
@require_GET
def team(request: HttpRequest, slug: str) -> HttpResponse:
    return team_page(request, desk_access(request, slug, Duty.ORGANISE))


def team_page(request: HttpRequest, access: Access, **forms: Any) -> HttpResponse:
    """The page with its three lists; a form that was filled in wrongly comes back as it was."""
    conference = access.conference
    shown = {
        "conference": conference,
        "access": access,
        "page": "team",
        "members": team_of(conference),
        "invitations": open_invitations(conference),
        "helper_keys": valid_helper_keys(conference),
        "invite_form": InviteForm(),
        "helper_form": helper_key_form(conference),
    }
    return render(request, "conference/team.html", shown | forms, status=422 if forms else 200)


def helper_key_form(conference: Conference, entered: Any = None) -> HelperKeyForm:
    return HelperKeyForm(entered, conference=conference, now=now_of(conference))


@never_cache
@require_POST
def invite_member(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an invitation, send it when mail is set up, and show its link, which can be passed on by hand too."""
    access = desk_access(request, slug, Duty.ORGANISE)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return team_page(request, access, invite_form=form)
    email = form.cleaned_data["email"]
    key = invite(conference=access.conference, email=email, role=form.cleaned_data["role"], now=timezone.now())
    link = request.build_absolute_uri(reverse("conference_invitation", args=[slug, key]))
    shown = {"email": email, "link": link, "is_sent": was_sent(access.conference, email, key)}
    return render(request, "conference/invited.html", shown | {"conference": access.conference, "page": "team"})


def was_sent(conference: Conference, email: str, key: str) -> bool:
    """Whether a letter is on its way; without mail the link is passed on by hand."""
    if not settings.OPTIONS.mail:
        return False
    try:
        durable(
            send_invitation, conference=conference, email=email, key=key, language=get_language() or "de",
            now=now_of(conference),
        )
    except NoAddress:
        return False
    return True


@require_POST
def withdraw_invitation(request: HttpRequest, slug: str, invitation: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    get_object_or_404(Invitation, pk=invitation, conference=access.conference)
    revoke_invitation(conference=access.conference, invitation=invitation, now=timezone.now())
    return redirect("conference_team", slug)


@require_POST
def set_role(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    get_object_or_404(Member, pk=member, conference=access.conference)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            change_role(conference=access.conference, member=member, role=form.cleaned_data["role"])
        except LastOrganiser as refusal:
            messages.error(request, str(refusal.message))
    return redirect("conference_team", slug)


@require_POST
def let_go(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    get_object_or_404(Member, pk=member, conference=access.conference)
    try:
        remove_member(conference=access.conference, member=member)
    except LastOrganiser as refusal:
        messages.error(request, str(refusal.message))
    return redirect("conference_team", slug)


@never_cache
@require_POST
def new_helper_key(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a helper's key and show its QR, this once."""
    access = desk_access(request, slug, Duty.ORGANISE)
    conference = access.conference
    form = helper_key_form(conference, request.POST)
    if not form.is_valid():
        return team_page(request, access, helper_form=form)
    day = datetime.fromisoformat(form.cleaned_data["day"]).replace(tzinfo=conference.zone)
    key = issue_helper_key(
        conference=conference, name=form.cleaned_data["name"], expires_at=end_of_day(day), now=now_of(conference)
    )
    link = request.build_absolute_uri(reverse("conference_help", args=[slug, key]))
    qr = segno.make(link, error="m").svg_data_uri(scale=6, light="white")
    shown = {"conference": conference, "page": "team", "name": form.cleaned_data["name"], "day": day, "link": link}
    return render(request, "conference/helper-key.html", shown | {"qr": qr})


@require_POST
def block_helper_key(request: HttpRequest, slug: str, helper_key: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    get_object_or_404(HelperKey, pk=helper_key, conference=access.conference)
    revoke_helper_key(conference=access.conference, helper_key=helper_key, now=now_of(access.conference))
    return redirect("conference_team", slug)
