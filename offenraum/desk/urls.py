"""Addresses of the desk, below /<conference>/regie/."""

from __future__ import annotations

from django.urls import path

from offenraum.desk.views import round as rounds
from offenraum.desk.views import topics

app_name = "desk"
urlpatterns = [
    path("runde", rounds.page, name="round"),
    path("runde/anlegen", rounds.plan, name="plan-round"),
    path("runde/ende", rounds.confirm_close, name="close"),
    path("runde/haende", topics.hands, name="hands"),
    path("runde/thema", topics.bring, name="bring"),
    path("runde/<slug:verb>", rounds.step, name="step"),
    path("themen/<int:number>/<slug:verb>", topics.change, name="topic"),
    path("vorschlag", rounds.page, name="proposal"),
    path("plan", rounds.page, name="board"),
]
