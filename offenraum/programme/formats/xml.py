"""Elements of XML with the text of people in them."""

from __future__ import annotations

from lxml import etree

from offenraum.programme.formats.schedule import fit_for_xml


def add(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    """One more child with a text, less the signs that no XML document may hold."""
    etree.SubElement(parent, name, **attributes).text = fit_for_xml(text)
