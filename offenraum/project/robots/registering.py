"""The opening of registration with robots: all at the same moment, then cancelling, confirming, two desks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from asgiref.sync import sync_to_async
from django.utils.translation import gettext as _

from offenraum.conference.models import Conference
from offenraum.project.robots.browser import Answer, Browser
from offenraum.project.robots.moderator import Moderator
from offenraum.project.robots.page import hidden_fields
from offenraum.project.robots.registration_report import RegistrationReport, percentile
from offenraum.project.robots.robot import Refused
from offenraum.project.robots.wire import Site, Unreachable
from offenraum.registration.actions.settings import Terms, set_terms
from offenraum.registration.models import Registration
from offenraum.registration.models.registrations import HOLDING
from offenraum.registration.queries.links import secret_of
from offenraum.seats.models import Seat

EARLIER = timedelta(days=20)
CANCELLING = 10
CHECKED_IN = 40
OPENING = 50
"""So many browsers open the form at a time; sending it is for all at once."""

State = Registration.State


@dataclass
class Applicant:
    """One robot with the form open."""

    number: int
    browser: Browser
    fields: dict[str, str] = field(default_factory=dict)


def open_registration(copy: Conference, *, places: int) -> None:
    """The copy takes registrations, on a clock that shows twenty days before."""
    if copy.clock_shows_at:
        copy.clock_shows_at -= EARLIER
        copy.save(update_fields=["clock_shows_at"])
    terms = Terms(
        places=places, overbooking_percent=0, opens_at=None, closes_at=None, confirm_hours=48, reconfirm_days=0,
        reconfirm_hours=48, most_colleagues=0, asks_for_topic=False, needs_proof=False,
    )
    set_terms(conference=copy, terms=terms, now=copy.clock.at(copy.created_at))


class RegistrationRehearsal:
    """Plays the opening on a copy of a conference; everything goes over HTTP, only the counting asks the database."""

    def __init__(
        self, *, conference: Conference, urls: Sequence[str], applicants: int, places: int, logins: Sequence[str],
        tell: Callable[[str], None],
    ) -> None:
        self.page = f"/{conference.slug}/anmeldung"
        self.conference, self.places, self.logins, self.tell = conference, places, logins, tell
        self.sites = [Site.at(url) for url in urls]
        self.applicants = [
            Applicant(number, Browser(self.sites[number % len(self.sites)])) for number in range(1, applicants + 1)
        ]
        self.errors: list[str] = []
        self.register_ms: list[float] = []
        self.moved_ms: list[float] = []
        self.double_check_ins = 0

    async def run(self) -> RegistrationReport:
        """All of it, one part after the other."""
        await self.open_forms()
        self.tell(_("{count} robots register at the same moment …").format(count=len(self.applicants)))
        await asyncio.gather(*(self.register(applicant) for applicant in self.applicants))
        burst = await counted(self.conference, places=self.places)
        self.tell(_("Some cancel, the next confirm …"))
        await self.cancel_and_confirm()
        after = await counted(self.conference, places=self.places)
        self.tell(_("Two desks check in at the same time …"))
        await self.check_in_at_two_desks()
        for applicant in self.applicants:
            applicant.browser.close()
        return RegistrationReport(
            applicants=len(self.applicants), confirmed=burst.confirmed, waiting=burst.waiting,
            oversold=max(burst.oversold, after.oversold), order_kept=burst.order_kept and after.order_kept,
            errors=len(self.errors), moved_up_after_cancel_ms=max(self.moved_ms, default=0.0),
            register_p50_ms=percentile(self.register_ms, 0.5), register_p99_ms=percentile(self.register_ms, 0.99),
            double_check_ins=self.double_check_ins,
        )

    async def open_forms(self) -> None:
        """Everybody has the form before their eyes when registration opens."""
        gate = asyncio.Semaphore(OPENING)

        async def open_form(applicant: Applicant) -> None:
            async with gate:
                answer = await self.asked(applicant.browser.get(self.page))
            applicant.fields = hidden_fields(answer.text) if answer else {}

        await asyncio.gather(*(open_form(applicant) for applicant in self.applicants))

    async def register(self, applicant: Applicant) -> None:
        """Send the form once; the time until the answer is what a person waits."""
        typed = {
            "name": _("Robot {number}").format(number=applicant.number),
            "email": f"robot-{applicant.number}@{self.conference.slug}.invalid",
        }
        started = time.perf_counter()
        answer = await self.asked(applicant.browser.post(self.page, applicant.fields | typed), expected=302)
        if answer:
            self.register_ms.append((time.perf_counter() - started) * 1e3)

    async def asked(self, asking: Awaitable[Answer], *, expected: int = 200) -> Answer | None:
        """An answer, or None and an error more."""
        try:
            answer = await asking
        except Unreachable as error:
            self.errors.append(str(error))
            return None
        if answer.status != expected:
            self.errors.append(f"{answer.status} instead of {expected}")
            return None
        return answer

    async def cancel_and_confirm(self) -> None:
        """Some give their place back; the first of the list sees that on the own page, and takes it."""
        pairs = await leaving_and_next(self.conference)
        for leaving, following in pairs:
            browser, started = Browser(self.sites[0]), time.perf_counter()
            await self.press(browser, f"{self.page}/mein/{leaving}/absagen")
            page = await self.asked(browser.get(f"{self.page}/mein/{following}"))
            if page is None or "/bestaetigen" not in page.text:
                self.errors.append("nobody moved up after a cancellation")
            self.moved_ms.append((time.perf_counter() - started) * 1e3)
            browser.close()
        await asyncio.gather(*(self.confirm(following) for _leaving, following in pairs))

    async def confirm(self, secret: str) -> None:
        browser = Browser(self.sites[-1])
        fields = await self.asked(browser.get(f"{self.page}/mein/{secret}"))
        if fields:
            address = f"{self.page}/mein/{secret}/bestaetigen"
            await self.asked(browser.post(address, hidden_fields(fields.text)), expected=302)
        browser.close()

    async def press(self, browser: Browser, address: str) -> None:
        """Open a page with one question and press its button."""
        form = await self.asked(browser.get(address))
        if form:
            await self.asked(browser.post(address, hidden_fields(form.text)), expected=302)

    async def check_in_at_two_desks(self) -> None:
        """Both desks scan the same people at the same moment; one of the two must be told that they are in already."""
        desks = [Moderator(site=self.sites[number % len(self.sites)], slug=self.conference.slug) for number in (0, 1)]
        try:
            for desk, login in zip(desks, self.logins, strict=True):
                await desk.sign_in(login)
            for number in await seats_to_check_in(self.conference):
                won = await asyncio.gather(*(self.check_in(desk, number) for desk in desks))
                self.double_check_ins += sum(won) > 1
                if not any(won):
                    self.errors.append(f"nobody checked seat {number} in")
        finally:
            for desk in desks:
                desk.close()

    async def check_in(self, desk: Moderator, number: int) -> bool:
        """Whether this desk is told that it checked the seat in."""
        address = f"{desk.desk}/plaetze/{number}/da?q={number}"
        if await self.asked(desk.browser.post(address, {}, csrf=desk.csrf), expected=302) is None:
            return False
        shown = await self.asked(desk.browser.get(f"{desk.desk}/plaetze?q={number}"))
        if shown is None:
            raise Refused("the desk's page did not answer")
        status = shown.text.partition('id="desk-status"')[2].partition("<template")[0]
        return 'role="status"' in status


@dataclass(frozen=True, slots=True)
class Counted:
    """What the database says."""

    confirmed: int
    waiting: int
    oversold: int
    order_kept: bool


@sync_to_async
def counted(conference: Conference, *, places: int) -> Counted:
    """Whether more places are held than there are, and whether everybody who holds one came before all who wait."""
    rows = list(Registration.objects.filter(conference=conference).order_by("number").values_list("number", "state"))
    held = [number for number, state in rows if state in HOLDING]
    waiting = [number for number, state in rows if state == State.WAITING]
    return Counted(
        confirmed=sum(state == State.CONFIRMED for _number, state in rows), waiting=len(waiting),
        oversold=max(0, len(held) - places), order_kept=not held or not waiting or max(held) < min(waiting),
    )


@sync_to_async
def leaving_and_next(conference: Conference) -> list[tuple[str, str]]:
    """The links of some with a place, and of those who must move up for them."""
    everybody = Registration.objects.filter(conference=conference)
    leaving = everybody.filter(state=State.CONFIRMED).order_by("number")[:CANCELLING]
    following = everybody.filter(state=State.WAITING).order_by("number")[:CANCELLING]
    return [(secret_of(one), secret_of(other)) for one, other in zip(leaving, following, strict=False)]


@sync_to_async
def seats_to_check_in(conference: Conference) -> list[int]:
    seats = Seat.objects.filter(conference=conference).order_by("number")
    return list(seats.values_list("number", flat=True)[:CHECKED_IN])
