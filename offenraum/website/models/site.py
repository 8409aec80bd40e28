"""What belongs to the website as a whole, and its pictures."""

from __future__ import annotations

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.fields import Line, Prose

is_web_address = URLValidator(schemes=["https", "http"], message=_("An address looks like this: https://www.example.de"))

is_contributor = RegexValidator(
    r"^http://dcat-ap\.de/def/contributors/[A-Za-z0-9_-]+\Z",
    _("An address of this kind looks like this: http://dcat-ap.de/def/contributors/stadtKoeln"),
)


class Picture(models.Model):
    """A picture as we made it from what was uploaded; its file is named by its digest."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="pictures")
    digest = models.CharField(_("digest of the file"), max_length=32)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    alt = Line(_("alternative text"), max_length=300)
    alt_en = Line(_("alternative text in English"), max_length=300, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))

    def __str__(self) -> str:
        return self.alt

    @property
    def address(self) -> str:
        return f"/medien/{self.conference_id}/{self.digest}.webp"

    @property
    def small_address(self) -> str:
        return f"/medien/{self.conference_id}/{self.digest}-small.webp"


class Site(models.Model):
    """The texts and switches of a conference's website."""

    class Result(models.TextChoices):
        FULL = "full", _("meets the requirements fully")
        PARTIAL = "partial", _("meets the requirements partly")
        NONE = "none", _("does not meet the requirements")

    class Check(models.TextChoices):
        SELF = "self", _("a check of our own")
        EXTERNAL = "external", _("a check by others")

    class Licence(models.TextChoices):
        CC_BY = "cc-by", _("CC BY 4.0: use with the name")
        CC_ZERO = "cc-zero", _("CC0: use without conditions")
        DL_BY = "dl-by", _("Datenlizenz Deutschland 2.0: use with the name")
        DL_ZERO = "dl-zero", _("Datenlizenz Deutschland Zero 2.0: use without conditions")

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="site")
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    travel = Prose(_("how to get there"), max_length=6000, blank=True)
    travel_en = Prose(_("how to get there, in English"), max_length=6000, blank=True)
    step_free = Prose(_("step-free access"), max_length=3000, blank=True)
    step_free_en = Prose(_("step-free access, in English"), max_length=3000, blank=True)
    map_link = Line(_("link to a map"), max_length=300, blank=True, validators=[is_web_address])
    imprint = Prose(_("legal notice"), max_length=8000, blank=True)
    imprint_en = Prose(_("legal notice, in English"), max_length=8000, blank=True)
    privacy = Prose(_("about privacy"), max_length=20_000, blank=True)
    privacy_en = Prose(_("about privacy, in English"), max_length=20_000, blank=True)
    easy_text = Prose(_("the conference in easy language"), max_length=12_000, blank=True)
    sign_text = Prose(_("what the video in sign language says"), max_length=6000, blank=True)
    sign_link = Line(_("link to the video in sign language"), max_length=300, blank=True, validators=[is_web_address])
    takes_comments = models.BooleanField(_("visitors may comment on news"), default=False)
    takes_addresses = models.BooleanField(_("visitors may ask for a letter when registration opens"), default=True)
    frame_hosts = Prose(_("sites that may show the programme in a frame"), max_length=2000, blank=True)
    data_licence = models.CharField(
        _("licence of the open data"), max_length=7, choices=Licence.choices, default=Licence.CC_BY
    )
    contributor = Line(
        _("address by which data portals know who delivers"), max_length=120, blank=True, validators=[is_contributor]
    )
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    check_by = models.CharField(_("how it was checked"), max_length=8, choices=Check.choices, default=Check.SELF)
    result = models.CharField(_("result"), max_length=7, choices=Result.choices, default=Result.PARTIAL)
    gaps = Prose(_("what is not accessible yet, and why"), max_length=6000, blank=True)
    gaps_en = Prose(_("what is not accessible yet, in English"), max_length=6000, blank=True)
    contact = Line(_("contact for questions about accessibility"), max_length=200, blank=True)
    enforcement = Prose(_("office that helps when we do not"), max_length=1000, blank=True)

    def __str__(self) -> str:
        return str(self.conference)
