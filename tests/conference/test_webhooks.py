"""Notices to other servers: a real receiver takes, refuses and redirects; nothing goes into private networks."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client
from django.utils import timezone

from offenraum.conference.actions.webhooks import KEPT, add_webhook, end_webhook, notify
from offenraum.conference.models import Conference, Delivery, Webhook
from offenraum.conference.tasks.webhooks import DELIVERING, signature
from offenraum.kit.outbound import Refused, check, fit, looked_up, post
from offenraum.kit.outbox import serve_one
from offenraum.project.options import OptionsError, read_options
from tests.builders import publish, text_of
from tests.day import NOON, make_conference, make_member, make_topic, set_clock
from tests.people.sign_in import sign_in

LOOPBACK = [ipaddress.ip_network("127.0.0.0/8")]


@dataclass
class Receiver:
    """A server on this machine that remembers what it was sent and answers as it is told."""

    answers: list[int] = field(default_factory=list)
    seen: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    told = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.seen.append((dict(self.headers), body))
            self.send_response(told.answers.pop(0) if told.answers else 204)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_parts: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.address = f"http://localhost:{server.server_port}/notices?x=1"
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def conference(db: None, settings: object) -> Conference:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]  # type: ignore[attr-defined]
    return make_conference()


def work() -> int:
    """What a worker does until nothing is due any more."""
    done = 0
    while serve_one(DELIVERING, worker="here:1", now=timezone.now):
        done += 1
    return done


def told_of(receiver: Receiver) -> list[dict[str, object]]:
    return [json.loads(body) for _headers, body in receiver.seen]


@pytest.mark.postgres
def test_topic_and_edition_are_told_with_a_signature(conference: Conference, receiver: Receiver) -> None:
    events = ["edition_published", "topic_proposed"]
    secret = add_webhook(conference=conference, address=receiver.address, events=events, now=NOON)
    topic = make_topic(conference, "Offene Haushalte")
    publish(conference, {topic: (1, 1)})
    assert work() == 3
    assert [(one["event"], one.get("title"), one.get("edition")) for one in told_of(receiver)] == [
        ("ping", None, None), ("topic_proposed", "Offene Haushalte", None), ("edition_published", None, 1),
    ]
    for headers, body in receiver.seen:
        at, _comma, given = headers["Offenraum-Signature"].partition(",")
        mark = hmac.new(secret.encode(), at.removeprefix("t=").encode() + b"." + body, hashlib.sha256).hexdigest()
        assert given == f"v1={mark}"
    assert len({headers["Offenraum-Delivery"] for headers, _body in receiver.seen}) == 3
    assert {(one.state, one.status, one.error) for one in Delivery.objects.all()} == {("done", 204, "")}


def test_only_what_was_asked_for_is_told_and_nothing_of_a_rehearsal(conference: Conference, receiver: Receiver) -> None:
    add_webhook(conference=conference, address=receiver.address, events=["edition_published"], now=NOON)
    make_topic(conference)
    set_clock(conference, NOON)
    publish(conference, {make_topic(conference, "Anderes"): (1, 1)})
    assert work() == 1
    assert [one["event"] for one in told_of(receiver)] == ["ping"]


@pytest.mark.parametrize(("answer", "error"), [(500, "500"), (302, "302 redirects are not followed"), (404, "404")])
def test_other_answers_are_tried_again_later(
    conference: Conference, receiver: Receiver, answer: int, error: str
) -> None:
    receiver.answers = [answer]
    add_webhook(conference=conference, address=receiver.address, events=[], now=NOON)
    assert work() == 1
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.status, waiting.error) == ("queued", answer, error)
    assert waiting.due_at > timezone.now()
    Delivery.objects.update(due_at=NOON)
    assert work() == 1
    assert (Delivery.objects.get().state, len(receiver.seen)) == ("done", 2)
    assert receiver.seen[0][1] == receiver.seen[1][1]


def test_after_the_last_try_it_is_given_up(conference: Conference) -> None:
    add_webhook(conference=conference, address="http://127.0.0.1:9/", events=[], now=NOON)
    for _ in range(DELIVERING.most_tries):
        Delivery.objects.update(due_at=NOON)
        work()
    given_up = Delivery.objects.get()
    assert (given_up.state, given_up.tries, given_up.status) == ("failed", DELIVERING.most_tries, None)
    assert "Refused" in given_up.error


def test_address_that_was_ended_is_told_nothing(conference: Conference, receiver: Receiver) -> None:
    add_webhook(conference=conference, address=receiver.address, events=["topic_proposed"], now=NOON)
    end_webhook(webhook=Webhook.objects.get(), now=NOON)
    make_topic(conference)
    assert work() == 0
    assert receiver.seen == []


def test_log_remembers_so_many(conference: Conference) -> None:
    add_webhook(conference=conference, address="https://www.example.org/", events=["edition_published"], now=NOON)
    Delivery.objects.bulk_create(
        Delivery(webhook=Webhook.objects.get(), event="ping", told={}, created_at=NOON, due_at=NOON, state="done")
        for _ in range(KEPT + 20)
    )
    notify(conference=conference, event="edition_published", facts={}, now=NOON)
    assert Delivery.objects.filter(state="done").count() == KEPT
    assert Delivery.objects.filter(state="queued").count() == 2


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "224.0.0.1", "100.64.0.1",  # noqa: S104
     "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
     "2002:7f00:1::", "2001:0:7f00:1::", "ff02::1"],
)
def test_private_addresses_are_refused(address: str) -> None:
    with pytest.raises(Refused):
        check(ipaddress.ip_address(address), "https", [])


def test_public_addresses_are_taken_encrypted_and_named_networks_as_they_are() -> None:
    for public in ("8.8.8.8", "2606:4700::1111"):
        check(ipaddress.ip_address(public), "https", [])
        with pytest.raises(Refused):
            check(ipaddress.ip_address(public), "http", [])
    check(ipaddress.ip_address("127.0.0.1"), "http", LOOPBACK)
    check(ipaddress.ip_address("::ffff:127.0.0.1"), "http", LOOPBACK)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "0"])
def test_other_ways_to_write_a_private_address_are_refused(receiver: Receiver, host: str) -> None:
    port = receiver.address.rpartition(":")[2].partition("/")[0]
    with pytest.raises(Refused):
        post(f"http://{host}:{port}/", b"{}", headers={}, allowed=[])
    assert receiver.seen == []


@pytest.mark.parametrize(
    "address",
    ["", "www.example.org", "ftp://example.org", "https://", "https://user:pw@example.org", "https://example.org:0",
     "https://example.org:99999", "https://exa mple.org", "https://example.org/\r\nX: y", "file:///etc/passwd",
     "https://[::1", "https://münchen.de/"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        fit(address)


def test_name_without_address_is_refused() -> None:
    with pytest.raises(Refused):
        looked_up("nirgends.invalid", 443)


def test_signature_is_of_time_and_body() -> None:
    assert signature(b"{}", "geheim", at=1) == (
        "t=1,v1=" + hmac.new(b"geheim", b"1.{}", hashlib.sha256).hexdigest()
    )


def test_operator_names_networks_and_wrong_ones_stop_the_start() -> None:
    given = {"OFFENRAUM_WEBHOOK_NETWORKS": "10.3.0.0/16, 192.0.2.7/32"}
    assert read_options(given).webhook_networks == ["10.3.0.0/16", "192.0.2.7/32"]
    with pytest.raises(OptionsError, match="WEBHOOK_NETWORKS"):
        read_options({"OFFENRAUM_WEBHOOK_NETWORKS": "10.3.0.1/16"})


def test_organiser_sees_the_secret_once_and_the_log(conference: Conference, receiver: Receiver) -> None:
    browser = sign_in(
        make_member(conference, "organiser"), second_factor=True, client=Client(headers={"accept-language": "de"})
    )
    path = "/kogk18/regie/einrichten/webhooks"
    typed = {"address": receiver.address, "events": ["topic_proposed"]}
    shown = browser.post(path, typed)
    secret = Webhook.objects.get().secret
    assert secret in shown.content.decode()
    assert work() == 1
    page = browser.get(path)
    assert secret not in page.content.decode()
    assert "1 Versuch · 204" in text_of(page)
    for wrong in ({"address": "ftp://x"}, {"address": receiver.address, "events": ["alles"]}, {}):
        assert browser.post(path, wrong).status_code == 422
    assert Webhook.objects.count() == 1
    browser.post(f"{path}/{Webhook.objects.get().pk}/beenden")
    assert Webhook.objects.get().ended_at is not None
