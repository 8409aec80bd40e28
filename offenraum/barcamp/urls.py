"""Addresses below /<conference>/themen."""

from __future__ import annotations

from django.urls import path

from offenraum.barcamp.views import merging
from offenraum.barcamp.views import topics as views

urlpatterns = [
    path("", views.topics, name="topics"),
    path("/neu", views.propose, name="topic_propose"),
    path("/aehnlich", views.similar, name="topic_similar"),
    path("/<int:number>", views.topic, name="topic"),
    path("/<int:number>/aendern", views.edit, name="topic_edit"),
    path("/<int:number>/zurueckziehen", views.withdraw, name="topic_withdraw"),
    path("/<int:number>/zusammenlegen", merging.offer, name="topic_offer"),
    path("/<int:number>/antworten", merging.answer, name="topic_answer"),
    path("/<int:number>/trennen", merging.separate, name="topic_separate"),
    path("/<int:number>/interesse", views.interest, name="topic_interest"),
]
