"""Puts the product together when Django starts: the regions of all slices."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from offenraum.live.regions import register

SLICES_WITH_REGIONS = ["conference", "seats", "gathering", "sensors", "market", "programme", "pages", "desk"]


class ProjectConfig(AppConfig):
    name = "offenraum.project"
    label = "project"

    def ready(self) -> None:
        """Models exist only now, so the regions are imported here and not above."""
        for name in SLICES_WITH_REGIONS:
            register(import_module(f"offenraum.{name}.regions").REGIONS)
