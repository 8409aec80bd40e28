"""The mail server."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from email.utils import parseaddr

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.db import DatabaseError
from django.utils.translation import gettext as _

from offenraum.project.checks.database import database_file, value_of
from offenraum.project.checks.findings import Note, Problem


def check_mail() -> str:
    """A real dialogue with the mail server, up to the question whether it takes letters from us; none is sent."""
    if not settings.OPTIONS.mail:
        raise Note(_("No mail server: links must be passed on by hand."), "OFFENRAUM_MAIL=smtp+tls://…")
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    try:
        code, answer = ask_mail_server(sender)
    except (OSError, smtplib.SMTPException) as error:
        raise Problem(
            _("The mail server %(host)s refuses: %(error)s") % {"host": settings.EMAIL_HOST, "error": error},
            _("Check OFFENRAUM_MAIL: kind, user, password, host and port"),
        ) from error
    if code != 250:
        raise Problem(
            _("The mail server takes no letters from %(sender)s: %(answer)s")
            % {"sender": sender, "answer": answer.decode(errors="replace")},
            _("Set OFFENRAUM_MAIL_FROM to an address of yours"),
        )
    if count := lost_account_letters():
        raise Note(
            _("%(count)d letters to accounts did not arrive.") % {"count": count},
            _("A link to sign in comes from offenraum init with the same address"),
        )
    return _("%(host)s takes letters from %(sender)s") % {"host": settings.EMAIL_HOST, "sender": sender}


def lost_account_letters() -> int:
    """Nobody else sees them: the desk shows the letters of its conference only."""
    file = database_file()
    if file is not None and not file.is_file():
        return 0
    with suppress(DatabaseError):
        return int(value_of("SELECT COUNT(*) FROM post_letter WHERE kind = 'account' AND state = 'failed'"))
    return 0


def ask_mail_server(sender: str) -> tuple[int, bytes]:
    """Greet, secure the line, sign in, name the sender, and take it back."""
    with EmailBackend() as opened:
        if opened.connection is None:
            raise smtplib.SMTPServerDisconnected
        opened.connection.ehlo_or_helo_if_needed()
        answer = opened.connection.mail(sender)
        opened.connection.rset()
        return answer
