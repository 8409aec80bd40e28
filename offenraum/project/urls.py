"""Every address of the product."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

import offenraum.project.regions  # noqa: F401 - what pages show is known from here on
from offenraum.answers.urls import desk_patterns as answers_desk_patterns
from offenraum.api.problems import not_found
from offenraum.market.urls import desk_patterns
from offenraum.organise.views.setup import new_conference
from offenraum.seats.urls import checkin_patterns
from offenraum.sensors.urls import desk_patterns as sensors_desk_patterns

handler404 = not_found
urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/neu", new_conference, name="new_conference"),
    path("konto/", include("offenraum.people.urls")),
    path("api/v1/", include(("offenraum.api.urls", "api"))),
    path("", include("offenraum.conference.urls")),
    path("", include("offenraum.pages.urls")),
    path("", include("offenraum.website.urls")),
    path("<slug:slug>/", include("offenraum.opendata.urls")),
    path("<slug:slug>/themen", include("offenraum.barcamp.urls")),
    path("<slug:slug>/session", include("offenraum.gathering.urls")),
    path("<slug:slug>/programm", include("offenraum.programme.urls")),
    path("<slug:slug>/regie/markt", include(desk_patterns)),
    path("<slug:slug>/regie/sensoren", include(sensors_desk_patterns)),
    path("<slug:slug>/regie/fragen", include(answers_desk_patterns)),
    path("<slug:slug>/regie/", include("offenraum.organise.urls")),
    path("<slug:slug>/regie/", include("offenraum.desk.urls")),
    path("<slug:slug>/platz", include("offenraum.seats.urls")),
    path("<slug:slug>/checkin", include(checkin_patterns)),
    path("<slug:slug>/anmeldung", include("offenraum.registration.urls")),
    path("<slug:slug>/markt", include("offenraum.market.urls")),
    path("<slug:slug>/sensoren", include("offenraum.sensors.urls")),
    path("<slug:slug>/fragen", include("offenraum.answers.urls")),
]
