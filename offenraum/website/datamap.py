"""What a website stores and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import Basis, Data, DataMap, Keep, Who

SITE = Data(_("To inform about the conference"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)
SITE_OF_TEAM = Data(_("To inform about the conference"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)
PHOTO = Data(_("To show who speaks, with their consent"), Basis.CONSENT, Keep.REGISTRATION, Who.PUBLIC)
COMMENT = Data(_("To show what visitors say about news"), Basis.EVENT, Keep.CONFERENCE, Who.PUBLIC)
COMMENT_OF_TEAM = Data(_("To keep comments in order"), Basis.EVENT, Keep.CONFERENCE, Who.TEAM)
COMMENT_ADDRESS = Data(_("To keep comments in order"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)
LETTER = Data(_("To write to you when registration opens"), Basis.CONSENT, Keep.LETTERS, Who.TEAM)
REMARK = Data(_("To remove a barrier and to answer you"), Basis.EVENT, Keep.REGISTRATION, Who.TEAM)

DATAMAP: DataMap = {
    "Picture": {"conference digest width height alt alt_en uploaded_at": SITE},
    "Site": {
        "conference picture travel travel_en step_free step_free_en map_link imprint imprint_en": SITE,
        "privacy privacy_en easy_text sign_text sign_link checked_on check_by result gaps gaps_en": SITE,
        "contact enforcement data_licence contributor takes_comments takes_addresses": SITE,
        "frame_hosts": SITE_OF_TEAM,
    },
    "Page": {"conference slug title title_en text text_en position": SITE, "is_public": SITE_OF_TEAM},
    "News": {"conference title title_en text text_en picture published_at takes_comments": SITE},
    "Faq": {"conference question question_en answer answer_en position": SITE},
    "Partner": {"conference kind name link logo position": SITE},
    "Portrait": {"speaker picture": PHOTO, "consented_at": Data(PHOTO.purpose, PHOTO.basis, PHOTO.keep, Who.TEAM)},
    "Comment": {
        "news name text written_at": COMMENT,
        "key state reported_at report": COMMENT_OF_TEAM,
        "email": COMMENT_ADDRESS,
    },
    "Subscriber": {"conference email language asked_at confirmed_at": LETTER},
    "Remark": {"conference key text place email sent_at done_at": REMARK},
}
