"""What is stored about sensors: nothing about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import Basis, Data, DataMap, Keep, Who

SHOWN = Data(_("To show what sensors measure"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)
OF_TEAM = Data(_("To receive and decode what sensors send"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.TEAM)
SECRET = Data(OF_TEAM.purpose, Basis.SECURITY, Keep.CONFERENCE, Who.NOBODY)

DATAMAP: DataMap = {
    "Network": {"conference name kind made_at ended_at": OF_TEAM, "secret_hash": SECRET},
    "Codec": {"conference name source version": SHOWN},
    "Device": {
        "conference network number name place owner meaning licence latitude longitude decoder codec": SHOWN,
        "silent_minutes heard_at": SHOWN, "identity": OF_TEAM,
    },
    "Message": {
        "network identity key": OF_TEAM,
        "device body payload f_port decoded result said decoded_by received_at measured_at state": SHOWN,
    },
    "Channel": {"device key name unit formula decimals low high warn alarm value measured_at": SHOWN},
    "Mark": {"channel name value": SHOWN},
    "Reading": {"channel message measured_at value is_plausible": SHOWN},
    "Rollup": {"channel seconds begins_at count total low high": SHOWN},
    "Station": {"device source mark": SHOWN, "every_minutes asked_at marks_asked_at said": OF_TEAM},
}
