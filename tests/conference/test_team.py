"""Invitations, roles and helpers' keys, as organisers use them."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from html import unescape

import pytest
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from offenraum.conference.actions import team
from offenraum.conference.actions.team import (
    InvitationSpent,
    LastOrganiser,
    accept_invitation,
    add_member,
    invite,
    remove_member,
    revoke_invitation,
)
from offenraum.conference.models import Conference, HelperKey, Invitation, Member
from offenraum.conference.queries.access import invitation_of
from offenraum.conference.rules import Role
from offenraum.people.models import Account
from tests.day import NOON, make_conference, set_clock
from tests.hostile import ASKED
from tests.people.sign_in import PASSWORD, make_account, sign_in

pytestmark = pytest.mark.django_db
TEAM = "/kogk18/regie/team"
NEW = {"name": "Bernd", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference("kogk18"), NOON)


@pytest.fixture
def organiser(conference: Conference) -> Client:
    account = make_account("Ayse")
    add_member(conference=conference, account=account, role=Role.ORGANISER)
    return sign_in(account, second_factor=True)


def link_in(page: str) -> str:
    """The path of the link that a page shows."""
    found = re.search(r"<code>http://testserver(/[^<]+)</code>", unescape(page))
    assert found
    return found[1]


def invited(organiser: Client, email: str = "bernd@example.org", role: str = "moderator") -> str:
    return link_in(organiser.post(f"{TEAM}/einladen", {"email": email, "role": role}).content.decode())


def roles(conference: Conference) -> dict[str, str]:
    return dict(Member.objects.filter(conference=conference).values_list("account__email", "role"))


def test_invited_person_makes_an_account_and_is_at_the_desk(organiser: Client, conference: Conference) -> None:
    link, bernd = invited(organiser), Client()
    assert "bernd@example.org" in bernd.get(link).content.decode()
    assert bernd.post(link, NEW)["Location"] == "/kogk18/regie/"
    assert roles(conference) == {"ayse@example.org": "organiser", "bernd@example.org": "moderator"}
    assert bernd.get("/konto").status_code == 200


def test_invited_auditor_begins_at_the_audit(organiser: Client, conference: Conference) -> None:
    link, paula = invited(organiser, email="paula@example.org", role="auditor"), Client()
    assert paula.post(link, NEW)["Location"] == "/kogk18/regie/pruefung"
    assert roles(conference)["paula@example.org"] == "auditor"
    assert "/kogk18/regie/pruefung" in paula.get("/konto").content.decode()
    member = Member.objects.get(account__email="paula@example.org")
    organiser.post(f"{TEAM}/{member.pk}/rolle", {"role": "moderator"})
    assert roles(conference)["paula@example.org"] == "moderator"


def test_invitation_works_once(organiser: Client) -> None:
    link = invited(organiser)
    assert [Client().post(link, NEW).status_code for _ in range(2)] == [302, 410]
    assert Client().get(link).status_code == 410


def test_invitation_ends_when_it_is_withdrawn_renewed_or_old(organiser: Client) -> None:
    first = invited(organiser)
    second = invited(organiser)
    assert [Client().get(link).status_code for link in (first, second)] == [410, 200]
    organiser.post(f"{TEAM}/einladung/{Invitation.objects.get().pk}/zurueckziehen")
    assert Client().get(second).status_code == 410
    third = invited(organiser)
    Invitation.objects.update(expires_at=timezone.now())
    assert Client().get(third).status_code == 410


def test_invitation_never_signs_in_to_an_account_that_exists(organiser: Client, conference: Conference) -> None:
    clara = make_account("Clara")
    link, thief = invited(organiser, clara.email), Client()
    assert "Bitte melden Sie sich damit an" in thief.get(link).content.decode()
    assert thief.post(link, NEW).status_code == 200
    assert thief.get("/konto").status_code == 302
    assert clara.email not in roles(conference)
    assert sign_in(clara).post(link)["Location"] == "/kogk18/regie/"
    assert roles(conference)[clara.email] == "moderator"


def test_opening_an_invitation_accepts_nothing(organiser: Client, conference: Conference) -> None:
    link = invited(organiser)
    sign_in(make_account("Clara")).get(link)
    assert set(roles(conference)) == {"ayse@example.org"}


def test_accepting_never_takes_rights_away(organiser: Client, conference: Conference) -> None:
    organiser.post(invited(organiser))
    assert roles(conference) == {"ayse@example.org": "organiser"}


def test_moderator_becomes_organiser_by_invitation(organiser: Client, conference: Conference) -> None:
    clara = make_account("Clara")
    add_member(conference=conference, account=clara, role=Role.MODERATOR)
    sign_in(clara).post(invited(organiser, clara.email, "organiser"))
    assert roles(conference)[clara.email] == "organiser"


def test_invitation_of_one_conference_does_not_open_another(organiser: Client) -> None:
    make_conference("other")
    link = invited(organiser)
    assert Client().get(link.replace("kogk18", "other")).status_code == 410


def test_new_account_form_keeps_what_was_typed_and_says_what_is_wrong(organiser: Client) -> None:
    page = Client().post(invited(organiser), {"name": "Bernd", "password": "kurz", "again": "lang"})
    text = unescape(page.content.decode())
    assert (page.status_code, 'value="Bernd"' in text) == (422, True)
    assert "Es muss mindestens 12 Zeichen enthalten." in text


def test_wrong_address_is_refused_with_the_reason(organiser: Client) -> None:
    page = organiser.post(f"{TEAM}/einladen", {"email": "bernd", "role": "king"})
    text = page.content.decode()
    assert (page.status_code, 'value="bernd"' in text) == (422, True)
    assert Invitation.objects.count() == 0


@pytest.mark.postgres
@pytest.mark.sample(3)
@pytest.mark.parametrize("name", ASKED)
def test_hostile_text_is_stored_or_refused(organiser: Client, name: str) -> None:
    text = ASKED[name].encode(errors="surrogatepass").decode(errors="replace")
    link = invited(organiser)
    statuses = [
        organiser.post(f"{TEAM}/einladen", {"email": f"{text}@example.org", "role": text}).status_code,
        organiser.post(f"{TEAM}/schluessel", {"name": text, "day": text}).status_code,
        organiser.post(f"{TEAM}/schluessel", {"name": text, "day": "2018-09-04"}).status_code,
        Client().post(link, {"name": text, "password": text, "again": text}).status_code,
        Client().post("/konto/anmelden", {"login": text, "password": text}).status_code,
        Client().post("/konto/passwort/vergessen", {"email": text}).status_code,
    ]
    too_long = {400} if len(text) > 500_000 else set()
    assert [status for status in statuses if status not in {200, 302, 422} | too_long] == []


def test_last_organiser_can_neither_go_nor_step_down(organiser: Client, conference: Conference) -> None:
    me = Member.objects.get()
    page = organiser.post(f"{TEAM}/{me.pk}/entfernen", follow=True).content.decode()
    assert "Eine Konferenz braucht mindestens eine Person in der Organisation." in page
    organiser.post(f"{TEAM}/{me.pk}/rolle", {"role": "moderator"})
    assert roles(conference) == {"ayse@example.org": "organiser"}


def test_last_organiser_may_be_given_the_role_she_has(organiser: Client, conference: Conference) -> None:
    page = organiser.post(f"{TEAM}/{Member.objects.get().pk}/rolle", {"role": "organiser"}, follow=True)
    assert "mindestens eine Person" not in page.content.decode()
    assert roles(conference) == {"ayse@example.org": "organiser"}


def test_invitation_withdrawn_in_the_same_moment_is_not_accepted(
    conference: Conference, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The withdrawal comes between reading the invitation and using it up."""
    key = invite(conference=conference, email="x@example.org", role="organiser", now=timezone.now())

    def read_then_withdrawn(**asked: str) -> Invitation | None:
        found = invitation_of(**asked)
        revoke_invitation(conference=conference, invitation=Invitation.objects.get().pk, now=timezone.now())
        return found

    monkeypatch.setattr(team, "invitation_of", read_then_withdrawn)
    with pytest.raises(InvitationSpent):
        accept_invitation(slug="kogk18", key=key, account=make_account("Dirk", password=None), now=timezone.now())
    assert roles(conference) == {}


