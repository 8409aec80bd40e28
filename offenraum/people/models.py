"""Accounts of people who run conferences, and where they are signed in; attendees have seats instead."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import Line


class AccountManager(BaseUserManager["Account"]):
    """What Django needs to find an account by its address."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """One organiser or moderator, known by an e-mail address."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = Line(_("name"), max_length=80, blank=True)
    is_active = models.BooleanField(_("is active"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.name or self.email


class SignIn(models.Model):
    """A browser in which an account is signed in; ending it here ends it for a copied cookie too."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_ins")
    key_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    signed_in_at = models.DateTimeField(_("signed in at"))
    seen_at = models.DateTimeField(_("last seen at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.signed_in_at:%Y-%m-%d %H:%M}"


class SignInLink(models.Model):
    """An address that signs an account in once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_in_links")
    key_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    leads_to = models.CharField(_("page it leads to"), max_length=200)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id}: {self.leads_to}"


class Erasure(models.Model):
    """Somebody had their data deleted: by whom is not kept, only a digest that finds the same row in an old backup."""

    digest = models.CharField(_("digest of what was deleted"), max_length=64, unique=True)
    erased_at = models.DateTimeField(_("deleted at"))
    is_scrubbed = models.BooleanField(_("its traces in the file are gone"), default=False)

    def __str__(self) -> str:
        return self.digest


class Attempt(models.Model):
    """Counted guesses and used one-time codes, in the shape of Django's database cache: shared by all processes."""

    cache_key = models.CharField(_("key"), max_length=255, primary_key=True)
    value = models.TextField(_("value"))
    expires = models.DateTimeField(_("expires at"), db_index=True)

    class Meta:
        db_table = "people_attempt"

    def __str__(self) -> str:
        return self.cache_key
