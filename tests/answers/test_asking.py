"""Questions for what is on."""

from __future__ import annotations

from datetime import time

import pytest

from offenraum.answers.rules.asking import AskedMoment, Moment, asks_in_general, moment_asked

ROOMS = ["Raum 1", "Raum 3", "Großer Saal"]


@pytest.mark.parametrize(("question", "expected"), [
    ("Was läuft jetzt?", AskedMoment(Moment.NOW)),
    ("Was ist gerade los?", AskedMoment(Moment.NOW)),
    ("What is on now?", AskedMoment(Moment.NOW)),
    ("What's happening right now?", AskedMoment(Moment.NOW)),
    ("Was kommt als Nächstes?", AskedMoment(Moment.NEXT)),
    ("Wie geht es weiter im Programm?", AskedMoment(Moment.NEXT)),
    ("What comes next?", AskedMoment(Moment.NEXT)),
    ("Was läuft um 14 Uhr in Raum 3?", AskedMoment(Moment.AT, time(14), "Raum 3")),
    ("Was läuft 14 Uhr 30?", None),
    ("Was kommt 14.30 Uhr in Raum 1?", AskedMoment(Moment.AT, time(14, 30), "Raum 1")),
    ("was läuft um 13:45", AskedMoment(Moment.AT, time(13, 45))),
    ("What is on at 2 pm?", AskedMoment(Moment.AT, time(14))),
    ("Was läuft jetzt im großen Saal?", AskedMoment(Moment.NOW, room="Großer Saal")),
    ("Was läuft jetzt in Großer Saal", AskedMoment(Moment.NOW, room="Großer Saal")),
    ("Was läuft heute im Kino?", None),
    ("Wie hoch ist der Pegel jetzt?", None),
    ("Was läuft um 99 Uhr?", None),
    ("Wo ist Raum 3?", None),
    ("Wann ist die Session über LoRaWAN?", None),
    ("was leuft jezt", AskedMoment(Moment.NOW)),
    ("was komt danch in raum 3", AskedMoment(Moment.NEXT, room="Raum 3")),
    ("Was kostet das jetzt?", None),
    ("Was plant die Stadt jetzt?", None),
    ("Was pflanzt man jetzt?", None),
    ("jetzt", None),
    ("", None),
])
def test_moment_is_read_or_the_question_is_another(question: str, expected: AskedMoment | None) -> None:
    assert moment_asked(question, rooms=ROOMS) == expected


@pytest.mark.parametrize(("question", "expected"), [
    ("Wer schrieb Faust?", True),
    ("wie hoch ist der Dom", True),
    ("How old is the universe?", True),
    ("Wer hilft mir beim Antrag?", False),
    ("Wo melde ich mich an?", False),
    ("Ich frage mich, wer das weiß", False),
    ("", False),
])
def test_question_about_the_world_is_told_by_its_beginning(question: str, expected: bool) -> None:
    assert asks_in_general(question) == expected
