"""What an organiser sets about registration: places and times, contingents, own questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.answers import attempt, back, say
from offenraum.desk.forms.registration import ContingentForm, QuestionForm, TermsForm
from offenraum.registration.actions.settings import (
    add_contingent,
    add_question,
    remove_contingent,
    remove_question,
    renew_link,
    set_terms,
)
from offenraum.registration.models import Contingent, ExtraQuestion
from offenraum.registration.queries import questions_of, settings_of
from offenraum.registration.queries.links import invitation_address


@dataclass(frozen=True, slots=True)
class Invited:
    """A contingent with its invitation and how many have used it."""

    contingent: Contingent
    address: str
    used: int


@require_http_methods(["GET", "POST"])
@at_desk(Duty.ORGANISE)
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """Places and times; below them contingents and questions."""
    form = TermsForm.of(settings_of(desk.conference), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = _("Saved. Where there are more places now, people have moved up.")
        return settled(request, desk, set_terms, said, conference=desk.conference, terms=form.terms(),
                       now=now_of(desk.conference))
    return terms_page(request, desk, form=form)


def settled(
    request: HttpRequest, desk: Access, action: Callable[..., object], said: str = "", /, **arguments: object
) -> HttpResponse:
    """Do one thing and go back to the page, with a line where there is something to say."""
    if attempt(request, action, **arguments) and said:
        say(request, said)
    return back(desk.conference, "registration-terms")


def terms_page(request: HttpRequest, desk: Access, **forms: Form) -> HttpResponse:
    """The page with forms as they were typed; one that is wrong makes the answer 422."""
    book = settings_of(desk.conference)
    used = Contingent.objects.filter(conference=desk.conference).select_related("conference")
    context: dict[str, object] = {
        "conference": desk.conference, "access": desk, "page": "registrations", "book": book,
        "contingents": [Invited(one, invitation_address(one), one.registrations.count()) for one in used],
        "questions": questions_of(desk.conference), "form": TermsForm.of(book),
        "contingent_form": ContingentForm(auto_id="contingent_%s"),
        "question_form": QuestionForm(auto_id="question_%s", initial={"keep_days": 14}),
    }
    is_wrong = any(form.errors for form in forms.values())
    return render(request, "desk/registration-terms.html", context | forms, status=422 if is_wrong else 200)


@require_POST
@at_desk(Duty.ORGANISE)
def add_places(request: HttpRequest, desk: Access) -> HttpResponse:
    """A contingent with an invitation of its own."""
    form = ContingentForm(request.POST, auto_id="contingent_%s")
    if not form.is_valid():
        return terms_page(request, desk, contingent_form=form)
    given = form.cleaned_data
    return settled(
        request, desk, add_contingent, conference=desk.conference, name=given["name"], places=given["count"],
        closes_at=given["until"],
    )


@require_POST
@at_desk(Duty.ORGANISE)
def new_link(request: HttpRequest, desk: Access, contingent: int) -> HttpResponse:
    """End the links of an invitation that went to the wrong people."""
    found = get_object_or_404(Contingent, conference=desk.conference, pk=contingent)
    said = _("The invitation has a new link. The one before opens nothing any more.")
    return settled(request, desk, renew_link, said, contingent=found)


@require_POST
@at_desk(Duty.ORGANISE)
def remove_places(request: HttpRequest, desk: Access, contingent: int) -> HttpResponse:
    """Take a contingent back that nobody has used."""
    found = get_object_or_404(Contingent, conference=desk.conference, pk=contingent)
    return settled(request, desk, remove_contingent, contingent=found)


@require_POST
@at_desk(Duty.ORGANISE)
def ask(request: HttpRequest, desk: Access) -> HttpResponse:
    """One more question on the form."""
    form = QuestionForm(request.POST, auto_id="question_%s")
    if not form.is_valid():
        return terms_page(request, desk, question_form=form)
    return settled(request, desk, add_question, conference=desk.conference, asked=form.asked())


@require_POST
@at_desk(Duty.ORGANISE)
def ask_no_more(request: HttpRequest, desk: Access, question: int) -> HttpResponse:
    """Take a question off the form, with its answers."""
    found = get_object_or_404(ExtraQuestion, conference=desk.conference, pk=question)
    said = _("The question and its answers are deleted.")
    return settled(request, desk, remove_question, said, question=found)
