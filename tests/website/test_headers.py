"""What a client claims about hosts and addresses changes nothing that others get."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from offenraum.conference.models import Conference
from tests.day import NOON, make_conference, set_clock
from tests.website.contents import fill

pytestmark = pytest.mark.django_db
PATHS = ["/", "/programm", "/einbetten/programm", "/einbetten/programm.js", "/daten/katalog.ttl", "/termin.ics",
         "/export/schedule.xml", "/export/programme.ics", "/export/giggity.json", "/suche?q=Offenheit"]
LIES = [
    {"x-forwarded-host": "evil.example"}, {"x-forwarded-for": "evil.example, 10.0.0.1"},
    {"x-original-url": "/evil.example"},
    {"forwarded": "for=evil.example;host=evil.example;proto=https"}, {"x-forwarded-proto": "https, evil.example"},
    {"x-rewrite-url": "/evil.example"}, {"x-forwarded-prefix": "/evil.example"}, {"referer": "https://evil.example/"},
]


@pytest.fixture
def conference() -> Conference:
    conference = set_clock(make_conference(), NOON)
    fill(conference)
    return conference


def said(answer: HttpResponse) -> str:
    return answer.content.decode(errors="replace") + str(answer.headers)


@pytest.mark.parametrize("path", [*PATHS, "host:/sitemap.xml"])
def test_foreign_host_is_refused_without_being_repeated(conference: Conference, client: Client, path: str) -> None:
    address = path.removeprefix("host:") if path.startswith("host:") else f"/kogk18{path}"
    for host in ("evil.example", "127.0.0.1.evil.example", "127.0.0.1:8000@evil.example", "evil.example:80", "\x00"):
        answer = client.get(address, headers={"host": host})
        assert (host, answer.status_code) == (host, 400)
        assert "evil" not in said(answer)


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: next(iter(lie)))
def test_headers_of_proxies_that_we_do_not_trust_change_nothing(
    conference: Conference, client: Client, lie: dict[str, str]
) -> None:
    for path in PATHS:
        answer = client.get(f"/kogk18{path}", headers=lie)
        assert (path, answer.status_code) == (path, 200)
        assert "evil" not in said(answer)


@pytest.mark.parametrize(
    "path",
    ["/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/export/..%2f..%2fsecret", "/seiten/..", "/export/%00",
     "/%ff", "/daten/../secret.csv", "/neues/99999999999999999999", "/personen/-1",
     "/export/session-99999999999999999999.ics", "/medien/../../secret", "//evil.example/%2f..", "/farben/..%2f.css"],
)
def test_paths_that_lead_nowhere_are_not_there(conference: Conference, client: Client, path: str) -> None:
    answer = client.get(f"/kogk18{path}")
    assert answer.status_code in {301, 404}
    assert "evil.example" not in answer.headers.get("Location", "")
