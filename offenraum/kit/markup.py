"""Markdown as HTML: without raw HTML and pictures, then cleaned."""

from __future__ import annotations

from html import unescape
from typing import Final

import nh3
from django.utils.html import strip_tags
from markdown_it import MarkdownIt

TAGS: Final = {
    "p", "br", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "em", "strong", "s", "code", "pre", "blockquote", "a",
    "hr",
}
LOWEST: Final = 6
READER: Final = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image").enable("strikethrough")


def html_of(text: str, *, top: int = 3) -> str:
    """Clean HTML of Markdown; its highest heading gets the level that the page has for it, and no level is left out."""
    tokens = READER.parse(text)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(top + levels.index(token.tag), LOWEST)}"
    html = READER.renderer.render(tokens, READER.options, {})
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener external",
    )


def plain_of(text: str) -> str:
    """The words of Markdown without its marks, for what is no page."""
    return unescape(strip_tags(html_of(text))).strip()
