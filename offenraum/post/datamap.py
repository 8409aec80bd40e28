"""What is stored about letters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import WORK, Basis, Data, DataMap, Keep, Who

SENDING = Data(_("To send you letters about the conference, once each"), Basis.EVENT, Keep.LETTERS, Who.NOBODY)
SAYING = Data(_("To send you letters about the conference, once each"), Basis.EVENT, Keep.LETTERS, Who.SEAT)
LOGGING = Data(_("To see which letters did not arrive"), Basis.EVENT, Keep.LETTERS, Who.TEAM)
REFUSING = Data(_("To send no letters to all to those who do not want them"), Basis.EVENT, Keep.LETTERS, Who.SEAT)
REFUSED = Data(_("To send no letters to all to those who do not want them"), Basis.EVENT, Keep.LETTERS, Who.NOBODY)
WORDING = Data(_("To write letters in the conference's own words"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)

DATAMAP: DataMap = {
    "Letter": {
        WORK: LOGGING,
        "scope kind recipient sender_name subject language created_at sent_at bounced_at answer": LOGGING,
        "key token attachments": SENDING,
        "text given": SAYING,
    },
    "LetterSettings": {"scope tells_first_edition": WORDING},
    "Refusal": {"scope digest": REFUSED, "refused_at": REFUSING},
    "LetterText": {"scope kind language subject text": WORDING},
}
