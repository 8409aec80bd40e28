"""Sensors in the catalogue that data portals harvest: each a dataset with a licence and files of its own."""

from __future__ import annotations

from typing import Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from offenraum.opendata.formats.catalogue import DCATDE, ENVIRONMENT, EU, MEDIA, contact, describe
from offenraum.opendata.formats.tables import Source
from offenraum.sensors.exports import address_of
from offenraum.sensors.models import Device

IRI: Final = "http://dcat-ap.de/def/licenses/"
LICENCES: Final = {
    "CC BY 4.0": "cc-by/4.0", "CC0 1.0": "cc-zero", "ODbL 1.0": "odbl", "dl-de/by-2-0": "dl-by-de/2.0",
    "dl-de/zero-2-0": "dl-zero-de/2.0",
}
OTHER: Final = "other-open"
FILES: Final = {
    "daten.csv": ("CSV", "text/csv"), "daten.json": ("JSON", "application/json"),
    "ort.geojson": ("GEOJSON", "application/geo+json"),
}


def sensor_entry(graph: Graph, publisher: URIRef, *, source: Source, device: Device) -> URIRef:
    """One sensor with its files."""
    home = address_of(device)
    node = URIRef(f"{home}#dataset")
    about = device.meaning or ", ".join(str(channel) for channel in device.channels.all()) or device.name
    graph.add((node, RDF.type, DCAT.Dataset))
    describe(graph, node, source, title=f"{source.title}: {device.name}", about=about)
    graph.add((node, DCTERMS.identifier, Literal(str(node))))
    graph.add((node, DCTERMS.publisher, publisher))
    graph.add((node, DCAT.contactPoint, contact(graph, source)))
    graph.add((node, DCAT.keyword, Literal(device.name, lang=source.language[:2])))
    graph.add((node, DCTERMS.accessRights, URIRef(f"{EU}access-right/PUBLIC")))
    graph.add((node, DCAT.theme, ENVIRONMENT))
    graph.add((node, DCAT.landingPage, URIRef(home)))
    for name in FILES:
        graph.add((node, DCAT.distribution, sensor_file(graph, source, device, name)))
    return node


def sensor_file(graph: Graph, source: Source, device: Device, name: str) -> URIRef:
    """One file of a sensor, under the licence of its owner."""
    home, (kind, media_type) = address_of(device), FILES[name]
    node = URIRef(f"{home}#{name}")
    graph.add((node, RDF.type, DCAT.Distribution))
    describe(graph, node, source, title=f"{device.name} ({kind})", about=device.meaning or device.name)
    graph.add((node, DCAT.accessURL, URIRef(home)))
    graph.add((node, DCAT.downloadURL, URIRef(f"{home}/{name}")))
    graph.add((node, DCTERMS.license, URIRef(IRI + LICENCES.get(device.licence, OTHER))))
    graph.add((node, DCTERMS["format"], URIRef(f"{EU}file-type/{kind}")))
    graph.add((node, DCAT.mediaType, URIRef(MEDIA + media_type)))
    graph.add((node, DCATDE.licenseAttributionByText, Literal(device.owner or source.publisher)))
    return node
