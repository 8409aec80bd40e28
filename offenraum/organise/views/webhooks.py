"""Which other servers are told what happens, and what became of each notice."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from offenraum.conference.actions.webhooks import add_webhook, end_webhook
from offenraum.conference.models import Delivery, Webhook
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.organise.access import as_organiser
from offenraum.organise.forms.webhooks import WebhookForm
from offenraum.organise.views.entries import shown

MOST: Final = 10
LOGGED: Final = 30


@require_http_methods(["GET", "POST"])
@as_organiser
def webhooks(request: HttpRequest, access: Access) -> HttpResponse:
    """The addresses and their log; a new one shows its secret, this once."""
    conference, secret = access.conference, ""
    standing = Webhook.objects.filter(conference=conference, ended_at=None)
    form = WebhookForm(request.POST) if request.method == "POST" else WebhookForm()
    if form.is_valid() and standing.count() >= MOST:
        form.add_error(None, ValidationError(_("At most %(most)d addresses are possible.") % {"most": MOST}))
    if form.is_valid():
        secret = add_webhook(conference=conference, **form.cleaned_data, now=now_of(conference))
        form = WebhookForm()
    log = Delivery.objects.filter(webhook__conference=conference).select_related("webhook")[:LOGGED]
    context = shown(access, form=form, secret=secret, webhooks=standing, log=log)
    return render(request, "organise/webhooks.html", context, status=422 if form.errors else 200)


@require_POST
@as_organiser
def end(request: HttpRequest, access: Access, webhook: int) -> HttpResponse:
    found = get_object_or_404(Webhook, pk=webhook, conference=access.conference)
    end_webhook(webhook=found, now=now_of(access.conference))
    messages.success(request, _("This address is told nothing any more."))
    return redirect("organise:webhooks", access.conference.slug)
