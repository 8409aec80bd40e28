"""Every address of the product."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include("offenraum.people.urls")),
    path("", include("offenraum.conference.urls")),
    path("", include("offenraum.pages.urls")),
    path("<slug:slug>/", include("offenraum.opendata.urls")),
    path("<slug:slug>/themen", include("offenraum.barcamp.urls")),
    path("<slug:slug>/session", include("offenraum.gathering.urls")),
    path("<slug:slug>/programm", include("offenraum.programme.urls")),
    path("<slug:slug>/regie/", include("offenraum.desk.urls")),
    path("<slug:slug>/platz", include("offenraum.seats.urls")),
]
