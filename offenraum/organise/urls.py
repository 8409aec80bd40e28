"""Addresses of the organisers' pages, below /<conference>/regie/."""

from __future__ import annotations

from django.urls import path

from offenraum.organise.views import entries, importing, inbox, setup, webhooks

app_name = "organise"
urlpatterns = [
    path("einrichten", setup.setup, name="setup"),
    path("einrichten/zeigen", setup.publish, name="publish"),
    path("angaben/<slug:part>", setup.part, name="part"),
    path("einrichten/import", importing.programme, name="import"),
    path("einrichten/webhooks", webhooks.webhooks, name="webhooks"),
    path("einrichten/webhooks/<int:webhook>/beenden", webhooks.end, name="end_webhook"),
    path("inhalte/<slug:kind>", entries.entries, name="entries"),
    path("inhalte/<slug:kind>/neu", entries.new, name="new"),
    path("inhalte/<slug:kind>/<int:entry>", entries.entry, name="entry"),
    path("inhalte/<slug:kind>/<int:entry>/entfernen", entries.remove, name="remove"),
    path("zuschriften", inbox.inbox, name="inbox"),
    path("zuschriften/brief", inbox.announce, name="announce"),
    path("zuschriften/kommentar/<int:comment>/<slug:verb>", inbox.judge, name="judge"),
    path("zuschriften/barriere/<int:remark>", inbox.settle, name="settle"),
]
