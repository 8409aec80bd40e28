"""Letters at the desk: what became of each, and letters to everybody."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.answers import back, say, warn
from offenraum.kit.group_commit import durable
from offenraum.post.actions import send_again, send_failed_again, switch_published
from offenraum.post.models import Letter
from offenraum.post.queries import counted, find_letters, own_texts, tells_first_edition
from offenraum.post.rules import LetterKind, masked
from offenraum.post.words import KIND_NAMES
from offenraum.registration.actions.to_all import write_to_all
from offenraum.registration.queries.recipients import recipients_of

LETTERS_A_PAGE: Final = 50
TO_ALL: Final = (LetterKind.REMINDER, LetterKind.PUBLISHED, LetterKind.THANKS)


@require_GET
@at_desk(Duty.ORGANISE)
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """The log of letters, the texts, and what can go to everybody."""
    scope, searched, state = desk.conference.slug, request.GET.get("q", "").strip()[:80], request.GET.get("nur", "")
    own = own_texts(scope)
    found = find_letters(scope=scope, text=searched, state=state)
    context = {
        "conference": desk.conference, "access": desk, "page": "letters", "searched": searched, "state": state,
        "found": Paginator(found, LETTERS_A_PAGE).get_page(request.GET.get("seite")), "count": counted(scope),
        "kinds": [(kind, KIND_NAMES[kind], any(kind == one for one, _language in own)) for kind in LetterKind],
        "to_all": [(kind, KIND_NAMES[kind]) for kind in TO_ALL], "has_mail": bool(settings.OPTIONS.mail),
        "tells_first_edition": tells_first_edition(scope),
    }
    return render(request, "desk/letters.html", context)


@require_GET
@at_desk(Duty.ORGANISE)
def letter(request: HttpRequest, desk: Access, letter: int) -> HttpResponse:
    """One letter as it was written, without the keys in it."""
    found = get_object_or_404(Letter, pk=letter, scope=desk.conference.slug)
    context = {
        "conference": desk.conference, "access": desk, "page": "letters", "letter": found, "text": masked(found.text),
    }
    return render(request, "desk/letter.html", context)


@require_POST
@at_desk(Duty.ORGANISE)
def again(request: HttpRequest, desk: Access, letter: int) -> HttpResponse:
    """Send one letter once more."""
    found = get_object_or_404(Letter, pk=letter, scope=desk.conference.slug)
    if durable(send_again, letter=found):
        say(request, _("The letter to %(recipient)s is sent again.") % {"recipient": found.recipient})
    else:
        warn(request, _("This letter is on its way already."))
    return back(desk.conference, "letters")


@require_POST
@at_desk(Duty.ORGANISE)
def failed_again(request: HttpRequest, desk: Access) -> HttpResponse:
    """Send everything once more that was given up."""
    count = durable(send_failed_again, scope=desk.conference.slug)
    say(request, ngettext("%(count)d letter is sent again.", "%(count)d letters are sent again.", count) % {
        "count": count
    })
    return back(desk.conference, "letters")


@require_POST
@at_desk(Duty.ORGANISE)
def automatic(request: HttpRequest, desk: Access) -> HttpResponse:
    """Whether the first edition is told to everybody by itself."""
    is_on = request.POST.get("is_on") == "1"
    durable(switch_published, scope=desk.conference.slug, is_on=is_on)
    told = _("The first programme is told to everybody.") if is_on else _("The first programme is told to nobody.")
    say(request, told)
    return back(desk.conference, "letters")


@require_http_methods(["GET", "POST"])
@at_desk(Duty.ORGANISE)
def to_all(request: HttpRequest, desk: Access, kind: str) -> HttpResponse:
    """Ask with the number of people, then write to everybody."""
    if kind not in TO_ALL:
        raise Http404
    if request.method == "POST":
        count = durable(write_to_all, conference=desk.conference, kind=kind, now=now_of(desk.conference))
        say(request, ngettext(
            "The letter goes to %(count)d person.", "The letter goes to %(count)d people.", count
        ) % {"count": count})
        return back(desk.conference, "letters")
    context = {
        "conference": desk.conference, "access": desk, "page": "letters", "kind": kind, "name": KIND_NAMES[kind],
        "count": len(recipients_of(desk.conference, kind)),
    }
    return render(request, "desk/letter-to-all.html", context)
