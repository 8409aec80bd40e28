"""The editor of letters: subject and text in each language, beside one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from offenraum.conference.actions.letters import send_test, values_of
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.answers import back, say, warn
from offenraum.desk.forms.letters import LetterTextForm
from offenraum.kit.group_commit import durable
from offenraum.post.actions import NoAddress, reset_text, save_text
from offenraum.post.queries import text_of
from offenraum.post.rules import PLACEHOLDERS, LetterKind, filled, fit_values, subject_of
from offenraum.post.words import EXAMPLES, KIND_NAMES, PLACEHOLDER_NAMES

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Part:
    """One language of the editor, with what the letter would look like."""

    language: str
    name: str
    form: LetterTextForm
    is_own: bool
    subject: str
    preview: str


@require_http_methods(["GET", "POST"])
@at_desk(Duty.ORGANISE)
def page(request: HttpRequest, desk: Access, kind: str) -> HttpResponse:
    """What a kind of letter says; saves, resets one language, or sends a test in one language."""
    if kind not in set(LetterKind):
        raise Http404
    wish, _colon, language = request.POST.get("tun", "").partition(":")
    if wish == "reset" and language in LANGUAGES:
        durable(reset_text, scope=desk.conference.slug, kind=kind, language=language)
        say(request, _("This letter has our own words again."))
        return back(desk.conference, "letter-text", kind)
    parts = [part_of(request, desk, kind, language) for language in LANGUAGES]
    is_fit = request.method == "POST" and all(part.form.is_valid() for part in parts)
    if is_fit and wish != "look":
        keep(desk, kind, parts)
        if wish == "test" and language in LANGUAGES:
            test(request, desk, kind, language)
        else:
            say(request, _("The letter is saved."))
        return back(desk.conference, "letter-text", kind)
    return editor(request, desk, kind, parts)


def part_of(request: HttpRequest, desk: Access, kind: str, language: str) -> Part:
    """The form of one language, as it was typed or as it is, and the letter with example values."""
    kept = text_of(scope=desk.conference.slug, kind=kind, language=language)
    shown = {"subject": kept.subject, "text": kept.text}
    form = LetterTextForm(request.POST or None, kind=kind, prefix=language, initial=shown)
    if form.is_bound and form.is_valid():
        shown = form.cleaned_data
    values = fit_values(kind, examples(desk, language), address=settings.ADDRESS)
    return Part(
        language=language, name=str(LANGUAGES[language]), form=form, is_own=kept.is_own,
        subject=subject_of(shown["subject"], values), preview=filled(shown["text"], values),
    )


def examples(desk: Access, language: str) -> Mapping[str, str]:
    """Values as in a real letter."""
    with override(language):
        made_up = {name: str(value) for name, value in EXAMPLES.items()}
    link = f"{settings.ADDRESS}/{desk.conference.slug}/platz/…"
    return {**values_of(desk.conference, language), **made_up, "link": link}


def keep(desk: Access, kind: str, parts: list[Part]) -> None:
    for part in parts:
        durable(
            save_text, scope=desk.conference.slug, kind=kind, language=part.language,
            subject=part.form.cleaned_data["subject"], text=part.form.cleaned_data["text"],
        )


def test(request: HttpRequest, desk: Access, kind: str, language: str) -> None:
    """Send the letter with example values to whoever edits it."""
    to = desk.member.account.email if desk.member else ""
    try:
        durable(
            send_test, conference=desk.conference, kind=kind, to=to, values=examples(desk, language),
            language=language, now=now_of(desk.conference),
        )
    except NoAddress as refusal:
        warn(request, refusal.message)
    else:
        say(request, _("The letter is saved. A test goes to %(address)s.") % {"address": to})


def editor(request: HttpRequest, desk: Access, kind: str, parts: list[Part]) -> HttpResponse:
    has_errors = any(part.form.errors for part in parts)
    context = {
        "conference": desk.conference, "access": desk, "page": "letters", "kind": kind, "name": KIND_NAMES[kind],
        "parts": parts, "has_errors": has_errors,
        "placeholders": [(f"{{{name}}}", PLACEHOLDER_NAMES[name]) for name in PLACEHOLDERS[kind]],
    }
    return render(request, "desk/letter-text.html", context, status=422 if has_errors else 200)
