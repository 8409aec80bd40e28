"""Parts of the market's pages that stay current."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.live.regions import Region, RegionError, RegionRequest
from offenraum.market.models import Stand
from offenraum.market.queries import (
    demos_of,
    is_archived,
    listed,
    market_stands,
    next_demos,
    questions_of,
    stand_numbered,
    stand_of_topic,
)


def stands(request: RegionRequest) -> str:
    """The list of all stands."""
    conference = Conference.objects.get(slug=request.scope)
    context = {
        "conference": conference, "stands": listed(market_stands(conference), now=now_of(conference)),
    }
    with timezone.override(conference.zone):
        return render_to_string("market/regions/market.html", context)


def demos(request: RegionRequest) -> str:
    """The next demonstrations, of all stands."""
    conference = Conference.objects.get(slug=request.scope)
    context = {"conference": conference, "demos": next_demos(conference, now=now_of(conference))}
    with timezone.override(conference.zone):
        return render_to_string("market/regions/market-demos.html", context)


def asked(request: RegionRequest) -> tuple[Conference, Stand]:
    conference = Conference.objects.get(slug=request.scope)
    stand = stand_numbered(conference, request.argument_number)
    if stand is None:
        raise RegionError(request.argument)
    return conference, stand


def questions(request: RegionRequest) -> str:
    """Questions to a stand and their answers; nothing of a stand that is hidden."""
    conference, stand = asked(request)
    context = {
        "conference": conference, "stand": stand, "questions": [] if stand.hidden_at else questions_of(stand),
        "is_archived": is_archived(conference),
    }
    with timezone.override(conference.zone):
        return render_to_string("market/regions/stand-questions.html", context)


def stand_demos(request: RegionRequest) -> str:
    """The demonstrations of one stand with the places that are free."""
    conference, stand = asked(request)
    shown = [] if stand.hidden_at else demos_of(stand)
    context = {
        "conference": conference, "stand": stand, "is_archived": is_archived(conference), "now": now_of(conference),
        "demos": shown, "wish_count": 0 if stand.hidden_at else stand.wishes.count(),
    }
    with timezone.override(conference.zone):
        return render_to_string("market/regions/stand-demos.html", context)


def topic_stand(request: RegionRequest) -> str:
    """On the page of a topic: the stand that it came from."""
    conference = Conference.objects.get(slug=request.scope)
    stand = stand_of_topic(conference, request.argument_number)
    return render_to_string("market/regions/topic-stand.html", {"conference": conference, "stand": stand})


REGIONS = [
    Region("market", ("market", "measured", "clock"), "public", stands),
    Region("market-demos", ("market", "clock"), "public", demos),
    Region("stand-questions", ("stand-{argument}",), "public", questions),
    Region("stand-demos", ("stand-{argument}", "clock"), "public", stand_demos),
    Region("topic-stand", ("market", "board"), "public", topic_stand),
]
