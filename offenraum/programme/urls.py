"""Addresses below /<conference>/programm."""

from __future__ import annotations

from django.urls import path

from offenraum.programme import views

urlpatterns = [
    path("", views.programme, name="programme"),
    path("/gruende", views.reasons, name="programme_reasons"),
    path("/fassungen", views.editions, name="public_editions"),
    path("/fassungen/<int:edition>", views.edition, name="public_edition"),
    path("/stand.json", views.standing, name="programme_standing"),
    path("/<int:number>/merken", views.keep, name="session_keep"),
]
