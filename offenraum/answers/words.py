"""What can be asked here: questions to begin with."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.answers.models import Service
from offenraum.conference.models import Conference

ALWAYS: Final[tuple[Promise, ...]] = (_("What is on now?"), _("What comes next?"), _("Where is the conference?"))
MOST_SERVICES: Final = 2


def samples_of(conference: Conference) -> list[str]:
    """Questions that have an answer."""
    names = Service.objects.filter(conference=conference, language="de").order_by("pk").values_list("name", flat=True)
    return [*map(str, ALWAYS), *names[:MOST_SERVICES]]
