"""Links that let somebody in: an invitation for a member, a key for a helper."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.conference.actions.team import InvitationSpent, accept_as_new, accept_invitation
from offenraum.conference.forms import NewAccountForm
from offenraum.conference.models import Conference, HelperKey, Invitation
from offenraum.conference.queries import conference_by_slug
from offenraum.conference.queries.access import HELPER_SESSION_KEY, helper_key_of, invitation_of, open_helper_key
from offenraum.people.actions import EmailTaken
from offenraum.people.models import Account
from offenraum.people.queries import account_by_email


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Accept with the account one is signed in to, or with a new one for the invited address."""
    found = invitation_of(slug=slug, key=key)
    if found is None:
        return invitation_page(request, None, None)
    if isinstance(request.user, Account):
        return accept_signed_in(request, found, request.user, key)
    has_account = account_by_email(found.email) is not None
    form = None if has_account else NewAccountForm(request.POST or None, email=found.email)
    if request.method != "POST" or form is None or not form.is_valid():
        return invitation_page(request, found, form)
    return accept_with_new_account(request, found, form, key)


def accept_signed_in(request: HttpRequest, found: Invitation, account: Account, key: str) -> HttpResponse:
    """Opening the page accepts nothing; the button does."""
    if request.method != "POST":
        return invitation_page(request, found, None)
    try:
        member = accept_invitation(slug=found.conference.slug, key=key, account=account, now=timezone.now())
    except InvitationSpent:
        return invitation_page(request, None, None)
    return redirect(member.desk_address)


def accept_with_new_account(request: HttpRequest, found: Invitation, form: NewAccountForm, key: str) -> HttpResponse:
    """Make the account, accept, and sign in."""
    entered = form.cleaned_data
    try:
        member = accept_as_new(
            slug=found.conference.slug, key=key, name=entered["name"], password=entered["password"], now=timezone.now()
        )
    except InvitationSpent:
        return invitation_page(request, None, None)
    except EmailTaken:
        return invitation_page(request, found, None)
    response: HttpResponse = perform_login(request, member.account, redirect_url=member.desk_address)
    return response


def invitation_page(request: HttpRequest, found: Invitation | None, form: NewAccountForm | None) -> HttpResponse:
    """The page behind an invitation's link; 410 when it leads nowhere any more."""
    status = 410 if found is None else 422 if form is not None and form.errors else 200
    shown = {"invitation": found, "form": form, "conference": found.conference if found else None}
    return render(request, "conference/invitation.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_with_key(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The page behind a helper's QR: opening it signs nobody in, the button does."""
    conference = known_conference(slug)
    helper_key = open_helper_key(conference=conference, key=key)
    if helper_key is None or request.method != "POST":
        return help_page(request, conference, helper_key, "conference/help-start.html")
    keys = request.session.get(HELPER_SESSION_KEY, {})
    request.session[HELPER_SESSION_KEY] = keys | {str(conference.pk): key}
    return redirect("conference_helping", slug)


@never_cache
@require_GET
def helping(request: HttpRequest, slug: str) -> HttpResponse:
    """What a helper with a key may do."""
    conference = known_conference(slug)
    return help_page(request, conference, helper_key_of(request, conference), "conference/helping.html")


@require_POST
def stop_helping(request: HttpRequest, slug: str) -> HttpResponse:
    conference = known_conference(slug)
    keys = request.session.get(HELPER_SESSION_KEY, {})
    request.session[HELPER_SESSION_KEY] = {pk: key for pk, key in keys.items() if pk != str(conference.pk)}
    return redirect("conference_helping", slug)


def help_page(
    request: HttpRequest, conference: Conference, helper_key: HelperKey | None, template: str
) -> HttpResponse:
    shown = {"conference": conference, "helper_key": helper_key}
    return render(request, template, shown, status=200 if helper_key else 410)


def known_conference(slug: str) -> Conference:
    conference = conference_by_slug(slug)
    if conference is None:
        raise Http404
    return conference
