"""Signing in: password, second step, known devices, one-time links, ending a sign-in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import BoundedSemaphore

import pytest
from allauth.account import app_settings as account_settings
from allauth.core.internal.ratelimit import parse_rates
from allauth.mfa import app_settings as mfa_settings
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from offenraum.people import adapter
from offenraum.people.actions import LinkSpent, issue_link, spend_link
from offenraum.people.hashers import SmallArgon2PasswordHasher
from offenraum.people.models import Account, Attempt, SignIn
from tests.conftest import HASHING
from tests.people.sign_in import PASSWORD, code_now, letters, make_account, post_password, set_up_app, sign_in

pytestmark = pytest.mark.django_db

WRONG = "Sonnenschein am Marktplatz"
LIMIT = 10


@pytest.fixture
def ayse() -> Account:
    return make_account("Ayse")


def test_sign_in_with_the_right_password_leads_to_the_conferences(ayse: Account) -> None:
    response = Client().post("/konto/anmelden", {"login": "AYSE@example.org", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/konto")


def test_sign_in_leads_on_to_the_page_asked_for_but_to_no_other_site(ayse: Account) -> None:
    entered = {"login": ayse.email, "password": PASSWORD}
    asked = Client().post("/konto/anmelden?next=/kogk18/regie/team", entered)
    assert asked["Location"] == "/kogk18/regie/team"
    assert Client().post("/konto/anmelden?next=https://example.com/", entered)["Location"] == "/konto"


@pytest.mark.parametrize("email", ["ayse@example.org", "nobody@example.org"])
def test_sign_in_says_the_same_for_a_wrong_password_and_an_unknown_account(ayse: Account, email: str) -> None:
    page = Client().post("/konto/anmelden", {"login": email, "password": WRONG}).content.decode()
    assert "Die E-Mail-Adresse oder das Passwort stimmt nicht." in page


def test_password_is_stored_as_argon2id(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, cost in HASHING.items():
        monkeypatch.setattr(SmallArgon2PasswordHasher, name, cost)
    ayse = make_account()
    assert ayse.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert identify_hasher(ayse.password).algorithm == "argon2"


def test_no_rate_counts_an_address() -> None:
    named = account_settings.RATE_LIMITS | mfa_settings.RATE_LIMITS
    assert {rate.per for rates in named.values() for rate in parse_rates(rates)} == {"key", "user"}


def fail(client: Client, email: str, times: int) -> str:
    """Guess wrongly, with another password each time; returns the last page."""
    for number in range(times):
        page = client.post("/konto/anmelden", {"login": email, "password": f"{WRONG} {number}"})
    return page.content.decode()


def test_wrong_guesses_are_throttled_per_account_wherever_they_come_from(ayse: Account) -> None:
    for number in range(LIMIT):
        post_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), ayse.email, f"{WRONG} {number}")
    assert "Zu viele Versuche für dieses Konto" in fail(Client(REMOTE_ADDR="198.51.100.7"), ayse.email, 1)
    assert post_password(Client(), ayse.email) == 200


def test_wrong_guesses_against_one_account_leave_others_of_the_same_address_alone(ayse: Account) -> None:
    bernd = make_account("Bernd")
    fail(Client(), ayse.email, LIMIT + 1)
    assert post_password(Client(), bernd.email) == 302


def test_flood_of_other_guesses_does_not_wipe_a_count(ayse: Account) -> None:
    fail(Client(), ayse.email, LIMIT)
    for number in range(400):
        cache.set(f"flood-{number}", [1.0], 600)
    assert post_password(Client(), ayse.email) == 200


def test_counts_are_forgotten_when_their_time_is_over(ayse: Account) -> None:
    fail(Client(), ayse.email, LIMIT)
    Attempt.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert post_password(Client(), ayse.email) == 302
    assert Attempt.objects.filter(expires__lt=timezone.now()).count() == 0


def guess_at_once(email: str) -> int:
    """Eight strangers guess as fast as they can; how many of their forty passwords were looked at."""

    def guess(stranger: int) -> int:
        client, seen = Client(), 0
        for number in range(5):
            entered = {"login": email, "password": f"{WRONG} {stranger} {number}"}
            seen += "Passwort stimmt nicht" in client.post("/konto/anmelden", entered).content.decode()
        connections.close_all()
        return seen

    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(guess, range(8)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_strangers_at_once_are_throttled_together(ayse: Account) -> None:
    assert 0 < guess_at_once(ayse.email) <= LIMIT


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@override_settings(ACCOUNT_RATE_LIMITS=settings.ACCOUNT_RATE_LIMITS | {"login_failed": None})
def test_without_the_limit_more_would_be_looked_at(ayse: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: it is the count that holds them, not the turns."""
    monkeypatch.setattr(adapter, "STRANGERS", BoundedSemaphore(8))
    assert guess_at_once(ayse.email) > LIMIT


