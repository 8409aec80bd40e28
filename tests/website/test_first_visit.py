"""The first page of a stranger carries its styles, allowed by their hashes; every other page links them."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from offenraum.conference.models import Conference
from offenraum.project.asgi import Application
from tests.day import make_conference
from tests.live.servers import running

FIRST = {"sec-fetch-site": "none", "sec-fetch-dest": "document"}
SHEET = '<link rel="stylesheet"'


@pytest.fixture
def conference(db: None) -> Conference:
    return make_conference()


@pytest.mark.parametrize("site", ["none", "cross-site", "same-site"])
def test_page_opened_from_elsewhere_brings_the_styles_that_its_policy_names(
    conference: Conference, client: Client, site: str
) -> None:
    answer = client.get("/kogk18/themen", headers=FIRST | {"sec-fetch-site": site})
    styles = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" for style in styles]
    assert len(styles) == 2
    assert f"style-src 'self' {' '.join(hashes)};" in answer["Content-Security-Policy"]
    assert int(answer["Content-Length"]) == len(answer.content)
    assert SHEET not in answer.text


def test_files_that_styles_name_are_found_from_any_page(conference: Conference, client: Client) -> None:
    answer = client.get("/kogk18/themen", headers=FIRST)
    files = set(re.findall(r"url\(([^\"')]+)\)", answer.text))
    assert {file.rpartition("/")[0] for file in files} == {"/static/kit"}


@pytest.mark.parametrize(
    "headers",
    [{}, FIRST | {"sec-fetch-site": "same-origin"}, FIRST | {"sec-fetch-dest": "iframe"},
     FIRST | {"sec-fetch-dest": "empty"}, FIRST | {"cookie": "sprache=de"}],
)
def test_page_of_a_browser_that_may_know_the_styles_links_them(
    conference: Conference, client: Client, headers: dict[str, str]
) -> None:
    answer = client.get("/kogk18/themen", headers=headers)
    assert answer.text.count(SHEET) == 2
    assert "<style" not in answer.text
    assert "sha256" not in answer["Content-Security-Policy"]
    assert {"Sec-Fetch-Site", "Sec-Fetch-Dest"} <= set(answer["Vary"].split(", "))


def test_colours_of_a_conference_come_along(conference: Conference, client: Client) -> None:
    conference.colour = "#00a0e6"
    conference.save()
    answer = client.get("/kogk18/themen", headers=FIRST)
    assert answer.text.count("<style>") == 3
    assert client.get("/farben/00a0e6.css").text in answer.text
    assert SHEET not in answer.text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_browser_applies_the_styles_and_asks_for_no_sheet(chromium: Browser, transactional_db: None) -> None:
    conference = make_conference()
    conference.colour = "#00a0e6"
    conference.save()
    with running(Application(settings.OPTIONS)) as server:
        page = chromium.new_page()
        kinds: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: kinds.append(request.resource_type))
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{server.url}/kogk18/themen")
        shown = "getComputedStyle(document.querySelector('.top')).borderBottomStyle"
        first = page.evaluate(shown)
        page.get_by_role("link", name="Programm").first.click()
        page.wait_for_url("**/programm")
        page.close()
    assert first == "solid"
    assert kinds.count("document") == 2
    assert kinds.count("stylesheet") == 2, "only the second page asks for its two"
    assert [line for line in said if "Content Security" in line] == []
