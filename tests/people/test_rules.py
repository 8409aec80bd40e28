"""How long sign-ins and links last, which devices are known, and that reads and rules agree to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from offenraum.people.actions import (
    EmailTaken,
    LinkSpent,
    begin_sign_in,
    change_email,
    create_account,
    end_other_sign_ins,
    end_sign_in,
    issue_link,
    note_use,
    spend_link,
)
from offenraum.people.models import Account, SignIn, SignInLink
from offenraum.people.queries import (
    DEVICE_COOKIE,
    DEVICE_SALT,
    EMAIL_SALT,
    account_by_email,
    device_of,
    email_change_key,
    email_change_of,
    known_device,
    live_sign_ins,
    open_link,
)
from offenraum.people.rules import ACCOUNTS_ON_A_DEVICE, guess_bucket, is_due, is_live, remembered
from tests.people.sign_in import make_account

NOW = datetime(2026, 9, 4, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def ayse(db: None) -> Account:
    return make_account("Ayse", password=None)


LIVES = [
    (timedelta(), timedelta(), False, True),
    (DAY - SECOND, DAY - SECOND, False, True),
    (DAY, DAY, False, False),
    (14 * DAY - SECOND, timedelta(), False, True),
    (14 * DAY, timedelta(), False, False),
    (timedelta(), timedelta(), True, False),
]


@pytest.mark.parametrize(("signed_in", "seen", "is_ended", "expected"), LIVES)
def test_sign_in_lives_by_the_rule_exactly_where_the_list_shows_it(
    ayse: Account, signed_in: timedelta, seen: timedelta, is_ended: bool, expected: bool
) -> None:
    ended_at = NOW if is_ended else None
    begin_sign_in(account=ayse, now=NOW - signed_in)
    SignIn.objects.update(seen_at=NOW - seen, ended_at=ended_at)
    shown = live_sign_ins(account=ayse, now=NOW).exists()
    assert shown is is_live(signed_in_at=NOW - signed_in, seen_at=NOW - seen, ended_at=ended_at, now=NOW) is expected


@pytest.mark.parametrize(("minutes", "expected"), [(0, False), (14, False), (15, True), (60, True), (-5, False)])
def test_use_is_written_down_every_quarter_of_an_hour(minutes: int, expected: bool) -> None:
    assert is_due(seen_at=NOW - timedelta(minutes=minutes), now=NOW) is expected


@settings(max_examples=40)
@given(st.lists(st.integers(1, 9), max_size=30))
def test_device_remembers_the_last_accounts_each_once_the_newest_last(signed_in: list[int]) -> None:
    known: list[int] = []
    for account in signed_in:
        known = remembered(known, account)
    latest = list(dict.fromkeys(reversed(signed_in)))[:ACCOUNTS_ON_A_DEVICE]
    assert known == latest[::-1]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("Ayse@example.org ", ""), ("ayse@example.org", ""), True),
        (("ayse@example.org", "d1"), ("ayse@example.org", ""), False),
        (("ayse@example.org", "d1"), ("ayse@example.org", "d2"), False),
        (("ayse@example.org", ""), ("bernd@example.org", ""), False),
        (("b:c", "a"), ("c", "a:b"), True),
    ],
)
def test_guesses_count_together_for_one_account_on_one_device(
    one: tuple[str, str], other: tuple[str, str], is_same: bool
) -> None:
    buckets = [guess_bucket(subject=subject, device=device) for subject, device in (one, other)]
    assert (buckets[0] == buckets[1]) is is_same


def test_ending_sign_ins_keeps_the_first_end_and_leaves_other_accounts_alone(ayse: Account) -> None:
    bernd = make_account("Bernd", password=None)
    for account in (ayse, ayse, ayse, bernd):
        begin_sign_in(account=account, now=NOW)
    first, second, third, his = SignIn.objects.order_by("pk")
    end_sign_in(account=bernd, sign_in=first.pk, now=NOW)
    end_sign_in(account=ayse, sign_in=first.pk, now=NOW + SECOND)
    end_sign_in(account=ayse, sign_in=first.pk, now=NOW + DAY)
    assert [end_other_sign_ins(account=ayse, keep=second, now=NOW + DAY) for _ in range(2)] == [1, 0]
    note_use(sign_in=third, now=NOW + 2 * DAY)
    ends = dict(SignIn.objects.values_list("pk", "ended_at"))
    assert ends == {first.pk: NOW + SECOND, second.pk: None, third.pk: NOW + DAY, his.pk: None}
    third.refresh_from_db()
    assert third.seen_at == NOW
    assert end_other_sign_ins(account=ayse, keep=None, now=NOW) == 1


def test_new_sign_in_forgets_only_those_that_are_over(ayse: Account) -> None:
    for age in (15 * DAY, 14 * DAY, 14 * DAY - SECOND):
        SignIn.objects.create(account=ayse, key_hash=str(age), signed_in_at=NOW - age, seen_at=NOW)
    begin_sign_in(account=ayse, now=NOW)
    assert sorted(NOW - one.signed_in_at for one in SignIn.objects.all()) == [timedelta(), 14 * DAY - SECOND]


@pytest.mark.parametrize(("after", "opens"), [(timedelta(), True), (timedelta(minutes=30) - SECOND, True),
                                              (timedelta(minutes=30), False)])
def test_link_opens_for_half_an_hour(ayse: Account, after: timedelta, opens: bool) -> None:
    key = issue_link(account=ayse, leads_to="/konto", now=NOW)
    assert (open_link(key=key, now=NOW + after) is not None) is opens
    if opens:
        assert spend_link(key=key, now=NOW + after).leads_to == "/konto"
    with pytest.raises(LinkSpent):
        spend_link(key=key, now=NOW + after)


def test_new_link_leaves_open_ones_and_removes_old_ones(ayse: Account) -> None:
    keys = [issue_link(account=ayse, leads_to=f"/{n}", now=NOW - n * timedelta(minutes=20)) for n in (2, 1, 0)]
    assert [link and link.leads_to for link in (open_link(key=key, now=NOW) for key in keys)] == [None, "/1", "/0"]
    assert SignInLink.objects.count() == 2


def test_blocked_account_has_no_open_link_and_changes_no_address(ayse: Account) -> None:
    key, change = issue_link(account=ayse, leads_to="/", now=NOW), email_change_key(account=ayse, email="n@example.org")
    Account.objects.update(is_active=False)
    assert (open_link(key=key, now=NOW), email_change_of(change)) == (None, None)


@pytest.mark.parametrize("email", ["ayse@example.org", " AYSE@Example.org ", "Ayse@example.org"])
def test_address_belongs_to_one_account_however_it_is_written(ayse: Account, email: str) -> None:
    assert account_by_email(email) == ayse
    with pytest.raises(EmailTaken):
        create_account(email=email)


def test_account_without_password_is_entered_by_no_password(db: None) -> None:
    made = create_account(email=" Neu@Example.org ", name=" Neu ")
    assert (made.email, made.name, made.has_usable_password(), made.check_password("")) == (
        "neu@example.org", "Neu", False, False
    )


# Changing the address.


@pytest.mark.parametrize("value", [[1], [1, "a", "b", "c"], 7, None])
def test_signed_nonsense_changes_no_address(ayse: Account, value: object) -> None:
    key = signing.dumps(value, salt=EMAIL_SALT)
    assert email_change_of(key) is None
    with pytest.raises(LinkSpent):
        change_email(key=key)


def test_changed_address_ends_open_links_of_this_account_only(ayse: Account) -> None:
    bernd = make_account("Bernd", password=None)
    keys = {who.email: issue_link(account=who, leads_to="/", now=NOW) for who in (ayse, bernd)}
    EmailAddress.objects.create(user=bernd, email=bernd.email)
    assert change_email(key=email_change_key(account=ayse, email="neu@example.org")) == "ayse@example.org"
    assert [open_link(key=key, now=NOW) is not None for key in keys.values()] == [False, True]
    assert list(Account.objects.order_by("pk").values_list("email", flat=True)) == ["neu@example.org", bernd.email]
    assert EmailAddress.objects.count() == 1


def test_address_that_somebody_took_meanwhile_stays_theirs(ayse: Account) -> None:
    key = email_change_key(account=ayse, email="bernd@example.org")
    make_account("Bernd", password=None)
    with pytest.raises(EmailTaken):
        change_email(key=key)
    assert account_by_email("ayse@example.org") == ayse


# Known devices.


@pytest.mark.parametrize(
    ("signed", "salt", "expected"),
    [
        (["d1", 7, 8], DEVICE_SALT, ("d1", [7, 8])),
        (["d1"], DEVICE_SALT, ("d1", [])),
        ([], DEVICE_SALT, ("", [])),
        (7, DEVICE_SALT, ("", [])),
        (["d1", 7], "another salt", ("", [])),
    ],
)
def test_device_is_read_from_a_cookie_that_we_signed(
    signed: object, salt: str, expected: tuple[str, list[int]]
) -> None:
    request = RequestFactory().get("/")
    request.COOKIES[DEVICE_COOKIE] = signing.dumps(signed, salt=salt)
    assert device_of(request) == expected


def test_device_is_known_to_the_accounts_it_names(ayse: Account) -> None:
    request = RequestFactory().get("/")
    request.COOKIES[DEVICE_COOKIE] = signing.dumps(["d1", ayse.pk], salt=DEVICE_SALT)
    bernd = make_account("Bernd", password=None)
    assert [known_device(request=request, account=who) for who in (ayse, bernd, None)] == ["d1", "", ""]
