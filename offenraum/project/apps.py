"""The part of the product that puts the others together."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "offenraum.project"
    label = "project"