def test_page_that_does_not_ask_who_is_there_does_not_look(
    ayse: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(ayse)
    with django_assert_max_num_queries(0):
        assert client.get("/konto/passwort/vergessen").status_code == 200


def test_known_device_is_not_locked_out_by_the_failures_of_others(ayse: Account) -> None:
    known = Client()
    assert post_password(known, ayse.email) == 302
    known.post("/konto/abmelden")
    fail(Client(), ayse.email, LIMIT + 1)
    assert post_password(Client(), ayse.email) == 200
    assert post_password(known, ayse.email) == 302


def test_without_its_cookie_the_device_is_a_stranger_and_locked_out(ayse: Account) -> None:
    """The negative control: it is the cookie that keeps the door open."""
    known = Client()
    assert post_password(known, ayse.email) == 302
    known.post("/konto/abmelden")
    del known.cookies["geraet"]
    fail(Client(), ayse.email, LIMIT + 1)
    assert post_password(known, ayse.email) == 200


def test_known_device_is_throttled_by_its_own_failures(ayse: Account) -> None:
    known = Client()
    post_password(known, ayse.email)
    known.post("/konto/abmelden")
    assert "Zu viele Versuche für dieses Konto" in fail(known, ayse.email, LIMIT + 1)
    assert post_password(Client(), ayse.email) == 302


def test_device_is_known_to_its_own_account_only(ayse: Account) -> None:
    bernd = make_account("Bernd")
    known_to_bernd = Client()
    post_password(known_to_bernd, bernd.email)
    known_to_bernd.post("/konto/abmelden")
    fail(Client(), ayse.email, LIMIT + 1)
    assert post_password(known_to_bernd, ayse.email) == 200


@pytest.mark.parametrize("value", ["", "x", "WzFd:1tXYZ:abc", "ä" * 50])
def test_forged_device_cookie_is_a_strangers(ayse: Account, value: str) -> None:
    forger = Client()
    forger.cookies["geraet"] = value
    fail(Client(), ayse.email, LIMIT + 1)
    assert post_password(forger, ayse.email) == 200


def test_second_step_is_not_locked_for_a_known_device_by_others_who_know_the_password(ayse: Account) -> None:
    secret = set_up_app(ayse)
    known, thief = Client(), Client()
    post_password(known, ayse.email)
    codes = (code_now(secret, later=-1) for _ in range(2))  # the half minute may end on the way
    assert any("Location" in known.post("/konto/anmelden/code", {"code": code}).headers for code in codes)
    known.post("/konto/abmelden")
    post_password(thief, ayse.email)
    for number in range(LIMIT + 1):
        page = thief.post("/konto/anmelden/code", {"code": f"{number:06}"}).content.decode()
    assert "Zu viele Versuche" in page
    assert thief.post("/konto/anmelden/code", {"code": code_now(secret)}).status_code == 200
    post_password(known, ayse.email)
    assert known.post("/konto/anmelden/code", {"code": code_now(secret, later=1)})["Location"] == "/konto"


def test_code_works_once(ayse: Account) -> None:
    secret, code = set_up_app(ayse), ""
    for expected in ("/konto", None):
        client = Client()
        post_password(client, ayse.email)
        code = code or code_now(secret)
        assert client.post("/konto/anmelden/code", {"code": code}).headers.get("Location") == expected


def test_flood_of_strangers_leaves_turns_for_known_devices(ayse: Account) -> None:
    known = Client()
    post_password(known, ayse.email)
    known.post("/konto/abmelden")
    taken = [adapter.STRANGERS.acquire(blocking=False) for _ in range(2)]
    try:
        page = Client().post("/konto/anmelden", {"login": ayse.email, "password": PASSWORD}).content.decode()
        assert "Gerade melden sich viele an." in page
        assert post_password(known, ayse.email) == 302
    finally:
        for _ in taken:
            adapter.STRANGERS.release()
    assert taken == [True, True]


def test_second_factor_secret_is_encrypted_at_rest(ayse: Account) -> None:
    secret = set_up_app(ayse)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = str(cursor.fetchone()[0])
    assert secret not in stored


def test_opening_a_link_signs_nobody_in_and_pressing_its_button_does(ayse: Account) -> None:
    client, key = Client(), issue_link(account=ayse, leads_to="/kogk18/regie/", now=timezone.now())
    page = client.get(f"/konto/einmal/{key}")
    assert (page.status_code, "Jetzt anmelden" in page.content.decode()) == (200, True)
    assert client.get("/konto")["Location"] == "/konto/anmelden?next=%2Fkonto"
    assert client.post(f"/konto/einmal/{key}")["Location"] == "/kogk18/regie/"
    assert client.get("/konto").status_code == 200


def test_link_works_once_and_not_after_its_time(ayse: Account) -> None:
    now = timezone.now()
    key = issue_link(account=ayse, leads_to="/konto", now=now)
    late = issue_link(account=ayse, leads_to="/konto", now=now - timedelta(hours=1))
    assert Client().post(f"/konto/einmal/{key}").status_code == 302
    gone = [Client().post(f"/konto/einmal/{spent}").status_code for spent in (key, late, "unknown", "%00%ff")]
    assert gone == [410, 410, 410, 410]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_a_link_at_once_one_gets_in(ayse: Account) -> None:
    now = timezone.now()
    key = issue_link(account=ayse, leads_to="/konto", now=now)

    def spend(_: int) -> bool:
        try:
            spend_link(key=key, now=now)
        except LinkSpent:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(spend, range(8))) == [False] * 7 + [True]


