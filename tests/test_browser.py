import pytest
from playwright.sync_api import Page


@pytest.mark.browser
def test_page_shows_what_it_is_given(page: Page) -> None:
    page.set_content("<h1>Offenraum</h1>")
    assert page.locator("h1").inner_text() == "Offenraum"
