"""What the deletion clock does to votes and names, and what deleting one's own data does."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from offenraum.barcamp.models import Ballot, HandCount, HostAbsence, Interest, Merge, Round, Topic, TopicHost, Total
from offenraum.barcamp.queries.tally import tallies
from offenraum.conference.models import Conference
from offenraum.kit.clearing import blank_some, delete_some
from offenraum.live.changes import announce
from offenraum.seats.models import Seat

CHANGES = ("board", "round", "plan", "programme")
"""Where names of hosts are shown."""


def clear_votes(*, conference: Conference) -> int:
    """Replace votes by totals; the totals are there before the first vote goes."""
    votes = Interest.objects.filter(topic__conference=conference)
    ballots = Ballot.objects.filter(round__conference=conference)
    if votes.exists() or ballots.exists():
        keep_totals(conference=conference)
    absences = HostAbsence.objects.filter(seat__conference=conference)
    return delete_some(votes) or delete_some(ballots) or delete_some(absences)


@transaction.atomic
def keep_totals(*, conference: Conference) -> None:
    """Keep the tally of each topic as it is now; one that is kept already stays."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    Total.objects.bulk_create(
        [
            Total(
                topic_id=tally.topic, named=tally.named, strong=tally.strong, by_ballot=tally.by_ballot,
                hands=tally.hands, is_estimate=tally.is_estimate, total=tally.total,
            )
            for tally in tallies(conference).values()
        ],
        ignore_conflicts=True,
    )


def clear_names(*, conference: Conference) -> int:
    """Delete who gave sessions, merged topics and counted hands."""
    merges = Merge.objects.filter(topic__conference=conference)
    merged = merges.filter(~Q(done_by="") | ~Q(undone_by="") | Q(offered_by__isnull=False))
    counted = HandCount.objects.filter(round__conference=conference).exclude(counted_by="")
    return (
        clear_hosts(conference=conference)
        or blank_some(merged, done_by="", undone_by="", offered_by=None)
        or blank_some(counted, counted_by="")
    )


@transaction.atomic
def clear_hosts(*, conference: Conference) -> int:
    """Delete who gave sessions, and draw every screen again that says so."""
    deleted = delete_some(TopicHost.objects.filter(topic__conference=conference))
    if deleted:
        announce(scope=conference.slug, topics=CHANGES)
    return deleted


@transaction.atomic
def forget_seat(*, seat: Seat) -> None:
    """Delete a seat's name on topics, its open votes and its times away; votes of closed rounds stay as a count."""
    is_open = Q(topic__round__isnull=True) | ~Q(topic__round__state=Round.State.CLOSED)
    Interest.objects.filter(is_open, seat=seat).delete()
    Ballot.objects.filter(seat=seat).exclude(round__state=Round.State.CLOSED).delete()
    HostAbsence.objects.filter(seat=seat).delete()
    Merge.objects.filter(offered_by=seat).update(offered_by=None)
    own = list(Topic.objects.filter(hosts__seat=seat).values_list("pk", flat=True))
    TopicHost.objects.filter(seat=seat).delete()
    alone = Topic.objects.filter(pk__in=own, hosts__isnull=True, placement__isnull=True)
    alone.filter(state=Topic.State.SUBMITTED).delete()
    Topic.objects.filter(pk__in=own, hosts__isnull=True, state=Topic.State.WITHDRAWN).update(about="", hashtags=[])
    announce(scope=seat.conference.slug, topics=[*CHANGES, "tally"])