def test_organiser_changes_roles_and_lets_go(organiser: Client, conference: Conference) -> None:
    clara = add_member(conference=conference, account=make_account("Clara"), role=Role.MODERATOR)
    organiser.post(f"{TEAM}/{clara.pk}/rolle", {"role": "organiser"})
    assert roles(conference)["clara@example.org"] == "organiser"
    organiser.post(f"{TEAM}/{clara.pk}/entfernen")
    assert set(roles(conference)) == {"ayse@example.org"}
    assert Account.objects.filter(email="clara@example.org").exists()


def test_helper_signs_in_by_the_button_behind_the_qr(organiser: Client) -> None:
    page = organiser.post(f"{TEAM}/schluessel", {"name": "Tisch 2", "day": "2018-09-04"}).content.decode()
    link, helper = link_in(page), Client()
    assert 'src="data:image/svg+xml' in page
    assert "Mit dem Helfen beginnen" in helper.get(link).content.decode()
    assert helper.get("/kogk18/regie/helfen").status_code == 410
    assert helper.post(link)["Location"] == "/kogk18/regie/helfen"
    page = helper.get("/kogk18/regie/helfen").content.decode()
    assert ("Tisch 2" in page, 'href="/kogk18/checkin"' in page) == (True, True)
    assert helper.get("/kogk18/regie/plaetze").status_code == 200
    helper.post("/kogk18/regie/helfen/ende")
    assert helper.get("/kogk18/regie/helfen").status_code == 410


