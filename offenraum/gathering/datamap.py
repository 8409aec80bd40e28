"""What is stored about sessions: what people write and count in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import Basis, Data, DataMap, Keep, Who

WRITING = Data(_("To collect questions, links and notes of a session"), Basis.EVENT, Keep.CONFERENCE, Who.PUBLIC)
WRITTEN_BY = Data(WRITING.purpose, Basis.EVENT, Keep.REGISTRATION, Who.SEAT)
REPORTING = Data(_("To look after what people write"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
FEEDBACK = Data(_("To learn what a session gave to people"), Basis.EVENT, Keep.VOTES, Who.SEAT)
ANSWERS = Data(FEEDBACK.purpose, Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)
HEADS = Data(_("To count people in rooms"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)
COUNTED_BY = Data(HEADS.purpose, Basis.EVENT, Keep.REGISTRATION, Who.TEAM)

DATAMAP: DataMap = {
    "Contribution": {"topic kind text address key written_at hidden_at": WRITING, "seat": WRITTEN_BY},
    "Report": {"topic contribution seat reason reported_at settled_at": REPORTING},
    "Feedback": {"seat": FEEDBACK, "topic value given_at": ANSWERS},
    "HeadCount": {"topic count counted_at": HEADS, "counted_by": COUNTED_BY},
    "Pad": {"topic text hidden_at state state_number number": WRITING},
    "PadStep": {"pad number change made_at": WRITING, "seat": WRITTEN_BY},
}
