"""The website of the demonstration: partners named in the announcement, travel, questions, one piece of news."""

from __future__ import annotations

from datetime import timedelta

from offenraum.conference.models import Conference
from offenraum.project.demo import day
from offenraum.website.actions.contents import tell
from offenraum.website.models import Faq, News, Page, Partner, Site

PARTNERS = (
    ("host", "Offene Kommunen.NRW"), ("supporter", "Open.NRW"), ("supporter", "Stadt Köln"),
    ("supporter", "Stadt Bonn"), ("supporter", "Landeshauptstadt Düsseldorf"), ("supporter", "KDVZ"),
    ("supporter", "civitec"), ("supporter", "regio iT"),
)
TRAVEL = """## Mit Bus und Bahn

Die Haltestelle **Neumarkt** ist drei Minuten zu Fuß entfernt. Dort halten die Stadtbahnen 1, 3, 4, 7, 9, 16 und 18.

## Mit dem Rad

Vor dem Museum stehen Fahrradbügel.

## Mit dem Auto

Bitte nutzen Sie die Parkhäuser rund um den Neumarkt. Am Museum selbst gibt es keine Parkplätze."""
TRAVEL_EN = """## By bus and train

The stop **Neumarkt** is three minutes away on foot. The light rail lines 1, 3, 4, 7, 9, 16 and 18 stop there.

## By bike

There are bike stands in front of the museum.

## By car

Please use the car parks around Neumarkt. There are no parking spaces at the museum itself."""
STEP_FREE = "Der Eingang ist ebenerdig. Ein Aufzug führt in den ersten Stock. Zwei kleine Räume haben nur eine Treppe."
STEP_FREE_EN = "The entrance is at ground level. A lift leads to the first floor. Two small rooms have stairs only."
EASY = """## Was ist das?

Das ist eine Konferenz.

Viele Menschen kommen zusammen.

Sie reden über die Stadt und das Rathaus.

## Wer macht das Programm?

Am Morgen gibt es Vorträge.

Am Nachmittag machen **Sie** das Programm.

Sie können ein Thema sagen.

Alle wählen: Welche Themen sind wichtig?

Dann reden Sie in kleinen Gruppen.

## Wo ist das?

In Köln, in einem Museum.

Das Museum heißt: Rautenstrauch-Joest-Museum."""
FAQS = (
    (
        "Was ist ein Barcamp?", "What is a barcamp?",
        "Eine Tagung, deren Programm die Teilnehmenden am Tag selbst machen. Jede Person kann ein Thema, ein Projekt "
        "oder eine Frage vorstellen.",
        "A meeting whose programme the attendees make on the day. Anyone can present a topic, a project or a question.",
    ),
    (
        "Muss ich etwas vorbereiten?", "Do I have to prepare anything?",
        "Nein. Eine Frage genügt. Für die Vorstellung Ihres Themas haben Sie 30 Sekunden.",
        "No. A question is enough. You have 30 seconds to present your topic.",
    ),
    (
        "Was kostet die Teilnahme?", "What does it cost?", "Die Teilnahme ist kostenlos.", "Taking part is free.",
    ),
    (
        "Ich war noch nie auf einem Barcamp. Ist das schlimm?", "I have never been to a barcamp. Is that a problem?",
        "Im Gegenteil. Um 11 Uhr erklärt Damian Paderta, wie ein Barcamp läuft. Themen für den Einstieg sind markiert.",
        "Not at all. At 11 o’clock Damian Paderta explains how a barcamp works. Topics for beginners are marked.",
    ),
    (
        "Wie wird entschieden, welche Themen ins Programm kommen?", "How is decided which topics enter the programme?",
        "Sie tippen bei jedem Thema, das Sie interessiert, auf „Da will ich hin“. Daraus entsteht der Plan. Die Gründe "
        "stehen offen im [Programm](/kogk18/programm/gruende).",
        "You tap “I want to go there” at every topic that interests you. The plan follows from that. The reasons stand "
        "openly in the [programme](/kogk18/programm/gruende).",
    ),
)
NEWS = (
    "Alle 220 Plätze sind vergeben", "All 220 places are taken",
    "Das Interesse an offener Verwaltung in den Kommunen ist groß: Alle 220 Plätze sind vergeben, die Warteliste ist "
    "lang.\n\nWer nicht kommen kann, gibt den Platz bitte frei. Dann rückt jemand nach.",
    "The interest in open administration in municipalities is large: all 220 places are taken, the waiting list is "
    "long.\n\nIf you cannot come, please free your place. Then somebody else moves up.",
)
MARKET = (
    "Auf dem Markt der Möglichkeiten zeigen Kommunen und Initiativen, woran sie arbeiten:\n\n- der **GovBot**, der "
    "Fragen an die Verwaltung beantwortet\n- erste **LoRaWAN-Netze** in Kommunen\n- **digitale Dörfer** und Städte\n"
    "- **Sensoren**, die Luft und Wasserstand messen, damit alle es sehen können"
)
MARKET_EN = (
    "At the market of possibilities municipalities and initiatives show what they work on:\n\n- the **GovBot** that "
    "answers questions about the administration\n- first **LoRaWAN networks** in municipalities\n- **digital "
    "villages** and cities\n- **sensors** that measure air and water levels for everybody to see"
)


def create_website(conference: Conference) -> None:
    """Fill the website of the demonstration's conference."""
    Site.objects.create(
        conference=conference, travel=TRAVEL, travel_en=TRAVEL_EN, step_free=STEP_FREE, step_free_en=STEP_FREE_EN,
        easy_text=EASY, takes_comments=True,
    )
    for position, (kind, name) in enumerate(PARTNERS, 1):
        Partner.objects.create(conference=conference, kind=kind, name=name, position=position)
    for position, (question, question_en, answer, answer_en) in enumerate(FAQS, 1):
        Faq.objects.create(
            conference=conference, question=question, question_en=question_en, answer=answer, answer_en=answer_en,
            position=position,
        )
    title, title_en, text, text_en = NEWS
    News.objects.create(
        conference=conference, title=title, title_en=title_en, text=text, text_en=text_en,
        published_at=day.at(9, 0) - timedelta(days=21),
    )
    Page.objects.create(
        conference=conference, slug="markt-der-moeglichkeiten", title="Markt der Möglichkeiten",
        title_en="Market of possibilities", text=MARKET, text_en=MARKET_EN,
    )
    tell(conference)
