"""Addresses of results and exports, below /<conference>/."""

from __future__ import annotations

from django.urls import path

from offenraum.opendata.views import data, exports, results

urlpatterns = [
    path("ergebnisse", results.page, name="results"),
    path("ergebnisse.pdf", results.pdf, name="results_pdf"),
    path("daten/ergebnisse.json", results.data, name="results_data"),
    path("daten/stimmen.csv", results.table, name="tallies_table"),
    path("daten", data.page, name="data"),
    path("daten/datapackage.json", data.package, name="data_package"),
    path("daten/katalog.<slug:ending>", data.catalogue, name="data_catalogue"),
    path("daten/<slug:name>.<slug:ending>", data.table, name="data_table"),
    path("export/mein-plan/<str:key>.ics", exports.own_calendar, name="export_own"),
    path("export/<slug:kind>-<int:number>.ics", exports.one_calendar, name="export_one"),
    path("export/<str:name>", exports.export, name="export"),
]
