"""Addresses below /<conference>/programm."""

from __future__ import annotations

from django.urls import path

from offenraum.programme import views

urlpatterns = [
    path("", views.programme, name="programme"),
    path("/<int:number>/merken", views.keep, name="session_keep"),
]
