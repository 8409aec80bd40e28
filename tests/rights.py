"""Who may do what: `rights.txt` has a line for each address and method and a column for each role."""

from __future__ import annotations

from pathlib import Path

from tests.world import ROLES

Outcome = str
KEY = "8c1f1c0e-6a3b-4f57-9c53-0d7f6f3a2b10"
STANDS = (
    "stand", "stand_wish", "stand_contact", "stand_contact_back", "stand_ask", "stand_question", "stand_question_hide",
    "stand_answer", "stand_demo", "stand_demo_remove", "stand_report", "stand_own", "stand_edit", "stand_picture",
    "stand_picture_remove", "stand_demos", "stand_topic", "stand_contacts", "stand_card", "market_letter",
    "market_block", "market_hide", "market_place",
)
SENSORS = (
    "sensor", "sensor_raw", "sensors_device", "sensors_again", "sensors_new_channel", "sensors_channel",
    "sensors_remove_channel", "sensors_station",
)
IDS = {
    "export": {"name": "export"}, "export_own": {"key": "calendar"},
    "export_one": {"kind": "calendar_kind", "number": "shown"},
    "api:topic": {"number": "shown"},
    "data_table": {"name": "dataset", "ending": "table"}, "data_catalogue": {"ending": "catalogue"},
    "desk:compare": {"one": "number", "other": "another"},
    "desk:registration-cancel": {"number": "registration"}, "desk:registration-forget": {"number": "registration"},
    "registration_key": {"secret": "own"}, "registration_own": {"secret": "own"},
    "registration_confirm": {"secret": "own"}, "registration_cancel": {"secret": "own"},
    "registration_forget": {"secret": "own"},
    "registration_invited": {"secret": "invited"},
    "topic_separate": {"number": "first"}, "topic_answer": {"number": "first"},
    "desk:step": {"verb": "step"},
    "desk:topic": {"verb": "change"},
    "desk:flag": {"verb": "flag"},
    "desk:set-wall": {"number": "edition"},
    "desk:hole": {"room": "free_room"},
    "session_write": {"verb": "write"},
    "desk:report": {"verb": "report"},
    "desk:report-notes": {"verb": "report"},
    "desk:arrive": {"number": "absent_seat"},
    "desk:leave": {"number": "present_seat"},
    "desk:reissue": {"number": "absent_seat"}, "desk:badge": {"number": "absent_seat"},
    "desk:badge-file": {"run": "badge_print"},
    "desk:letter": {"letter": "sent_letter"}, "desk:letter-again": {"letter": "sent_letter"},
    "desk:letter-to-all": {"kind": "letter_kind"}, "desk:letter-text": {"kind": "letter_kind"},
    "desk:accept-proposal": {"run": "done_run"},
    "desk:candidates": {"run": "done_run"},
    "people_one_time_link": {"key": "link"},
    "people_confirm_email": {"key": "new_address"},
    "conference_help": {"key": "help"},
    "account_reset_password_from_key": {"uidb36": "number", "key": "link"},
    "organise:judge": {"verb": "verdict"},
    "letter_key": {"key": "letter"}, "letter_refusal": {"key": "refusal"},
    **{name: {"number": "stand"} for name in STANDS},
    **{name: {"number": "device"} for name in SENSORS}, "sensor_file": {"number": "device", "name": "file"},
    "uplink": {"kind": "network_kind"}, "uplink_secret": {"kind": "network_kind", "secret": "uplink"},
    "ask_settle": {"question": "asked_question"}, "desk:registration-ask-no-more": {"question": "extra_question"},
    "stand_key": {"key": "stand_key"}, "market_settle": {"report": "stand_report"},
}
"""Where the part of an address means something else than its name says."""

SHARED = {
    "organise:part",
    "api:topic",
    "export", "export_one", "data_table", "data_catalogue",
    "desk:set-wall",
    "public_edition",
    "wall", "people_one_time_link", "people_confirm_email", "account_reset_password_from_key", "mfa_edit_webauthn",
    "mfa_remove_webauthn", "colours",
}
"""Addresses whose parts belong to no conference."""