def test_link_does_not_replace_the_second_factor(ayse: Account) -> None:
    secret = set_up_app(ayse)
    client, key = Client(), issue_link(account=ayse, leads_to="/konto", now=timezone.now())
    assert client.post(f"/konto/einmal/{key}")["Location"] == "/konto/anmelden/code"
    assert client.get("/konto").status_code == 302
    assert client.post("/konto/anmelden/code", {"code": code_now(secret)})["Location"] == "/konto"


def test_signing_out_ends_a_copied_cookie_too(ayse: Account) -> None:
    client, copy = sign_in(ayse), Client()
    copy.cookies["sitzung"] = client.cookies["sitzung"].value
    assert copy.get("/konto").status_code == 200
    client.post("/konto/abmelden")
    assert copy.get("/konto").status_code == 302


@pytest.mark.parametrize(("seen", "since", "expected"), [(23, 23, 200), (25, 25, 302), (1, 14 * 24 + 1, 302)])
def test_sign_in_ends_after_a_day_unused_and_after_two_weeks(
    ayse: Account, seen: int, since: int, expected: int
) -> None:
    client, now = sign_in(ayse), timezone.now()
    SignIn.objects.update(seen_at=now - timedelta(hours=seen), signed_in_at=now - timedelta(hours=since))
    assert client.get("/konto").status_code == expected


def test_use_keeps_a_sign_in_alive(ayse: Account) -> None:
    client, before = sign_in(ayse), timezone.now() - timedelta(hours=20)
    SignIn.objects.update(seen_at=before)
    client.get("/konto")
    assert SignIn.objects.get().seen_at > before + timedelta(hours=19)


def test_security_page_signs_other_browsers_out(ayse: Account) -> None:
    here, there, elsewhere = sign_in(ayse), sign_in(ayse), sign_in(ayse)
    page = here.get("/konto/sicherheit").content.decode()
    assert page.count("Dort abmelden") == 2
    there_id = SignIn.objects.order_by("pk")[1].pk
    here.post(f"/konto/sicherheit/abmelden/{there_id}")
    assert [client.get("/konto").status_code for client in (here, there, elsewhere)] == [200, 302, 200]
    here.post("/konto/sicherheit/abmelden")
    assert [client.get("/konto").status_code for client in (here, there, elsewhere)] == [200, 302, 302]


