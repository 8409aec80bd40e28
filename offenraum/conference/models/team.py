"""Who runs a conference."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models.conferences import Conference
from offenraum.conference.rules import Role, first_page
from offenraum.kit.fields import Line


class Member(models.Model):
    """An account's role in one conference."""

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("Organiser")
        MODERATOR = "moderator", _("Moderator")
        AUDITOR = "auditor", _("Auditor")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "account"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_role_display()}"

    @property
    def desk_address(self) -> str:
        """Where this member begins."""
        return f"/{self.conference.slug}/regie/{first_page(Role(self.role))}"


class HelperKey(models.Model):
    """A one-day key for a helper at the door or with the ballots."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="helper_keys")
    name = Line(_("name"), max_length=80)
    secret_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link that makes whoever accepts it a member; it never signs in to an account that exists."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=10, choices=Member.Role.choices)
    secret_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    def __str__(self) -> str:
        return self.email
