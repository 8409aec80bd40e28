"""What an installation needs in order to run, looked at one by one; each finding names its fix."""

from __future__ import annotations

from collections.abc import Callable

from offenraum.project.checks.built import check_fonts, check_front_end
from offenraum.project.checks.configuration import check_settings
from offenraum.project.checks.database import check_database
from offenraum.project.checks.findings import Finding, State, found
from offenraum.project.checks.machine import check_clock, check_disk
from offenraum.project.checks.mail import check_mail

__all__ = ["Finding", "State", "check_all"]


def check_all() -> list[Finding]:
    """Look at everything; one failure does not keep the next check from running."""
    checks: dict[str, Callable[[], str]] = {
        "settings": check_settings,
        "database": check_database,
        "mail": check_mail,
        "clock": check_clock,
        "disk": check_disk,
        "fonts": check_fonts,
        "front end": check_front_end,
    }
    return [found(name, check) for name, check in checks.items()]
