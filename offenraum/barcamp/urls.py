"""Addresses below /<conference>/themen."""

from __future__ import annotations

from django.urls import path

from offenraum.barcamp import views

urlpatterns = [
    path("", views.topics, name="topics"),
    path("/neu", views.propose, name="topic_propose"),
    path("/aehnlich", views.similar, name="topic_similar"),
    path("/<int:number>", views.topic, name="topic"),
    path("/<int:number>/aendern", views.edit, name="topic_edit"),
    path("/<int:number>/zurueckziehen", views.withdraw, name="topic_withdraw"),
    path("/<int:number>/interesse", views.interest, name="topic_interest"),
]
