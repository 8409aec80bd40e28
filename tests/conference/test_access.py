"""Who gets to the desk: by account and role, by a helper's key, never into another conference."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from offenraum.conference.actions.decisions import Decider, keep_decision
from offenraum.conference.actions.team import add_member, issue_helper_key, revoke_helper_key
from offenraum.conference.models import Conference, HelperKey, Member
from offenraum.conference.queries.access import HELPER_SESSION_KEY, Access, access_of, desk_access
from offenraum.conference.rules import Duty, Role
from offenraum.people.actions import create_account
from offenraum.people.models import Account
from offenraum.people.queries import SignInNeeded
from tests.day import NOON, make_conference, set_clock
from tests.people.sign_in import make_account, sign_in

pytestmark = pytest.mark.django_db
TEAM = "/kogk18/regie/team"


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference("kogk18"), NOON)


@pytest.fixture
def other() -> Conference:
    return make_conference("other")


def member(conference: Conference, role: str, name: str) -> Account:
    account = make_account(name)
    add_member(conference=conference, account=account, role=role)
    return account


def asking(account: Account | None = None, **session: object) -> HttpRequest:
    """A request as it reaches a view, of an account or of nobody."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.session.update(session)
    request.user = account or AnonymousUser()
    return request


def with_key(conference: Conference, key: str) -> HttpRequest:
    return asking(**{HELPER_SESSION_KEY: {str(conference.pk): key}})


def test_moderator_has_access_to_her_own_conference(conference: Conference) -> None:
    ayse = member(conference, Role.MODERATOR, "Ayse")
    access = desk_access(asking(ayse), "kogk18", Duty.MODERATE)
    assert (access.conference, access.role, access.name) == (conference, Role.MODERATOR, "Ayse")


def test_stranger_of_another_conference_is_told_nothing(conference: Conference, other: Conference) -> None:
    dirk = member(other, Role.ORGANISER, "Dirk")
    with pytest.raises(Http404):
        desk_access(asking(dirk), "kogk18", Duty.HANDS)


def test_nobody_is_sent_to_sign_in_and_an_unknown_conference_is_not_found(conference: Conference) -> None:
    with pytest.raises(SignInNeeded):
        desk_access(asking(), "kogk18", Duty.HANDS)
    with pytest.raises(Http404):
        desk_access(asking(), "unknown", Duty.HANDS)


def test_moderator_does_not_organise(conference: Conference) -> None:
    with pytest.raises(PermissionDenied):
        desk_access(asking(member(conference, Role.MODERATOR, "Ayse")), "kogk18", Duty.ORGANISE)


def test_helpers_key_opens_the_duties_of_a_helper_for_its_day(conference: Conference) -> None:
    key = issue_helper_key(conference=conference, name="Tisch 2", expires_at=NOON + timedelta(hours=9), now=NOON)
    helping = HelperKey.objects.get()
    request = with_key(conference, key)
    assert access_of(request, conference) == Access(conference, Role.HELPER, "Tisch 2", helper_key=helping)
    with pytest.raises(PermissionDenied):
        desk_access(request, "kogk18", Duty.MODERATE)
    set_clock(conference, NOON + timedelta(hours=9))
    with pytest.raises(SignInNeeded):
        desk_access(with_key(conference, key), "kogk18", Duty.HANDS)


def test_revoked_key_and_key_of_another_conference_open_nothing(conference: Conference, other: Conference) -> None:
    later = timezone.now() + timedelta(days=1)
    revoked = issue_helper_key(conference=conference, name="a", expires_at=later, now=NOON)
    foreign = issue_helper_key(conference=other, name="b", expires_at=later, now=NOON)
    revoke_helper_key(conference=conference, helper_key=HelperKey.objects.get(name="a").pk, now=NOON)
    assert [access_of(with_key(conference, key), conference) for key in (revoked, foreign, "x")] == [None] * 3


def test_organiser_is_led_through_the_second_factor_and_back(conference: Conference) -> None:
    account = member(conference, Role.ORGANISER, "Ayse")
    without = sign_in(account)
    assert without.get(TEAM)["Location"] == "/konto/zweiter-schritt/app?next=%2Fkogk18%2Fregie%2Fteam"
    assert sign_in(account, second_factor=True).get(TEAM).status_code == 200
    assert without.get(TEAM)["Location"] == "/konto/bestaetigen/code?next=%2Fkogk18%2Fregie%2Fteam"


