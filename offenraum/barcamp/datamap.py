"""What is stored about topics and votes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import Basis, Data, DataMap, Keep, Who

ROUNDS = Data(_("To lead the session planning"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)
TOPICS = Data(_("To show the topics that people bring"), Basis.EVENT, Keep.CONFERENCE, Who.PUBLIC)
HOSTING = Data(_("To show who gives a session"), Basis.EVENT, Keep.REGISTRATION, Who.PUBLIC)
ABSENCES = Data(_("To plan sessions when their hosts are there"), Basis.EVENT, Keep.VOTES, Who.TEAM)
MERGING = Data(_("To merge topics and to undo it"), Basis.EVENT, Keep.CONFERENCE, Who.TEAM)
MERGED_BY = Data(MERGING.purpose, Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
TALLY = Data(_("To count interest in topics"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)
COUNTED_BY = Data(TALLY.purpose, Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
VOTES = Data(_("To make a programme out of what you want to attend"), Basis.EVENT, Keep.VOTES, Who.SEAT)
PAPER_VOTES = Data(VOTES.purpose, Basis.EVENT, Keep.VOTES, Who.TEAM)

DATAMAP: DataMap = {
    "Round": {
        "conference number state version opened_at closed_at last_call_ends_at current paused_at": ROUNDS,
        "is_wall_blank is_draft_shown": ROUNDS,
    },
    "Topic": {
        "conference number title about kind level format length needs hashtags state round head version": TOPICS,
        "key created_at changed_at": TOPICS,
    },
    "TopicHost": {"topic seat name joined_from": HOSTING},
    "HostAbsence": {"seat slot": ABSENCES},
    "Merge": {
        "topic into state offered_at done_at undone_at": MERGING,
        "offered_by done_by undone_by": MERGED_BY,
    },
    "Pitch": {"round topic position state started_at paused_seconds band": ROUNDS},
    "HandCount": {"round topic count is_estimate counted_at merge": TALLY, "counted_by": COUNTED_BY},
    "Total": {"topic named strong by_ballot hands is_estimate total": TALLY},
    "Interest": {"topic seat weight key shown_at changed_at": VOTES},
    "Ballot": {"round seat replaces is_valid key typed_by typed_at": PAPER_VOTES},
    "BallotMark": {"ballot topic": PAPER_VOTES},
}
