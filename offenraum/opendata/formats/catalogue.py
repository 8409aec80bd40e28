"""The catalogue that data portals harvest: DCAT-AP.de 2.0, as Turtle, RDF/XML or JSON-LD."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final
from urllib.parse import quote

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from offenraum.opendata.formats.tables import Source
from offenraum.opendata.queries.datasets import Dataset

DCATDE: Final = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
EU: Final = "http://publications.europa.eu/resource/authority/"
MEDIA: Final = "https://www.iana.org/assignments/media-types/"
LANGUAGES: Final = {"de": "DEU", "en": "ENG", "de-x-leicht": "DEU"}
FORMATS: Final = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}
ENDINGS: Final = {"ttl": ("turtle", "text/turtle; charset=utf-8"), "rdf": ("pretty-xml", "application/rdf+xml"),
                  "jsonld": ("json-ld", "application/ld+json")}


KINDS: Final = {
    DCTERMS.language: DCTERMS.LinguisticSystem, DCTERMS.accessRights: DCTERMS.RightsStatement, DCAT.theme: SKOS.Concept,
    DCAT.themeTaxonomy: SKOS.ConceptScheme, DCTERMS.license: DCTERMS.LicenseDocument, DCAT.mediaType: DCTERMS.MediaType,
    DCTERMS["format"]: DCTERMS.MediaTypeOrExtent, DCAT.landingPage: FOAF.Document, FOAF.homepage: FOAF.Document,
    DCAT.accessURL: RDFS.Resource, DCAT.downloadURL: RDFS.Resource,
}
"""What the things are that are only named, so that a reader without the vocabularies knows it."""

THEMES: Final = URIRef(f"{EU}data-theme")
GOVERNMENT: Final = URIRef(f"{EU}data-theme/GOVE")
ENVIRONMENT: Final = URIRef(f"{EU}data-theme/ENVI")
LABELS: Final = (
    (THEMES, DCTERMS.title, "Data theme", "en"),
    (GOVERNMENT, SKOS.prefLabel, "Regierung und öffentlicher Sektor", "de"),
    (GOVERNMENT, SKOS.prefLabel, "Government and public sector", "en"),
    (ENVIRONMENT, SKOS.prefLabel, "Umwelt", "de"),
    (ENVIRONMENT, SKOS.prefLabel, "Environment", "en"),
)

Entry = Callable[[Graph, URIRef], URIRef]
"""Enters a dataset of another kind, given who publishes; returns its node."""


def catalogue_of(source: Source, datasets: Iterable[Dataset], *, ending: str, others: Iterable[Entry] = ()) -> bytes:
    """A catalogue with a dataset for each table, each as CSV and JSON; names of things are their addresses."""
    graph = Graph()
    for prefix, namespace in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("dcatde", DCATDE)):
        graph.bind(prefix, namespace)
    publisher, catalogue = agent(graph, source), URIRef(f"{source.home}#catalogue")
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    describe(graph, catalogue, source, title=source.title, about=source.about or source.title)
    graph.add((catalogue, DCTERMS.publisher, publisher))
    graph.add((catalogue, FOAF.homepage, URIRef(source.home)))
    graph.add((catalogue, DCAT.themeTaxonomy, THEMES))
    for dataset in datasets:
        graph.add((catalogue, DCAT.dataset, entry(graph, source, dataset, publisher)))
    for other in others:
        graph.add((catalogue, DCAT.dataset, other(graph, publisher)))
    for named, kind in KINDS.items():
        for thing in set(graph.objects(None, named)):
            graph.add((thing, RDF.type, kind))
    for thing, name, words, language in LABELS:
        graph.add((thing, name, Literal(words, lang=language)))
    return graph.serialize(format=ENDINGS[ending][0], encoding="utf-8")


def agent(graph: Graph, source: Source) -> URIRef:
    publisher = URIRef(f"{source.home}#publisher")
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(source.publisher)))
    return publisher


def contact(graph: Graph, source: Source) -> URIRef:
    """Whom to ask: the legal notice says how."""
    node = URIRef(f"{source.home}#contact")
    graph.add((node, RDF.type, VCARD.Organization))
    graph.add((node, RDF.type, VCARD.Kind))
    graph.add((node, VCARD.fn, Literal(source.publisher)))
    graph.add((node, VCARD.hasURL, URIRef(source.imprint)))
    return node


def entry(graph: Graph, source: Source, dataset: Dataset, publisher: URIRef) -> URIRef:
    """One dataset with its files."""
    node = URIRef(f"{source.home}#{dataset.name}")
    graph.add((node, RDF.type, DCAT.Dataset))
    describe(graph, node, source, title=f"{source.title}: {dataset.title}", about=str(dataset.about))
    graph.add((node, DCTERMS.identifier, Literal(str(node))))
    graph.add((node, DCTERMS.publisher, publisher))
    graph.add((node, DCAT.contactPoint, contact(graph, source)))
    graph.add((node, DCTERMS.issued, moment(source.issued_at)))
    for word in (source.title, dataset.title):
        graph.add((node, DCAT.keyword, Literal(word, lang=source.language[:2])))
    if source.contributor:
        graph.add((node, DCATDE.contributorID, URIRef(quote(source.contributor, safe=":/"))))
    graph.add((node, DCTERMS.accessRights, URIRef(f"{EU}access-right/PUBLIC")))
    graph.add((node, DCAT.theme, GOVERNMENT))
    graph.add((node, DCAT.landingPage, URIRef(source.home)))
    for ending in FORMATS:
        graph.add((node, DCAT.distribution, distribution(graph, source, dataset, ending)))
    return node


def distribution(graph: Graph, source: Source, dataset: Dataset, ending: str) -> URIRef:
    """One file of a dataset."""
    kind, media_type = FORMATS[ending]
    file = source.file(dataset, ending)
    node = URIRef(f"{source.home}#{dataset.name}-{ending}")
    graph.add((node, RDF.type, DCAT.Distribution))
    describe(graph, node, source, title=f"{dataset.title} ({kind})", about=str(dataset.about))
    graph.add((node, DCAT.accessURL, URIRef(source.home)))
    graph.add((node, DCAT.downloadURL, URIRef(file)))
    graph.add((node, DCTERMS.license, URIRef(source.licence.iri)))
    graph.add((node, DCTERMS["format"], URIRef(f"{EU}file-type/{kind}")))
    graph.add((node, DCAT.mediaType, URIRef(MEDIA + media_type)))
    if source.licence.needs_name:
        graph.add((node, DCATDE.licenseAttributionByText, Literal(source.publisher)))
    return node


def describe(graph: Graph, node: URIRef | BNode, source: Source, *, title: str, about: str) -> None:
    """What all of them have: title, description, language, last change."""
    words = source.language[:2]
    graph.add((node, DCTERMS.title, Literal(title, lang=words)))
    graph.add((node, DCTERMS.description, Literal(about, lang=words)))
    graph.add((node, DCTERMS.language, URIRef(f"{EU}language/{LANGUAGES[source.language]}")))
    graph.add((node, DCTERMS.modified, moment(source.changed_at)))


def moment(time: datetime) -> Literal:
    return Literal(time.isoformat(timespec="seconds"), datatype=XSD.dateTime)
