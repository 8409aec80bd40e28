"""Reads of the barcamp; this is what other slices ask."""

from __future__ import annotations

from offenraum.barcamp.queries.interest import (
    Vote,
    interest_of,
    interests_of,
    uncounted_interest,
    vote_of,
    voters_since,
    wishes_by_seat,
    wishes_of,
)
from offenraum.barcamp.queries.rounds import pitches_of, round_now
from offenraum.barcamp.queries.tally import Tally, tallies, topics_by_interest
from offenraum.barcamp.queries.topics import (
    desk_topics,
    public_topics,
    similar_topics,
    topic_of,
    topics_hosted_by,
    unchosen_topics,
    with_hosts,
)

__all__ = [
    "Tally",
    "Vote",
    "desk_topics",
    "interest_of",
    "interests_of",
    "pitches_of",
    "public_topics",
    "round_now",
    "similar_topics",
    "tallies",
    "topic_of",
    "topics_by_interest",
    "topics_hosted_by",
    "unchosen_topics", "uncounted_interest",
    "vote_of",
    "voters_since",
    "wishes_by_seat",
    "wishes_of",
    "with_hosts",
]