def test_blocked_key_ends_helping_at_once(organiser: Client) -> None:
    helper = Client()
    page = organiser.post(f"{TEAM}/schluessel", {"name": "Tisch 2", "day": "2018-09-04"}).content.decode()
    helper.post(link_in(page))
    organiser.post(f"{TEAM}/schluessel/{HelperKey.objects.get().pk}/sperren")
    assert helper.get("/kogk18/regie/helfen").status_code == 410
    assert helper.post(link_in(page)).status_code == 410


def test_key_is_for_today_or_a_day_of_the_conference(organiser: Client, conference: Conference) -> None:
    set_clock(conference, NOON - timedelta(days=3))
    made = [
        organiser.post(f"{TEAM}/schluessel", {"name": "Tisch", "day": f"2018-09-0{day}"}).status_code
        for day in (1, 2, 4, 5)
    ]
    assert made == [200, 422, 200, 422]
    ends = [key.expires_at.astimezone(conference.zone).isoformat() for key in HelperKey.objects.order_by("expires_at")]
    assert ends == ["2018-09-02T00:00:00+02:00", "2018-09-05T00:00:00+02:00"]


def test_secrets_are_stored_hashed(organiser: Client) -> None:
    link = invited(organiser)
    key = link.rsplit("/", 1)[1]
    stored = Invitation.objects.get().secret_hash
    assert (len(stored), stored == key) == (64, False)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_accept_at_once_one_does(conference: Conference) -> None:
    key = invite(conference=conference, email="x@example.org", role="moderator", now=timezone.now())
    accounts = [make_account(f"A{n}", password=None) for n in range(6)]

    def accept(account: Account) -> bool:
        try:
            accept_invitation(slug="kogk18", key=key, account=account, now=timezone.now())
        except InvitationSpent:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(accept, accounts)) == 1
    assert Member.objects.count() == 1


def remove_each_other(conference: Conference, members: list[Member], *, patience: float) -> None:
    """Two organisers remove each other, neither done before the other has looked, where nothing holds them."""
    both, gone = threading.Barrier(2), threading.Barrier(2)

    def remove(member: Member) -> None:
        try:
            both.wait(timeout=60)
            with transaction.atomic():
                remove_member(conference=conference, member=member.pk)
                wait_for(gone, patience)
        except LastOrganiser:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(remove, members))


def wait_for(both: threading.Barrier, patience: float) -> None:
    """Meet the other, or go on when the database keeps it waiting."""
    with suppress(threading.BrokenBarrierError):
        both.wait(patience)


def two_organisers(conference: Conference) -> list[Member]:
    return [
        add_member(conference=conference, account=make_account(name, password=None), role=Role.ORGANISER)
        for name in ("Ayse", "Bernd")
    ]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_organisers_cannot_remove_each_other(conference: Conference) -> None:
    remove_each_other(conference, two_organisers(conference), patience=0.5)
    assert Member.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_can(conference: Conference, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control, on PostgreSQL: SQLite lets one writer in at a time, with or without it."""
    if connections["default"].vendor == "sqlite":
        pytest.skip("about row locks")
    monkeypatch.setattr(team.Conference.objects, "select_for_update", team.Conference.objects.all)
    remove_each_other(conference, two_organisers(conference), patience=60)
    assert Member.objects.count() == 0
