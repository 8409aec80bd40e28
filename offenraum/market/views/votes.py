"""Votes with dots, for everybody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from offenraum.conference.models import Conference
from offenraum.kit.group_commit import durable
from offenraum.market.actions.votes import NotCheckedIn, NotOpen, TooManyDots, give_dots
from offenraum.market.forms import DotsForm
from offenraum.market.models import DotVote
from offenraum.market.queries import results_of, votes_of
from offenraum.seats.models import Seat
from offenraum.seats.queries import seat_of


@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, slug: str, vote: int) -> HttpResponse:
    """Give dots while it is open, see the result afterwards."""
    conference = get_object_or_404(Conference, slug=slug)
    found = get_object_or_404(votes_of(conference), pk=vote)
    seat = seat_of(request, conference)
    if request.method == "POST" and seat is None:
        return redirect(f"/{slug}/platz?next=/{slug}/markt/abstimmung/{vote}")
    results = results_of(found, seat)
    form = DotsForm(request.POST or None, vote=found, own={one.pk: one.own for one in results})
    if request.method == "POST" and seat and form.is_valid() and is_given(form, found, seat):
        messages.success(request, _("Your dots are kept. You can change them until the vote closes."))
        return redirect("dot_vote", slug, vote)
    context = {
        "conference": conference, "vote": found, "form": form, "results": results, "seat": seat, "page": "market",
        "given": sum(one.own for one in results),
    }
    return render(request, "market/vote.html", context, status=422 if form.errors else 200)


def is_given(form: DotsForm, found: DotVote, seat: Seat) -> bool:
    """Keep the dots; a refusal is told in the form."""
    try:
        durable(give_dots, vote=found, seat=seat, wanted=form.wanted())
    except (NotOpen, TooManyDots, NotCheckedIn) as refusal:
        form.add_error(None, str(refusal.message))
        return False
    return True
