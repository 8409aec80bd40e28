"""Invented people: no name of a real attendee is used."""

from __future__ import annotations

import random

from offenraum.seats.actions.making import Person

FIRST = (
    "Ada", "Albert", "Amira", "Andrea", "Anton", "Ayşe", "Beate", "Benno", "Carla", "Cem", "Daria", "Dorothee", "Ebru",
    "Elias", "Emil", "Farah", "Finn", "Frieda", "Georg", "Greta", "Hanna", "Hassan", "Ida", "Ilka", "Jakob", "Jelena",
    "Jule", "Kaan", "Karin", "Klara", "Lars", "Leyla", "Ludwig", "Maja", "Marek", "Meike", "Milan", "Nadja", "Noah",
    "Olga", "Oskar", "Pia", "Quirin", "Rosa", "Ruben", "Samira", "Simon", "Sophie", "Tilda", "Tom", "Ulrike",
    "Valentin", "Vera", "Walid", "Wiebke", "Yasemin", "Yannis", "Zeynep",
)
LAST = (
    "Allenthal", "Birkenruh", "Blauenstein", "Bohnenkamp-Muster", "Brückenau", "Distelhain", "Eichengrund", "Fernblick",
    "Fliederau", "Gartenlaub", "Ginsterberg", "Goldapfel", "Hagebutt", "Haselbusch", "Himmelsee", "Holundertal",
    "Kirschgarten", "Kleeblatt", "Kornblum", "Lerchenfels", "Lindenhain", "Mondschein", "Mühlenwind", "Nebelhorn",
    "Nirgendwald", "Regenbogner", "Rosenhag", "Sandkorn", "Schlehdorn", "Sommerwind", "Sonnental", "Sternfels",
    "Taubenschlag", "Tulpenfeld", "Vogelweid", "Wacholder", "Weidenbach", "Wiesengrund", "Wolkenstein", "Zitronell",
)
ORGANISATIONS = (
    "Stadt Musterstadt", "Gemeinde Beispielheim", "Kreis Probenau", "Stadt Ideenbach", "Gemeinde Nirgendwald",
    "Stadtwerke Beispielheim", "OK Lab Musterstadt", "Bürgerverein Fragental", "Bücherei Lesewald",
    "Rechenzentrum Probenau", "Hochschule Musterstadt", "", "",
)
SEED = 20180904


def invented_people(count: int) -> list[Person]:
    """So many different people, always the same ones."""
    chance = random.Random(SEED)  # noqa: S311 - invented names, not secrets
    pairs = [f"{first} {last}" for first in FIRST for last in LAST]
    return [Person(name=name, organisation=chance.choice(ORGANISATIONS)) for name in chance.sample(pairs, count)]
