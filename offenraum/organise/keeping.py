"""What organisers typed goes into the database, with its picture."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from offenraum.conference.actions.conferences import create_conference
from offenraum.conference.actions.slots import chain_slots
from offenraum.conference.actions.team import add_member
from offenraum.conference.models import Conference, Member, Slot, Speaker
from offenraum.organise.forms.entries import EntryForm, PictureForm
from offenraum.organise.forms.parts import LooksForm
from offenraum.people.models import Account
from offenraum.website.actions.contents import (
    describe_picture,
    drop_picture,
    drop_portrait,
    keep_entry,
    keep_picture,
    keep_portrait,
    publish_conference,
)
from offenraum.website.actions.copying import copy_conference
from offenraum.website.models import Picture


@transaction.atomic
def keep_form(form: EntryForm) -> None:
    """Store what a form has checked."""
    if isinstance(form, PictureForm):
        keep_with_picture(form)
    else:
        keep_entry(conference=form.conference, entry=form.instance, now=form.now)
    form._save_m2m()  # type: ignore[attr-defined]
    if isinstance(form.instance, Slot):
        chain_slots(conference=form.conference)


def keep_with_picture(form: PictureForm) -> None:
    """Store an entry and the picture that goes with it; a picture that is replaced goes."""
    held, new = form.held, new_picture(form)
    if isinstance(form, LooksForm):
        keep_entry(conference=form.conference, entry=form.conference, now=form.now)
    if isinstance(form.instance, Speaker):
        keep_entry(conference=form.conference, entry=form.instance, now=form.now)
        keep_face(form, new)
        return
    if new is not held:
        setattr(form.instance, form.picture_field, new)
    keep_entry(conference=form.conference, entry=form.instance, now=form.now)
    if held is not None and new is not held:
        drop_picture(picture=held)


def keep_face(form: PictureForm, new: Picture | None) -> None:
    """A photo stays only as long as the person agrees."""
    if new is None or not form.cleaned_data["has_consent"]:
        drop_portrait(speaker=form.instance)
    elif new is not form.held:
        keep_portrait(speaker=form.instance, picture=new, now=form.now)


def new_picture(form: PictureForm) -> Picture | None:
    """The picture after the form: a new one, the one that was there with its new words, or none."""
    words = {"alt": form.cleaned_data["alt"], "alt_en": form.cleaned_data["alt_en"]}
    if form.made is not None:
        return keep_picture(conference=form.conference, made=form.made, now=form.now, **words)
    if form.held is None or form.cleaned_data.get("drop"):
        return None
    describe_picture(picture=form.held, **words)
    return form.held


@transaction.atomic
def set_up_conference(
    *, account: Account, slug: str, title: str, day: date, template: Conference | None
) -> Conference:
    """Make a conference that nobody sees yet, organised by whoever made it."""
    conference = create_conference(slug=slug, title=title, day=day)
    add_member(conference=conference, account=account, role=Member.Role.ORGANISER)
    if template is not None:
        copy_conference(template=template, into=conference, first_day=day)
    publish_conference(conference=conference, is_public=False)
    return conference
