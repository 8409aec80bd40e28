"""What set-up makes: fonts for print, styles and scripts."""

from __future__ import annotations

import json
from typing import Final

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from offenraum.project.checks.findings import Problem

PROBE: Final = "#set page(width: 10cm, height: 4cm)\nÄpfel, Öl, Übung, Straße, Ayşe, „Programm“ – 10:30"


def check_fonts() -> str:
    """A page with the letters of German and of names is set for real."""
    try:
        page, warnings = typst.compile_with_warnings(PROBE.encode())
    except typst.TypstError as error:
        raise Problem(_("Pages cannot be printed: %(error)s") % {"error": error}, "make setup") from error
    if warnings:
        raise Problem(_("Letters are missing: %(warning)s") % {"warning": warnings[0].message}, "make setup")
    return _("A page was set (%(size)d KB)") % {"size": len(page) // 1024}


def check_front_end() -> str:
    """Styles, fonts and scripts are built and complete."""
    built = settings.PACKAGE / "kit" / "static" / "kit"
    manifest = built / "manifest.json"
    if not manifest.is_file():
        raise Problem(_("Styles and scripts are not built."), "make setup")
    try:
        names: dict[str, str] = json.loads(manifest.read_text())
    except ValueError as error:
        raise Problem(_("Styles and scripts are not built."), "make setup") from error
    if missing := [name for name in names.values() if not (built / name).is_file()]:
        raise Problem(_("Built files are missing: %(names)s") % {"names": ", ".join(missing)}, "make setup")
    return _("%(count)d files") % {"count": len(names)}