REGISTRATION = {
    "name": "Dirk", "email": "dirk@example.org", "organisation": "Stadt Bonn", "support": "Rampe", "hashtags": "daten",
    "topic": "Pegel", "key": KEY, "name-1": "Emil", "email-1": "emil@example.org", "website": "", "challenge": "x",
}
BODIES = {
    "desk:registration-terms": {
        "places": "220", "overbooking_percent": "10", "opens_at": "2018-06-01T09:00", "closes_at": "2018-09-01T12:00",
        "confirm_hours": "24", "reconfirm_days": "7", "reconfirm_hours": "48", "most_colleagues": "2",
    },
    "desk:contingent": {"name": "Ausstellende", "count": "12", "until": "2018-09-01T12:00"},
    "desk:registration-ask": {
        "label": "Kommen Sie mit dem Rad?", "kind": "choice", "choices": "ja\nnein", "purpose": "Stellplätze",
        "keep_days": "3",
    },
    "desk:registrations-import": {"lines": "Dirk; Stadt Bonn; dirk@example.org", "take": "1", "key": KEY},
    "registration": REGISTRATION,
    "registration_invited": REGISTRATION,
    "registration_own": {"name": "Olga", "organisation": "Köln", "support": "Rampe", "hashtags": "daten"},
    "letter": {"email": "neu@example.org", "key": KEY, "since": "=since"},
    "letter_key": {"verb": "confirm"},
    "news_comment": {"name": "Dirk", "text": "Gut so.", "key": KEY, "since": "=since"},
    "comment_report": {"reason": "Werbung"},
    "remark": {"text": "Der Knopf hat keinen Namen.", "key": KEY, "since": "=since"},
    "new_conference": {"title": "Im nächsten Jahr", "slug": "kogk27", "day": "2027-09-03"},
    "organise:import": {"checked": "=checked"},
    "organise:webhooks": {"address": "https://www.example.org/meldungen", "events": "topic_proposed"},
    "organise:publish": {"public": "0"},
    "organise:part": {"travel": "Mit der Bahn"},
    "organise:new": {"title": "Aufruf", "slug": "aufruf", "text": "Kommen Sie.", "position": "1"},
    "organise:entry": {"title": "Anders", "slug": "anders", "text": "Neu.", "position": "2"},
    "stand_contact": {"name": "Dirk", "reach": "0221 1", "purpose": "Ausleihen", "agrees": "on"},
    "stand_ask": {"text": "Was kostet das?", "key": KEY},
    "stand_question": {"reason": "Werbung"}, "stand_report": {"reason": "Werbung"},
    "stand_answer": {"text": "40 Euro"},
    "stand_edit": {"title": "Anders", "status": "pilot", "cost": "low", "present": "9-12"},
    "stand_demos": {"day": "@day", "begins": "15:30", "minutes": "5", "count": "2", "places": "4"},
    "stand_topic": {"host_name": "Lab", "key": KEY},
    "market_new_stand": {"title": "Noch einer", "email": "noch@example.org"},
    "market_place": {"x": "500", "y": "250"}, "market_vote": {"state": "closed"},
    "market_new_vote": {"question": "Wer?", "dots": "2", "choices": "A\nB"},
    "sensors_new_network": {"name": "Netz", "kind": "json"},
    "sensors_new_device": {
        "network": "=network", "identity": "neu", "name": "Neu", "decoder": "stored", "silent_minutes": "60",
    },
    "sensors_device": {
        "network": "=network", "identity": "anders", "name": "Neu", "decoder": "stored", "silent_minutes": "60",
    },
    "sensors_station": {"source": "pegelonline", "mark": "a6ee8177", "every_minutes": "15"},
    "sensors_new_channel": {"key": "y", "name": "Noch einer", "decimals": "1"},
    "sensors_channel": {"key": "y", "name": "Anders", "decimals": "1"},
    "sensors_new_codec": {"name": "Neu", "source": "var x"}, "sensors_codec": {"name": "Anders", "source": "var x"},
    "ask_judge": {"frage": "Wie wird das Wetter?", "helpful": "1"},
    "ask_new_synonym": {"word": "Dorf", "means": "Gemeinde"}, "ask_drop_services": {"source": "Stadt Muster"},
    "ask_new_pin": {"questions": "Was?", "title": "Das", "text": "So."},
    "ask_pin": {"questions": "Was?", "title": "Anders", "text": "So."},
    "people_email": {"email": "lena.neu@example.org"},
    "topic_interest": {"weight": "1", "key": KEY},
    "my_data": {"name": "Clara", "organisation": "Stadt Bonn", "hashtags": "offen daten", "is_listed": "1"},
    "topic_propose": {"title": "Offene Daten", "host_name": "Clara", "key": KEY},
    "session_write": {"text": "Was kostet das?", "key": KEY},
    "session_feedback": {"value": "3"},
    "session_heads": {"count": "24"},
    "contribution": {"reason": "Werbung"},
    "notes_report": {"reason": "Werbung"},
    "notes": {"text": "Hallo", "seen": "0"},
    "notes_step": {"change": "AQEHAAQBBW5vdGVzBUhhbGxvAA==", "after": "0"},
    "conference_set_role": {"role": "organiser"},
    "conference_invite": {"email": "neue@example.org", "role": "moderator"},
    "conference_new_token": {"name": "Anzeigetafel", "scopes": "topics"},
    "desk:hands": {"topic": "@topic", "hands": "5"},
    "desk:type-ballot": {"line": "=ballot", "key": KEY},
    "desk:merge": {"topic": "=number", "into": "=another"},
    "topic_offer": {"other": "=another"},
    "topic_answer": {"merge": "@offer", "agrees": "1"},
    "topic_separate": {"merge": "@merge"},
    "desk:bring": {"title": "Offene Daten", "host_name": "Dirk", "key": KEY},
    "desk:step": {"version": "=version"},
    "desk:place": {"piece": "@piece", "slot": "@slot", "room": "@free_room"},
    "desk:piece": {"piece": "@piece", "slot": "@slot", "room": "@free_room"},
    "desk:swap": {"piece": "@placed", "other": "@placed_too"},
    "desk:remove": {"piece": "@placed"},
    "desk:pin": {"piece": "@placed"},
    "desk:unpin": {"piece": "@placed"},
    "desk:accept-proposal": {"seen": "=mark"},
    "desk:accept-change": {
        "kind": "fill", "topic": "@topic", "slot": "@later", "room": "@free_room", "seen": "=mark", "then": "=then",
        "after": "1", "publish": "1", "reason": "Absage",
    },
    "desk:calculate": {"kind": "room", "slot": "@slot", "room": "@room"},
    "desk:flag": {"place": "Foyer"},
    "desk:set-wall": {"content": "now", "metres": "4"},
    "desk:send-notice": {"text": "Der Kaffee ist da.", "minutes": "15", "kind": "news", "key": KEY},
    "desk:publish": {"seen": "=mark", "after": "1"},
    "checkin": {"number": "=absent_seat", "key": KEY},
    "checkin_guest": {"key": KEY},
    "checkin_undo": {"number": "=present_seat"},
    "desk:make-badges": {"last": "=absent_seat", "count": "2"},
    "desk:letter-text": {
        f"{language}-{name}": "{link} neu" for language in ("de", "en", "de-x-leicht") for name in ("subject", "text")
    },
    "desk:letters-automatic": {"is_on": "1"},
    "desk:ask-badges": {"layout": "a6", "has_keys": "on"}, "desk:badge": {"layout": "62mm"},
    "desk:import-names": {"last": "=absent_seat", "lines": "Dirk; Stadt Bonn;"},
}
"""What is sent to an address; `@name` is an id of the conference asked, `=name` another value of it."""

IDLE = {
    "account_login", "account_reauthenticate", "mfa_authenticate", "mfa_activate_totp",
    "mfa_reauthenticate_webauthn", "conference_help", "conference_stop_helping", "desk:propose", "desk:undo",
    "desk:calculate", "desk:candidates", "registration_key", "stand_contact_back", "dot_vote", "stand_topic",
}
"""Addresses that lead on without a change of the database: the browser is changed, or there is nothing to do."""

VERBS = {"verb", "paper", "kind"}
"""Parts of addresses that are words, not ids."""


def read(table: str) -> dict[tuple[str, str], dict[str, Outcome]]:
    rows = [line.split() for line in table.splitlines() if line and not line.startswith("#")]
    return {(name, method): dict(zip(ROLES, cells, strict=True)) for name, method, *cells in rows}


RIGHTS = read(Path(__file__).with_suffix(".txt").read_text())
