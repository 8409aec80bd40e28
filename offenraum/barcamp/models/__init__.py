"""What attendees bring and what they want: topics, merges, interest, ballots, rounds and pitches."""

from __future__ import annotations

from offenraum.barcamp.models.merges import Merge
from offenraum.barcamp.models.pitches import HandCount, Pitch
from offenraum.barcamp.models.rounds import Round
from offenraum.barcamp.models.topics import HostAbsence, Topic, TopicHost
from offenraum.barcamp.models.votes import Ballot, BallotMark, Interest, Total

__all__ = [
    "Ballot", "BallotMark", "HandCount", "HostAbsence", "Interest", "Merge", "Pitch", "Round", "Topic", "TopicHost",
    "Total",
]
