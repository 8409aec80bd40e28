"""Topics that may be one: suggestions, side by side, together, apart."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.barcamp.actions.merging import merge_topics, undo_merge
from offenraum.barcamp.models import Merge
from offenraum.barcamp.queries import topic_of
from offenraum.barcamp.queries.merging import merges_of, pairs_worth_a_look
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk
from offenraum.desk.answers import attempt, back, not_understood, say
from offenraum.desk.forms import MOST_ID, MOST_VERSION, PairForm
from offenraum.desk.queries.pairs import comparison_of


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """What is alike, what is merged, and a way to any two topics."""
    form = PairForm(request.GET or None)
    if form.is_valid() and are_two(form, desk):
        return redirect(reverse("desk:compare", args=[desk.conference.slug, *form.numbers]))
    context = {
        "conference": desk.conference, "access": desk, "page": "round", "form": form,
        "pairs": pairs_worth_a_look(desk.conference), "merges": merges_of(desk.conference),
    }
    return render(request, "desk/merging.html", context, status=422 if form.errors else 200)


def are_two(form: PairForm, desk: Access) -> bool:
    """Whether the numbers name two topics of this conference; else the form says which does not."""
    for name, number in zip(("topic", "into"), form.numbers, strict=True):
        if topic_of(conference=desk.conference, number=number) is None:
            form.add_error(name, _("There is no topic with this number."))
    if form.is_valid() and len(set(form.numbers)) == 1:
        form.add_error("into", _("Please choose two different topics."))
    return form.is_valid()


@require_GET
@at_desk()
def compare(request: HttpRequest, desk: Access, one: int, other: int) -> HttpResponse:
    """Two topics side by side, and what would come of it."""
    topic, into = (topic_of(conference=desk.conference, number=min(number, MOST_VERSION)) for number in (one, other))
    if topic is None or into is None or topic == into:
        raise Http404
    context = {
        "conference": desk.conference, "access": desk, "page": "round",
        "shown": comparison_of(desk.conference, topic, into),
    }
    return render(request, "desk/compare.html", context)


@require_POST
@at_desk()
def merge(request: HttpRequest, desk: Access) -> HttpResponse:
    """Let one topic go into the other."""
    form = PairForm(request.POST)
    numbers = form.numbers if form.is_valid() else (0, 0)
    topic, into = (topic_of(conference=desk.conference, number=number) for number in numbers)
    if topic is None or into is None:
        return not_understood(request, desk.conference, "merging")
    if attempt(request, merge_topics, topic=topic, into=into, done_by=desk.name, now=now_of(desk.conference)):
        say(request, _("“%(topic)s” is part of “%(into)s” now. Voters and hosts are united.") % {
            "topic": topic.title, "into": into.title,
        })
    return back(desk.conference, "merging")


@require_POST
@at_desk()
def unmerge(request: HttpRequest, desk: Access, merge: int) -> HttpResponse:
    """Make two of one again."""
    found = get_object_or_404(
        Merge.objects.select_related("topic", "into__conference"), pk=min(merge, MOST_ID),
        into__conference=desk.conference,
    )
    if attempt(request, undo_merge, merge=found, undone_by=desk.name, now=now_of(desk.conference)):
        say(request, _("“%(topic)s” and “%(into)s” are two topics again, each with its own votes and hosts.") % {
            "topic": found.topic.title, "into": found.into.title,
        })
    return back(desk.conference, "merging")
