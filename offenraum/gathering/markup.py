"""Notes as HTML: Markdown without raw HTML and pictures, then cleaned."""

from __future__ import annotations

from typing import Final

import nh3
from markdown_it import MarkdownIt

TAGS: Final = {
    "p", "br", "h3", "h4", "h5", "h6", "ul", "ol", "li", "em", "strong", "s", "code", "pre", "blockquote", "a", "hr",
}
HEADINGS: Final = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}
READER: Final = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image").enable("strikethrough")


def html_of(text: str) -> str:
    """Clean HTML of Markdown; headings stand two steps lower, because the page has its own."""
    tokens = READER.parse(text)
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    html = READER.renderer.render(tokens, READER.options, {})
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener external",
    )
