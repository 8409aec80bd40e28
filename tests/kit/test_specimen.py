"""The style pages, looked at by machine: accessible, nothing cut, nothing small, in both themes and all widths."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import Browser, Page

from tests.kit.looks import findings, sideways, small_targets

pytestmark = pytest.mark.browser

PAGES = ["/stil/", "/stil/regie/"]
MORE_LOOKS = [(320, "light"), (768, "light"), (768, "dark"), (1280, "dark")]
SCREENS = ["/stil/leinwand/", "/stil/leinwand/?seite=pitch", "/stil/leinwand/?seite=collect", "/stil/tuer/"]


def opened(chromium: Browser, address: str, **options: object) -> Page:
    context = chromium.new_context(locale="de-DE", reduced_motion="reduce", **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("width", "theme"),
    [(320, "dark"), (1280, "light"), *(pytest.param(*look, marks=pytest.mark.long) for look in MORE_LOOKS)],
)
@pytest.mark.parametrize("path", PAGES)
def test_style_page_is_accessible(chromium: Browser, style_server: str, path: str, width: int, theme: str) -> None:
    page = opened(chromium, style_server + path, viewport={"width": width, "height": 900}, color_scheme=theme)
    assert findings(page) == []
    page.context.close()


@pytest.mark.sample(3)
@pytest.mark.parametrize("path", SCREENS)
def test_wall_and_door_are_accessible(chromium: Browser, style_server: str, path: str) -> None:
    size = {"width": 800, "height": 480} if "tuer" in path else {"width": 1920, "height": 1080}
    page = opened(chromium, style_server + path, viewport=size)
    assert findings(page) == []
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_on_the_narrowest_phone(chromium: Browser, style_server: str, path: str) -> None:
    page = opened(chromium, style_server + path, viewport={"width": 320, "height": 700})
    found = sideways(page)
    assert found == [], '\n'.join(o[:150] for o in found)
    page.context.close()


def test_page_with_doubled_text_does_not_scroll_sideways(chromium: Browser, style_server: str) -> None:
    page = opened(chromium, style_server + "/stil/", viewport={"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    found = sideways(page)
    assert found == [], '\n'.join(o[:150] for o in found)
    page.context.close()


@pytest.mark.sample(2)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_every_target_is_large_enough(chromium: Browser, style_server: str, path: str, width: int) -> None:
    page = opened(chromium, style_server + path, viewport={"width": width, "height": 900})
    assert small_targets(page) == []
    page.context.close()


@pytest.mark.sample(2)
@pytest.mark.parametrize("path", PAGES + SCREENS)
def test_ids_are_unique_and_nothing_is_inline(chromium: Browser, style_server: str, path: str) -> None:
    page = opened(chromium, style_server + path)
    ids = Counter(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
    assert [name for name, count in ids.items() if count > 1] == []
    source = page.request.get(style_server + path).text()
    assert " style=" not in source
    assert "<style" not in source
    assert "<script>" not in source
    page.context.close()


def test_page_obeys_its_own_content_security_policy(chromium: Browser, style_server: str) -> None:
    complaints: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    answer = page.goto(style_server + "/stil/")
    page.wait_for_load_state("networkidle")
    assert answer is not None
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert complaints == []
    page.close()


def test_page_stands_still_while_it_loads(chromium: Browser, style_server: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(l => l.getEntries().forEach(e => window.moved += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for _visit in ("without the fonts", "with the fonts from the cache"):
        page.goto(style_server + "/stil/")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.moved") <= 0.02
    page.close()