def test_nobody_signs_out_the_browser_of_another(ayse: Account) -> None:
    hers, hers_id = sign_in(ayse), SignIn.objects.get().pk
    sign_in(make_account("Dirk")).post(f"/konto/sicherheit/abmelden/{hers_id}")
    assert hers.get("/konto").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_app_ends_sign_ins_without_it_and_shows_recovery_codes(ayse: Account) -> None:
    other, client = sign_in(ayse), sign_in(ayse)
    page = client.get("/konto/zweiter-schritt/app?next=/kogk18/regie/")
    secret = page.context["form"].secret
    done = client.post("/konto/zweiter-schritt/app?next=/kogk18/regie/", {"code": code_now(secret)})
    assert done["Location"] == "/konto/zweiter-schritt/codes?next=%2Fkogk18%2Fregie%2F"
    codes = client.get(done["Location"])
    assert (len(codes.context["unused_codes"]), codes.context["way_on"]) == (10, "/kogk18/regie/")
    assert other.get("/konto").status_code == 302
    assert [letter.subject for letter in letters()] == ["App für den zweiten Schritt eingerichtet"]


def test_recovery_code_replaces_the_app_once(ayse: Account) -> None:
    client = sign_in(ayse)
    secret = client.get("/konto/zweiter-schritt/app").context["form"].secret
    client.post("/konto/zweiter-schritt/app", {"code": code_now(secret)})
    code = client.get("/konto/zweiter-schritt/codes").context["unused_codes"][0]
    statuses = []
    for _ in range(2):
        lost_phone = Client()
        post_password(lost_phone, ayse.email)
        statuses.append(lost_phone.post("/konto/anmelden/code", {"code": code}).status_code)
    assert statuses == [302, 200]


def test_reset_by_letter_sets_a_password_signs_in_and_makes_the_device_known(ayse: Account) -> None:
    client = Client()
    assert client.post("/konto/passwort/vergessen", {"email": "Ayse@Example.org"}).status_code == 302
    (letter,) = letters()
    address = next(line for line in letter.text.splitlines() if "/konto/passwort/neu/" in line)
    form = client.get(address.removeprefix(settings.ADDRESS))
    done = client.post(form["Location"], {"password1": WRONG, "password2": WRONG})
    assert (done["Location"], "geraet" in client.cookies) == ("/konto", True)
    fail(Client(), ayse.email, LIMIT + 1)
    client.post("/konto/abmelden")
    assert post_password(client, ayse.email, WRONG) == 302
    assert "abgelaufen" in Client().get(address.removeprefix(settings.ADDRESS)).content.decode()


def test_reset_tells_nobody_whether_there_is_an_account_and_sends_few_letters(ayse: Account) -> None:
    asked = (ayse.email, "nobody@example.org")
    pages = [Client().post("/konto/passwort/vergessen", {"email": email}) for email in asked]
    assert [page["Location"] for page in pages] == ["/konto/passwort/vergessen/gesendet"] * 2
    for _ in range(5):
        last = Client().post("/konto/passwort/vergessen", {"email": ayse.email})
    assert (last.status_code, len(letters())) == (429, 3)


def test_password_must_be_long_and_uncommon(ayse: Account) -> None:
    client = sign_in(ayse)
    entered = {"oldpassword": PASSWORD, "password1": "kurz", "password2": "kurz"}
    page = client.post("/konto/passwort", entered).content.decode()
    assert "Es muss mindestens 12 Zeichen enthalten." in page


def test_new_password_ends_the_other_sign_ins(ayse: Account) -> None:
    other, client = sign_in(ayse), sign_in(ayse)
    client.post("/konto/passwort", {"oldpassword": PASSWORD, "password1": WRONG, "password2": WRONG})
    assert [browser.get("/konto").status_code for browser in (client, other)] == [200, 302]


def test_blocked_account_is_signed_out_and_does_not_get_in(ayse: Account) -> None:
    client = sign_in(ayse)
    Account.objects.update(is_active=False)
    assert client.get("/konto").status_code == 302
    refused = Client().post("/konto/anmelden", {"login": ayse.email, "password": PASSWORD})
    assert refused["Location"] == "/konto/gesperrt"


def test_there_is_no_sign_up() -> None:
    for path in ("signup", "registrieren", "anmelden/signup", "email", "2fa/webauthn/login/"):
        assert Client().get(f"/konto/{path}").status_code == 404


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_letter_names_no_host_that_is_not_ours(ayse: Account) -> None:
    assert Client(HTTP_HOST="evil.example").post("/konto/passwort/vergessen", {"email": ayse.email}).status_code == 400
    assert letters() == []
