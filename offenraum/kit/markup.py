"""Markdown as HTML: without raw HTML and pictures, then cleaned."""

from __future__ import annotations

from typing import Final

import nh3
from markdown_it import MarkdownIt

TAGS: Final = {
    "p", "br", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "em", "strong", "s", "code", "pre", "blockquote", "a",
    "hr",
}
LOWEST: Final = 6
READER: Final = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image").enable("strikethrough")


def html_of(text: str, *, lower: int = 2) -> str:
    """Clean HTML of Markdown; headings stand so many steps lower, because the page has its own."""
    tokens = READER.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + lower, LOWEST)}"
    html = READER.renderer.render(tokens, READER.options, {})
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener external",
    )
