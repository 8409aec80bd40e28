"""Addresses of pages that belong to no single slice."""

from __future__ import annotations

from django.urls import path

from offenraum.pages.views import attending as views
from offenraum.pages.views import embed, engines, own_data, people, privacy, searching

urlpatterns = [
    path("", views.conferences, name="conferences"),
    path("sitemap.xml", engines.sitemap, name="sitemap"),
    path("robots.txt", engines.robots, name="robots"),
    path("impressum", views.imprint, name="imprint"),
    path("datenschutz", privacy.notice, name="privacy"),
    path("barrierefreiheit", views.accessibility, name="accessibility"),
    path("<slug:slug>/", views.start, name="start"),
    path("<slug:slug>/einbetten/programm", embed.programme, name="embed"),
    path("<slug:slug>/einbetten/programm.js", embed.widget, name="embed_widget"),
    path("<slug:slug>/jetzt", views.now, name="now"),
    path("<slug:slug>/mein-plan", views.my_plan, name="my_plan"),
    path("<slug:slug>/session/<int:number>", views.session, name="session"),
    path("<slug:slug>/personen", people.people, name="speakers"),
    path("<slug:slug>/suche", searching.search, name="search"),
    path("<slug:slug>/datenschutz", privacy.notice, name="conference_privacy"),
    path("<slug:slug>/platz/daten", own_data.page, name="my_data"),
    path("<slug:slug>/platz/daten.json", own_data.file, name="my_data_file"),
    path("<slug:slug>/platz/daten/loeschen", own_data.delete, name="my_data_delete"),
    path("<slug:slug>/platz/stand.json", views.standing, name="standing"),
    path("<slug:slug>/ohne-netz", views.offline, name="offline"),
    path("<slug:slug>/leinwand/<int:number>", views.wall, name="wall"),
    path("<slug:slug>/tuer/<int:room>", views.door, name="door"),
    path("<slug:slug>/tuer/<int:room>.png", views.door_picture, name="door_picture"),
]
