"""Which conference a command is about."""

from __future__ import annotations

from django.utils.translation import gettext as _

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_by_slug


class NoConference(ValueError):
    """None of this name, or several and none named."""


def conference_named(slug: str | None) -> Conference:
    """The conference of this address; without one the only one that is public, or the only one at all."""
    if slug is not None:
        found = conference_by_slug(slug)
        if found is None:
            raise NoConference(_("There is no conference %(name)s.") % {"name": slug})
        return found
    every = list(Conference.objects.order_by("slug"))
    meant = [conference for conference in every if not conference.is_hidden] or every
    if len(meant) != 1:
        raise NoConference(_("Please say which conference: --conference NAME."))
    return meant[0]
