"""Regions are rendered once a version."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django.db import connection, transaction
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from offenraum.live.changes import announce
from offenraum.live.regions import Region, RegionError, RegionRequest, region_html
from offenraum.project.regions import REGISTRY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
TAG = "{% load live %}{% region 'probe' variant=2 argument=7 %}"


@pytest.fixture
def rendered() -> Iterator[list[RegionRequest]]:
    """Every rendering of the region `probe`."""
    seen: list[RegionRequest] = []

    def render(request: RegionRequest) -> str:
        seen.append(request)
        return f"<b>{len(seen)}</b>{translation.get_language()}"

    REGISTRY.register([Region("probe", ("board", "room-{argument}"), "public", render, variants=16)])
    change("board")
    yield seen
    del REGISTRY.regions["probe"]


def change(topic: str) -> None:
    with transaction.atomic():
        announce(scope="conf", topics=[topic])


def test_region_is_rendered_once_for_each_version(rendered: list[RegionRequest]) -> None:
    pages = [region_html("conf/probe/de/0/7").html, region_html("conf/probe/de/0/7").html]
    change("room-7")
    pages += [region_html("conf/probe/de/0/7").html]
    change("room-8")
    pages += [region_html("conf/probe/de/0/7").html]
    assert pages == [b"<b>1</b>de", b"<b>1</b>de", b"<b>2</b>de", b"<b>2</b>de"]


def test_region_is_rendered_apart_for_language_variant_and_argument(rendered: list[RegionRequest]) -> None:
    for key in ("conf/probe/de/0", "conf/probe/en/0", "conf/probe/de/1", "conf/probe/de/0/7"):
        region_html(key)
    assert rendered == [
        RegionRequest("conf", "de", 0, ""), RegionRequest("conf", "en", 0, ""), RegionRequest("conf", "de", 1, ""),
        RegionRequest("conf", "de", 0, "7"),
    ]


def test_region_asked_for_by_many_at_once_is_rendered_once(rendered: list[RegionRequest]) -> None:
    start = threading.Barrier(8)

    def ask(_number: int) -> bytes:
        start.wait()
        html = region_html("conf/probe/de/0").html
        connection.close()
        return html

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(8)))
    assert (answers, len(rendered)) == ({b"<b>1</b>de"}, 1)


def test_region_inside_an_open_change_is_not_kept(rendered: list[RegionRequest]) -> None:
    with transaction.atomic():
        announce(scope="conf", topics=["board"])
        region_html("conf/probe/de/0")
        transaction.set_rollback(True)
    change("board")
    assert region_html("conf/probe/de/0").html == b"<b>2</b>de"


@pytest.mark.parametrize("key", ["conf/other/de/0", "conf/probe/fr/0", "conf/probe/de/16", "nonsense"])
def test_region_that_does_not_exist_is_refused(rendered: list[RegionRequest], key: str) -> None:
    with pytest.raises(RegionError):
        region_html(key)


def test_region_is_sent_compressed(rendered: list[RegionRequest]) -> None:
    region = region_html("conf/probe/de/0").compress()
    assert [brotli.decompress(region.brotli), gzip.decompress(region.gzip), region.is_compressed] == [
        region.html, region.html, True,
    ]


def test_tag_writes_the_region_with_its_version(rendered: list[RegionRequest]) -> None:
    context = Context({"scope": "conf"})
    with translation.override("en"):
        page = Template(TAG).render(context)
    version = region_html("conf/probe/en/2/7").version_tag
    assert page == (
        f'<section id="probe-7" data-region="conf/probe/en/2/7" data-version="{version}"><b>1</b>en</section>'
    )


def test_page_with_many_regions_reads_the_versions_once(
    rendered: list[RegionRequest], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    context = Context({"scope": "conf", "request": RequestFactory().get("/")})
    with django_assert_num_queries(1):
        Template("{% load live %}{% region 'probe' %}{% region 'probe' argument=3 %}").render(context)


def test_page_after_a_commit_shows_the_change(rendered: list[RegionRequest]) -> None:
    first = Template(TAG).render(Context({"scope": "conf"}))
    change("board")
    assert ("<b>1</b>" in first, "<b>2</b>" in Template(TAG).render(Context({"scope": "conf"}))) == (True, True)


def test_what_variants_have_in_common_is_made_once_for_each_version_and_language() -> None:
    made: list[str] = []

    def prepare(request: RegionRequest) -> int:
        made.append(f"{request.language}{request.variant}{translation.get_language()}")
        return len(made)

    region = Region("common", ("board",), "public", lambda r: f"{r.prepared} {r.variant}", variants=16, prepare=prepare)
    REGISTRY.register([region])
    before_any_version = region_html("conf/common/de/3").html
    change("board")
    keys = ["conf/common/de/1", "conf/common/de/2", "conf/common/en/1"]
    first = [region_html(key).html for key in keys]
    change("board")
    again = [region_html(key).html for key in keys]
    del REGISTRY.regions["common"]
    assert (before_any_version, made) == (b"1 3", ["de0de"] * 2 + ["en0en", "de0de", "en0en"])
    assert (first, again) == ([b"2 1", b"2 2", b"3 1"], [b"4 1", b"4 2", b"5 1"])
