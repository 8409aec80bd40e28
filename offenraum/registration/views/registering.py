"""The form on one page, and what is said at once."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of, now_of
from offenraum.kit.group_commit import durable_together
from offenraum.kit.keys import new_key
from offenraum.registration.actions.entering import Result
from offenraum.registration.actions.registering import Form, NotOpen, Sent, TooMany, register_all
from offenraum.registration.forms.registering import RegistrationForm, browser_key, refuse
from offenraum.registration.models import Contingent
from offenraum.registration.queries import needs_proof, questions_of, settings_of, standing_in
from offenraum.registration.queries.links import contingent_of, secret_of
from offenraum.registration.queries.pools import Pool
from offenraum.registration.rules import Phase
from offenraum.seats.queries import digest_of

DEVICE, DONE = "anmelden", "angemeldet"


@never_cache
@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody registers here."""
    return form_page(request, conference_of(request, slug), None)


@never_cache
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """Whoever has the invitation to a contingent registers here."""
    conference = conference_of(request, slug)
    contingent = contingent_of(conference=conference, secret=secret)
    if contingent is None:
        raise Http404
    return form_page(request, conference, contingent)


def form_page(request: HttpRequest, conference: Conference, contingent: Contingent | None) -> HttpResponse:
    book, now = settings_of(conference), now_of(conference)
    context: dict[str, object] = {"conference": conference, "page": "registration", "contingent": contingent}
    if book is None:
        return render(request, "registration/none.html", context, status=404)
    request.session.setdefault(DEVICE, new_key())
    form = RegistrationForm(
        request.POST if request.method == "POST" else None, book=book, questions=questions_of(conference),
        needs_proof=needs_proof(book, now=now),
    )
    if request.method == "POST" and form.is_valid() and (answer := answered(request, conference, form, contingent)):
        return answer
    standing = standing_in(Pool(book, contingent), now=now)
    context |= {"form": form, "standing": standing, "is_open": standing.phase in {Phase.OPEN, Phase.WAITING}}
    return render(request, "registration/registration.html", context, status=422 if form.errors else 200)


def answered(
    request: HttpRequest, conference: Conference, form: RegistrationForm, contingent: Contingent | None
) -> HttpResponse | None:
    """Register, and lead to what is said about it; None where the form has to be shown again."""
    if form.is_trapped:
        return redirect("registration_done", conference.slug)
    sent = Sent(
        key=browser_key(form), device_hash=digest_of(str(request.session[DEVICE])), language=request.LANGUAGE_CODE,
        contingent=contingent,
    )
    answer = durable_together(register_all, Form(conference, form.people(), sent, now_of(conference)))
    if isinstance(answer, NotOpen | TooMany):
        refuse(form, answer.message)
        return None
    return told(request, conference, answer)


def told(request: HttpRequest, conference: Conference, results: list[Result]) -> HttpResponse:
    """The same answer whether an address was registered before or not: only the letter to it tells.

    Where no letters can be sent, the own page is all there is, and we lead straight to it.
    """
    first = results[0].registration
    if not settings.SENDS_MAIL and first is not None:
        return redirect("registration_own", conference.slug, secret_of(first))
    said = [[result.name, result.position] for result in results]
    request.session[DONE] = {conference.slug: said}
    return redirect("registration_done", conference.slug)


@never_cache
@require_GET
def done(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next; everything personal is behind the link in the letter."""
    conference = conference_of(request, slug)
    said = request.session.get(DONE, {}).get(slug, [])
    context = {
        "conference": conference, "page": "registration",
        "placed": [name for name, position in said if not position],
        "waiting": [(name, position) for name, position in said if position],
    }
    return render(request, "registration/done.html", context)
