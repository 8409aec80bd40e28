"""Datasets as CSV, JSON and a data package (frictionless)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from defusedcsv import csv

from offenraum.opendata.queries.datasets import Dataset, Row, Value, type_of


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms data may be used; `iri` is its name in the vocabulary of DCAT-AP.de."""

    name: str
    title: str
    address: str
    iri: str
    needs_name: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Whose data it is: the conference in one language, its open data page, who publishes, under which licence.

    `contributor` is how data portals know who delivers, an address of DCAT-AP.de; empty where nobody does.
    """

    slug: str
    title: str
    about: str
    publisher: str
    home: str
    language: str
    licence: Licence
    imprint: str
    contributor: str
    issued_at: datetime
    changed_at: datetime

    def file(self, dataset: Dataset, ending: str) -> str:
        return f"{self.home}/{dataset.name}.{ending}"


def csv_of(dataset: Dataset, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark in front, so that spreadsheets read umlauts; what is withheld or unknown is empty."""
    written = StringIO()
    table = csv.writer(written)
    table.writerow(dataset.columns)
    table.writerows([cell(value) for value in row] for row in rows)
    return ("\ufeff" + written.getvalue()).encode()


def cell(value: Value) -> str | int:
    """A value as Table Schema writes it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


def json_of(source: Source, dataset: Dataset, rows: Iterable[Row]) -> bytes:
    """The rows as objects, with what the table is and how it may be used."""
    return written({
        "name": dataset.name, "title": str(dataset.title), "description": str(dataset.about),
        "conference": source.title, "publisher": source.publisher, "licence": licence_of(source),
        "rows": [dict(zip(dataset.columns, row, strict=True)) for row in rows],
    })


def package_of(source: Source, datasets: Iterable[Dataset]) -> bytes:
    """datapackage.json: every table with its columns."""
    return written({
        "profile": "tabular-data-package", "name": source.slug, "title": source.title, "description": source.about,
        "homepage": source.home, "licenses": [licence_of(source)],
        "contributors": [{"title": source.publisher, "role": "publisher"}],
        "resources": [resource_of(source, dataset) for dataset in datasets],
    })


def resource_of(source: Source, dataset: Dataset) -> dict[str, Any]:
    fields = [{"name": column, "type": type_of(column)} for column in dataset.columns]
    return {
        "profile": "tabular-data-resource", "name": dataset.name, "title": str(dataset.title),
        "description": str(dataset.about), "path": source.file(dataset, "csv"), "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "schema": {"fields": fields, "missingValues": [""]},
    }


def licence_of(source: Source) -> dict[str, str]:
    return {"name": source.licence.name, "title": source.licence.title, "path": source.licence.address}


def written(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
