"""Topics at the desk: spontaneous ones, hands, hiding and releasing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.barcamp.actions.rounds import count_hands
from offenraum.barcamp.actions.topics import TopicText, hide_topic, propose_topic, release_topic
from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import round_now, topic_of
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.answers import attempt, back, not_understood, say
from offenraum.desk.forms import HandsForm, SpontaneousForm
from offenraum.desk.views.round import ESTIMATES, round_page

CHANGES = {"verbergen": hide_topic, "freigeben": release_topic}


@require_POST
@at_desk()
def bring(request: HttpRequest, desk: Access) -> HttpResponse:
    """Put a spontaneous topic on the board; typed in seconds."""
    form = SpontaneousForm(request.POST)
    if not form.is_valid():
        return round_page(request, desk, topic=form)
    typed = form.cleaned_data
    if attempt(
        request, propose_topic, conference=desk.conference, seat=None, host_name=typed["host_name"],
        text=TopicText(title=typed["title"]), key=typed["key"], now=now_of(desk.conference),
    ):
        round_ = round_now(desk.conference)
        is_running = round_ is not None and round_.is_running
        words = _("“%(title)s” is in the queue.") if is_running else _("“%(title)s” is among the topics.")
        say(request, words % {"title": typed["title"]})
    return back(desk.conference, "round")


@require_GET
@at_desk(Duty.HANDS)
def hands_page(request: HttpRequest, desk: Access) -> HttpResponse:
    """Typing counted hands, for a helper who sees nothing else of the round."""
    return helpers_page(request, desk, HandsForm())


def helpers_page(request: HttpRequest, desk: Access, form: HandsForm) -> HttpResponse:
    context = {
        "conference": desk.conference, "access": desk, "page": "hands", "hands": form, "estimates": ESTIMATES,
    }
    return render(request, "desk/hands.html", context, status=422 if form.errors else 200)


@require_POST
@at_desk(Duty.HANDS)
def hands(request: HttpRequest, desk: Access) -> HttpResponse:
    """Keep the hands counted for a topic of the round."""
    form, round_ = HandsForm(request.POST), round_now(desk.conference)
    leads = desk.may(Duty.MODERATE)
    page = "round" if leads else "hands-page"
    if not form.is_valid():
        return round_page(request, desk, hands=form) if leads else helpers_page(request, desk, form)
    topic = Topic.objects.filter(conference=desk.conference, pk=form.cleaned_data["topic"]).first()
    if topic is None or round_ is None:
        return not_understood(request, desk.conference, page)
    counted = form.cleaned_data["hands"]
    if attempt(
        request, count_hands, round_=round_, topic=topic, count=counted.count, is_estimate=counted.is_estimate,
        counted_by=desk.name, now=now_of(desk.conference),
    ):
        say(request, _("%(count)d hands for “%(title)s”.") % {"count": counted.count, "title": topic.title})
    return back(desk.conference, page)


@require_POST
@at_desk()
def change(request: HttpRequest, desk: Access, number: int, verb: str) -> HttpResponse:
    """Hide a topic everywhere with one tap, or show it again."""
    topic, action = topic_of(conference=desk.conference, number=number), CHANGES.get(verb)
    if topic is None or action is None:
        raise Http404
    if attempt(request, action, topic=topic):
        words = _("“%(title)s” is hidden everywhere.") if verb == "verbergen" else _("“%(title)s” is on every screen.")
        say(request, words % {"title": topic.title})
    return back(desk.conference, "round")
