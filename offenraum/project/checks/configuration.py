"""The settings and the secret."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from offenraum.project.checks.findings import Note, Problem


def check_settings() -> str:
    """The secret is there and private; an installation for the public is not in debug mode and has a secure address."""
    file = settings.DATA / "secret"
    if not settings.OPTIONS.secret and not file.is_file():
        raise Problem(_("There is no secret in %(folder)s.") % {"folder": settings.DATA}, "offenraum init")
    if file.is_file() and file.stat().st_mode & 0o077:
        raise Problem(_("Others on this machine can read the secret."), f"chmod 600 {file}")
    if settings.DEBUG:
        raise Problem(_("The debug mode shows internals to everybody."), "OFFENRAUM_DEBUG=false")
    if is_public() and not settings.OPTIONS.https:
        raise Note(
            _("The server has a public name, but not a secure address."), _("OFFENRAUM_HTTPS=true behind a TLS proxy")
        )
    return _("Data in %(folder)s, names: %(hosts)s") % {
        "folder": settings.DATA, "hosts": ", ".join(settings.ALLOWED_HOSTS)
    }


def is_public() -> bool:
    return any(host not in {"127.0.0.1", "localhost", "[::1]"} for host in settings.ALLOWED_HOSTS)
