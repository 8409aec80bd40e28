"""Parts of the desk's pages that the stream replaces; they hold no token, their buttons point to the form `act`."""

from __future__ import annotations

from collections.abc import Callable

from django.template.loader import render_to_string
from django.utils import timezone

from offenraum.conference.models import Conference
from offenraum.desk.queries.board import board_of
from offenraum.desk.queries.day import day_of
from offenraum.desk.queries.outlook import repair_of
from offenraum.desk.queries.overview import overview_of, people_of
from offenraum.desk.queries.papers import papers_of
from offenraum.desk.queries.proposal import proposal_of
from offenraum.desk.queries.stage import count_of, stage_of
from offenraum.live.regions import Region, RegionError, RegionRequest
from offenraum.programme.models import PlanRun

Gather = Callable[[Conference], object]


def region(name: str, topics: tuple[str, ...], gather: Gather) -> Region:
    """A region whose template is named like it and shows what `gather` finds, as `shown`."""

    def render(request: RegionRequest) -> str:
        conference = Conference.objects.get(slug=request.scope)
        with timezone.override(conference.zone):
            context = {"conference": conference, "shown": gather(conference)}
            return render_to_string(f"desk/regions/{name}.html", context)

    return Region(name, topics, "desk", render)


def repair(request: RegionRequest) -> str:
    """What the planner says about a change of the day; `argument` is its run."""
    conference = Conference.objects.get(slug=request.scope)
    run = PlanRun.objects.filter(conference=conference, pk=request.argument_number, change__isnull=False).first()
    if run is None:
        raise RegionError(request.argument)
    with timezone.override(conference.zone):
        context = {"conference": conference, "shown": repair_of(conference, run)}
        return render_to_string("desk/regions/desk-repair.html", context)


REGIONS = [
    region("desk-day", ("programme", "plan", "clock", "board", "round"), day_of),
    Region("desk-repair", ("proposal", "plan", "programme", "clock"), "desk", repair),
    region("desk-overview", ("round", "board", "plan", "programme", "proposal"), overview_of),
    region("desk-people", ("tally",), people_of),
    region("desk-stage", ("round", "board", "programme"), stage_of),
    region("desk-queue", ("round", "board"), stage_of),
    region("desk-hands", ("round", "board"), stage_of),
    region("desk-ballots", ("ballots", "round", "board"), papers_of),
    region("desk-count", ("tally", "round", "board"), count_of),
    region("desk-proposal", ("proposal", "plan", "board"), proposal_of),
    region("desk-board", ("plan", "programme", "round", "board"), board_of),
]
