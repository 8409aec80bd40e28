"""What a conference stores and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import WORK, Basis, Data, DataMap, Keep, Who

SETUP = Data(_("To hold the conference"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)
SETUP_OF_TEAM = Data(_("To hold the conference"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)
SPEAKING = Data(_("To show who speaks"), Basis.EVENT, Keep.CONFERENCE, Who.PUBLIC)
TEAM = Data(_("To know who runs the conference"), Basis.EVENT, Keep.ACCOUNT, Who.TEAM)
HELPING = Data(_("To let somebody help or join the team"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
HELPING_KEY = Data(_("To let somebody help or join the team"), Basis.SECURITY, Keep.REGISTRATION, Who.NOBODY)
DECIDING = Data(_("To show how the programme came about"), Basis.EVENT, Keep.CONFERENCE, Who.PUBLIC)
DECIDED_BY = Data(_("To ask back at the desk who decided"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
FORGETTING = Data(_("To show what was deleted, and when"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)

DATAMAP: DataMap = {
    "Conference": {
        "slug title title_en short_title about about_en venue street city hosted_by grid_note time_zone": SETUP,
        "colour second_colour domain menu revision revised_at": SETUP,
        "is_hidden": SETUP_OF_TEAM,
        "seat_mode must_release_topics pitch_seconds vote_seconds wall_metres": SETUP_OF_TEAM,
        "clock_started_at clock_shows_at clock_speed created_at": SETUP_OF_TEAM,
    },
    "Day": {"conference date": SETUP},
    "Slot": {"conference day number starts_at minutes follows": SETUP},
    "Room": {"conference name position places is_step_free equipment way": SETUP},
    "RoomClosure": {"room slot": SETUP},
    "Notice": {"conference text kind key sent_at ends_at ended_at": SETUP, "sent_by": DECIDED_BY},
    "Wall": {"conference number content metres": SETUP},
    "Speaker": {"conference name position position_en about about_en": SPEAKING},
    "Talk": {
        "conference kind title title_en about about_en starts_at minutes room": SETUP, "source": SETUP_OF_TEAM,
        "speakers": SPEAKING,
    },
    "Member": {"conference account role": TEAM},
    "HelperKey": {"conference name created_at expires_at revoked_at": HELPING, "secret_hash": HELPING_KEY},
    "ApiToken": {"conference name scopes created_at ended_at": HELPING, "secret_hash": HELPING_KEY},
    "Invitation": {
        "conference email role created_at expires_at accepted_at revoked_at": HELPING,
        "secret_hash": HELPING_KEY,
    },
    "Clearing": {"conference keep cleared_at row_count kept is_scrubbed": FORGETTING},
    "Decision": {
        "conference verb facts moves reason role made_at undone_at": DECIDING,
        "account made_by": DECIDED_BY,
    },
    "Webhook": {"conference address events secret created_at ended_at": SETUP_OF_TEAM},
    "Delivery": {f"webhook event told created_at status {WORK}": SETUP_OF_TEAM},
}
