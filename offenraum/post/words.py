"""What letters are called and what they say where a conference has no text of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.post.rules import LetterKind

Words = str | Promise


class Wording(NamedTuple):
    """Subject and text with placeholders."""

    subject: Words
    text: Words


KIND_NAMES: Final[Mapping[str, Words]] = {
    LetterKind.CONFIRMATION: _("Registration confirmed"),
    LetterKind.WAITING: _("Waiting list"),
    LetterKind.MOVED_UP: _("Moved up"),
    LetterKind.RECONFIRM: _("Request to confirm"),
    LetterKind.REMINDER: _("Reminder"),
    LetterKind.CANCELLED: _("Cancellation"),
    LetterKind.PUBLISHED: _("Programme published"),
    LetterKind.THANKS: _("Thanks and results"),
    LetterKind.ALREADY_REGISTERED: _("Registered already"),
    LetterKind.SIGN_IN_LINK: _("Personal link"),
    LetterKind.EXHIBITOR_KEY: _("Key to a stand"),
    LetterKind.SUBSCRIBE: _("Is this your address?"),
    LetterKind.OPENED: _("Registration is open"),
    LetterKind.INVITATION: _("Invitation to the desk"),
}
PLACEHOLDER_NAMES: Final[Mapping[str, Words]] = {
    "name": _("name of the person; without a name its line is left out"),
    "conference": _("title of the conference"),
    "date": _("day or days of the conference, with the time of the first point"),
    "place": _("venue with street and city"),
    "page": _("address of the conference's page"),
    "link": _("personal link, which must not be passed on"),
    "code": _("code to type, as on the badge"),
    "position": _("place on the waiting list"),
    "deadline": _("until when an answer is needed"),
    "programme": _("address of the programme"),
    "results": _("address of the results"),
    "stand": _("name of the stand"),
}
FOOTER: Final = _("This e-mail came from {conference}.\n{page}")
REFUSAL: Final = _("No more e-mails of this kind? Here you end them:")
WORDINGS: Final[Mapping[str, Wording]] = {
    LetterKind.CONFIRMATION: Wording(_("Your place: {conference}"), _(
        "Good day {name},\n\nyou have a place.\n\n{conference}\n{date}\n{place}\n\n"
        "On your page you find your ticket and your data. There you can also cancel:\n{link}\n\n"
        "Your code for the day: {code}\n\n"
        "Please bring the ticket, on paper or on your phone. If you cannot come, please cancel. "
        "Then somebody from the waiting list can come."
    )),
    LetterKind.WAITING: Wording(_("Waiting list: {conference}"), _(
        "Good day {name},\n\nall places are taken. You are on the waiting list.\n\n"
        "Your place on the list: {position}\n\n{conference}\n{date}\n{place}\n\n"
        "As soon as a place is free, you get an e-mail. You do not need to do anything.\n\n"
        "On your page you see your place on the list. There you can also leave it:\n{link}"
    )),
    LetterKind.MOVED_UP: Wording(_("A place for you: {conference}"), _(
        "Good day {name},\n\na place is free, and it is yours.\n\n{conference}\n{date}\n{place}\n\n"
        "Please confirm by {deadline}:\n{link}\n\n"
        "Without your answer the place goes to the next person on the list."
    )),
    LetterKind.RECONFIRM: Wording(_("Will you come? {conference}"), _(
        "Good day {name},\n\nyour conference begins soon. Please tell us whether you will come.\n\n"
        "{conference}\n{date}\n{place}\n\nPlease answer by {deadline}:\n{link}\n\n"
        "Without your answer the place goes to somebody on the waiting list."
    )),
    LetterKind.REMINDER: Wording(_("Soon: {conference}"), _(
        "Good day {name},\n\nwe look forward to seeing you.\n\n{conference}\n{date}\n{place}\n\n"
        "Programme and topics:\n{page}\n\nYour page with the ticket:\n{link}\n\n"
        "If you cannot come, please cancel on your page."
    )),
    LetterKind.CANCELLED: Wording(_("Cancelled: {conference}"), _(
        "Good day {name},\n\nyour place has been cancelled.\n\n{conference}\n{date}\n\n"
        "If you did not want this, please register again:\n{page}"
    )),
    LetterKind.PUBLISHED: Wording(_("The programme is published: {conference}"), _(
        "Good day {name},\n\nthe programme of {conference} is published.\n\n{programme}\n\n"
        "It can still change during the day. The page always shows the newest version.\n\n"
        "Your own page:\n{link}"
    )),
    LetterKind.THANKS: Wording(_("Thank you: {conference}"), _(
        "Good day {name},\n\nthank you for coming to {conference}.\n\n"
        "Notes and results of all sessions:\n{results}"
    )),
    LetterKind.ALREADY_REGISTERED: Wording(_("You are registered: {conference}"), _(
        "Good day {name},\n\nsomebody has registered with this e-mail address. You are registered already.\n\n"
        "On your page you find your ticket and your data:\n{link}\n\n"
        "If it was not you, you need not do anything."
    )),
    LetterKind.SIGN_IN_LINK: Wording(_("Your link: {conference}"), _(
        "Good day {name},\n\nthis link leads to your page:\n{link}\n\n"
        "Please do not pass it on. If you did not ask for it, you need not do anything."
    )),
    LetterKind.SUBSCRIBE: Wording(_("Is this your address? {conference}"), _(
        "Good day,\n\nsomebody wants to know when registration for {conference} opens, and gave this address.\n\n"
        "If that was you, please confirm:\n{link}\n\nIf not, you do not need to do anything. Then we delete it."
    )),
    LetterKind.OPENED: Wording(_("Registration is open: {conference}"), _(
        "Good day,\n\nyou wanted to know: registration for {conference} is open.\n\n{date}\n{place}\n\n{page}\n\n"
        "No more letters? Here you end them:\n{link}"
    )),
    LetterKind.EXHIBITOR_KEY: Wording(_("Your stand: {conference}"), _(
        "Good day {name},\n\nyour stand at {conference} is prepared: {stand}\n\n{date}\n{place}\n\n"
        "With this link you describe your stand:\n{link}\n\n"
        "Please pass it on only to people who look after the stand with you."
    )),
    LetterKind.INVITATION: Wording(_("Invitation to the desk: {conference}"), _(
        "Good day,\n\nyou are invited to help run {conference}.\n\nPlease open this page and accept:\n{link}\n\n"
        "The link works once, within seven days. If you do not know what this is about, please ignore this e-mail."
    )),
}
EXAMPLES: Final[Mapping[str, Words]] = {
    "name": "Ayşe Yılmaz", "code": "K7QM-4RXA", "position": "12", "deadline": _("Friday, 31. August 2018, 12:00"),
    "stand": _("Air sensors of the city"),
}
"""Values of a preview that do not come from the conference itself."""
