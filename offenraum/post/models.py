"""Letters on their way and gone, and what conferences want them to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import Line, Prose
from offenraum.kit.outbox import Work
from offenraum.kit.sealed import SealedText
from offenraum.post.rules import ACCOUNT, LetterKind
from offenraum.post.words import KIND_NAMES

if TYPE_CHECKING:
    JSONColumn = models.JSONField[list[str], list[str]]
else:
    JSONColumn = models.JSONField

SCOPE_LENGTH = 40
KEY_LENGTH = 80
TOKEN_LENGTH = 32
DIGEST_LENGTH = 22
KINDS = [(kind.value, KIND_NAMES[kind]) for kind in LetterKind]


class Letter(Work):
    """One e-mail to one person. What it says is sealed: it holds links that open a seat."""

    scope = models.CharField(_("conference"), max_length=SCOPE_LENGTH, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=[*KINDS, (ACCOUNT, _("Account"))])
    key = models.CharField(_("what it is about"), max_length=KEY_LENGTH)
    token = models.CharField(_("part of its Message-ID"), max_length=TOKEN_LENGTH, unique=True)
    recipient = models.EmailField(_("recipient"), max_length=254)
    sender_name = Line(_("name of the sender"), max_length=80, blank=True)
    subject = Line(_("subject"), max_length=200)
    text = SealedText(_("text"))
    given = SealedText(_("values, as JSON"), blank=True)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    attachments = JSONColumn(_("attachments"), default=list, blank=True)
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("came back at"), null=True, blank=True)
    answer = Line(_("what the mail server said"), max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["scope", "kind", "key"], name="letter_once")]
        indexes = [
            models.Index(fields=["state", "due_at"], name="letter_due"),
            models.Index(fields=["scope", "-id"], name="letter_log"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class LetterText(models.Model):
    """What a conference wants a kind of letter to say, in one language; without a row our own text goes out."""

    scope = models.CharField(_("conference"), max_length=SCOPE_LENGTH)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    subject = Line(_("subject"), max_length=150)
    text = Prose(_("text"), max_length=4000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "kind", "language"], name="letter_text_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.kind} {self.language}"


class Refusal(models.Model):
    """An address that wants no letters to all of a conference; kept as a digest only, to be compared with."""

    scope = models.CharField(_("conference"), max_length=SCOPE_LENGTH)
    digest = models.CharField(_("digest of the address"), max_length=DIGEST_LENGTH)
    refused_at = models.DateTimeField(_("wants no letters to all since"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "digest"], name="refusal_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.digest}"


class LetterSettings(models.Model):
    """What letters a conference sends by itself."""

    scope = models.CharField(_("conference"), max_length=SCOPE_LENGTH, unique=True)
    tells_first_edition = models.BooleanField(_("tells everybody when the first programme is published"), default=False)

    def __str__(self) -> str:
        return self.scope
