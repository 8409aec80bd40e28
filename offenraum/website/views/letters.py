"""An address for a letter: given, confirmed by a link, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from offenraum.conference.queries import conference_of, now_of
from offenraum.kit.group_commit import durable
from offenraum.kit.strangers import open_to_strangers
from offenraum.post.actions import refuse_letters, want_letters
from offenraum.post.queries import digest_in, is_refused
from offenraum.website.actions.letters import NoAddress, confirm_subscription, end_subscription, subscribe
from offenraum.website.forms import SubscribeForm
from offenraum.website.queries import site_of, subscriber_of

ONE_CLICK = "List-Unsubscribe"
"""What the button of a mail program sends (RFC 8058): without cookies, and not waiting for a page."""


@never_cache
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for an address; the answer is the same whether the address is known or not."""
    conference = conference_of(request, slug)
    if not site_of(conference).takes_addresses:
        raise Http404
    form = SubscribeForm(request.POST or None)
    if form.is_valid():
        language = "en" if get_language() == "en" else "de"
        try:
            subscribe(
                conference=conference, email=form.cleaned_data["email"], language=language, now=now_of(conference)
            )
        except NoAddress as refusal:
            form.add_error("email", str(refusal.message))
        else:
            messages.success(request, _("Please look into your mailbox and confirm the address."))
            return redirect("letter", slug)
    context = {"conference": conference, "form": form}
    return render(request, "website/letter.html", context, status=422 if form.errors else 200)


@open_to_strangers
@never_cache
@require_http_methods(["GET", "POST"])
def letter_key(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Where the link of a letter leads: opening it does nothing, mail scanners do that too."""
    conference = conference_of(request, slug)
    found = subscriber_of(conference, key)
    if found is None:
        raise Http404
    if ONE_CLICK in request.POST:
        end_subscription(subscriber=found)
        return HttpResponse(status=204)
    if request.method == "POST" and request.POST.get("verb") == "end":
        end_subscription(subscriber=found)
        messages.success(request, _("Your address is deleted."))
        return redirect("letter", slug)
    if request.method == "POST":
        confirm_subscription(subscriber=found, now=now_of(conference))
        messages.success(request, _("Thank you. We write when registration opens."))
        return redirect("letter_key", slug, key)
    return render(request, "website/letter-key.html", {"conference": conference, "subscriber": found})


@open_to_strangers
@never_cache
@require_http_methods(["GET", "POST"])
def refusal(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """No letters to all any more, also with one click in a mail program; opening the page does nothing."""
    conference = conference_of(request, slug)
    digest = digest_in(key, scope=slug)
    if digest is None:
        raise Http404
    if request.method == "POST" and request.POST.get("verb") == "again":
        durable(want_letters, scope=slug, digest=digest)
    elif request.method == "POST":
        durable(refuse_letters, scope=slug, digest=digest, now=now_of(conference))
    context = {"conference": conference, "is_refused": is_refused(scope=slug, digest=digest)}
    return render(request, "website/letter-refusal.html", context)