def test_moderator_needs_no_second_factor(conference: Conference) -> None:
    client = sign_in(member(conference, Role.MODERATOR, "Ayse"))
    assert client.get(TEAM).status_code == 403


def test_ended_sign_in_is_led_to_the_sign_in_page_and_a_script_is_told(conference: Conference) -> None:
    client = sign_in(member(conference, Role.ORGANISER, "Ayse"), second_factor=True)
    Account.objects.get().sign_ins.update(ended_at=timezone.now())
    led = client.post(f"{TEAM}/einladen", headers={"Referer": "http://testserver/kogk18/regie/team"})
    assert led["Location"] == "/konto/anmelden?next=%2Fkogk18%2Fregie%2Fteam"
    told = client.post(f"{TEAM}/einladen", headers={"Sec-Fetch-Mode": "cors"})
    assert (told.status_code, told.json()) == (
        401, {"error": "Ihre Anmeldung ist beendet. Bitte melden Sie sich wieder an."}
    )


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/kogk18/regie/team", "/kogk18/regie/team"), ("", "/"), ("http://[x", "/"),
        ("http://testserver", "/"),
    ],
)
def test_way_back_after_a_form_is_the_page_it_was_on(conference: Conference, referer: str, back: str) -> None:
    led = Client().post(f"{TEAM}/einladen", headers={"Referer": referer})
    assert led["Location"] == f"/konto/anmelden?{urlencode({'next': back})}"


def test_account_without_a_name_acts_under_as_much_of_its_address_as_is_kept(conference: Conference) -> None:
    account = create_account(email=f"{'a' * 64}@{'b' * 60}.example.org", password=None)
    add_member(conference=conference, account=account, role=Role.MODERATOR)
    access = desk_access(asking(account), "kogk18", Duty.MODERATE)
    by = Decider(conference=conference, name=access.name, role=access.role, account_id=account.pk, now=NOON)
    kept = keep_decision(by=by, verb="test", facts={})
    assert (kept.made_by, len(kept.made_by)) == (account.email[:80], 80)


TEAM_ROUTES = [
    ("GET", ""), ("POST", "/einladen"), ("POST", "/einladung/1/zurueckziehen"), ("POST", "/1/rolle"),
    ("POST", "/1/entfernen"), ("POST", "/schluessel"), ("POST", "/schluessel/1/sperren"),
]


@pytest.mark.parametrize(("method", "path"), TEAM_ROUTES)
def test_team_is_for_organisers_of_this_conference_only(
    conference: Conference, other: Conference, method: str, path: str
) -> None:
    helper = Client()
    key = issue_helper_key(conference=conference, name="a", expires_at=NOON + timedelta(hours=9), now=NOON)
    helper.post(f"/kogk18/regie/helfen/{key}")
    askers = {
        "anonymous": Client(),
        "helper": helper,
        "moderator": sign_in(member(conference, Role.MODERATOR, "Ayse")),
        "organiser of another": sign_in(member(other, Role.ORGANISER, "Dirk"), second_factor=True),
    }
    statuses = {name: client.generic(method, TEAM + path).status_code for name, client in askers.items()}
    assert statuses == {"anonymous": 302, "helper": 403, "moderator": 403, "organiser of another": 404}


def test_ids_of_another_conference_are_not_touched(conference: Conference, other: Conference) -> None:
    organiser = sign_in(member(conference, Role.ORGANISER, "Ayse"), second_factor=True)
    foreign = Member.objects.get(account=member(other, Role.MODERATOR, "Dirk"))
    issue_helper_key(conference=other, name="b", expires_at=NOON, now=NOON)
    foreign_key = HelperKey.objects.get()
    organiser.post(f"{TEAM}/{foreign.pk}/rolle", {"role": "organiser"})
    organiser.post(f"{TEAM}/{foreign.pk}/entfernen")
    organiser.post(f"{TEAM}/schluessel/{foreign_key.pk}/sperren")
    foreign.refresh_from_db()
    foreign_key.refresh_from_db()
    assert (foreign.role, foreign_key.revoked_at) == ("moderator", None)
