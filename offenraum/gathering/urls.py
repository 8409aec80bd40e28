"""Addresses below /<conference>/session; the page itself is put together in `pages`."""

from __future__ import annotations

from django.urls import path

from offenraum.gathering.views import notes, writing

urlpatterns = [
    path("/<int:number>/neu/<slug:verb>", writing.write, name="session_write"),
    path("/<int:number>/rueckmeldung", writing.feedback, name="session_feedback"),
    path("/<int:number>/koepfe", writing.heads, name="session_heads"),
    path("/<int:number>/notizen", notes.page, name="notes"),
    path("/<int:number>/notizen/stand", notes.since, name="notes_since"),
    path("/<int:number>/notizen/schritt", notes.step, name="notes_step"),
    path("/<int:number>/alles.md", notes.export, name="session_export"),
    path("/<int:number>/notizen/melden", writing.notes_report, name="notes_report"),
    path("/<int:number>/beitrag/<int:contribution>", writing.contribution, name="contribution"),
    path("/<int:number>/beitrag/<int:contribution>/verbergen", writing.hide, name="contribution_hide"),
]
