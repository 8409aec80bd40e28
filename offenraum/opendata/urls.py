"""Addresses of the results, below /<conference>/."""

from __future__ import annotations

from django.urls import path

from offenraum.opendata import views

urlpatterns = [
    path("ergebnisse", views.page, name="results"),
    path("ergebnisse.pdf", views.pdf, name="results_pdf"),
    path("daten/ergebnisse.json", views.data, name="results_data"),
    path("daten/stimmen.csv", views.table, name="tallies_table"),
]
