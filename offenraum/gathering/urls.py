"""Addresses below /<conference>/session; the page itself is put together in `pages`."""

from __future__ import annotations

from django.urls import path

from offenraum.gathering import views

urlpatterns = [
    path("/<int:number>/neu/<slug:verb>", views.write, name="session_write"),
    path("/<int:number>/rueckmeldung", views.feedback, name="session_feedback"),
    path("/<int:number>/koepfe", views.heads, name="session_heads"),
    path("/<int:number>/notizen/melden", views.notes_report, name="notes_report"),
    path("/<int:number>/beitrag/<int:contribution>", views.contribution, name="contribution"),
    path("/<int:number>/beitrag/<int:contribution>/verbergen", views.hide, name="contribution_hide"),
]
