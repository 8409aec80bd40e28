"""From the network's request to the page and the open data, through the real addresses."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from offenraum.conference.models import Conference
from offenraum.market.actions.stands import make_stand
from offenraum.sensors.actions.decoding import decode_new
from offenraum.sensors.actions.devices import keep_channel, keep_codec, keep_device, make_network, take_history
from offenraum.sensors.actions.receiving import MOST_UNKNOWN, Incoming, Kept, receive_all
from offenraum.sensors.models import Channel, Codec, Device, Message, Network, Reading, Rollup
from offenraum.sensors.sandbox import Sandbox
from offenraum.sensors.uplinks import parse
from tests.builders import text_of
from tests.market.conftest import ayse, conference  # noqa: F401
from tests.sensors.samples import EUI, NOON, body, chirpstack, community, things_stack

CODEC = "function decodeUplink(i) { return { data: { distance: (i.bytes[2] << 8) | i.bytes[3] } } }"
SANDBOX = Sandbox()


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Any:
    yield
    SANDBOX.close()


def made(conference: Conference, kind: str = "ttn") -> tuple[Network, str]:  # noqa: F811
    return make_network(conference=conference, name=f"Netz {kind}", kind=kind, now=NOON)


def device_in(network: Network, **told: Any) -> Device:
    return keep_device(device=Device(
        conference=network.conference, network=network, **{"identity": EUI, "name": "Pegel", **told}
    ))


def level_of(device: Device, **told: Any) -> Channel:
    channel = Channel(device=device, **{
        "key": "distance", "name": "Wasserstand", "unit": "cm", "formula": "350 - x", "low": 0, "high": 350,
        "decimals": 0, "warn": 160, "alarm": 200, **told,
    })
    keep_channel(channel=channel)
    return channel


def send(kind: str, secret: str, told: Any, slug: str = "kogk18", query: str = "") -> Any:
    return Client().post(
        f"/{slug}/sensoren/uplink/{kind}{query}", told if isinstance(told, bytes) else body(told),
        content_type="application/json", headers={"authorization": f"Bearer {secret}"},
    )


def decode_all() -> None:
    while decode_new(SANDBOX):
        pass


@pytest.mark.django_db
@pytest.mark.postgres
def test_uplink_reaches_page_raw_view_and_open_data(conference: Conference) -> None:  # noqa: F811
    network, secret = made(conference)
    codec = Codec(conference=conference, name="Ultraschall", source=CODEC)
    keep_codec(codec=codec)
    device = device_in(network, decoder="codec", codec=codec, latitude=50.9, longitude=6.9, place="=Brücke")
    channel = level_of(device)
    stand = make_stand(conference=conference, title="Pegel am Bach", email="", now=NOON)
    stand.device = device
    stand.save()
    kept = send("ttn", secret, things_stack(received_at=NOON.isoformat())).json()
    assert kept == {"new": 1, "known": 0, "unknown": 0, "refused": 0}
    decode_all()
    channel.refresh_from_db()
    assert (channel.value, Reading.objects.count(), Rollup.objects.count()) == (89.0, 1, 3)
    page = f"/{conference.slug}/sensoren/{device.number}"
    german = Client(headers={"accept-language": "de"})
    for address in (page, stand.address):
        assert "Wasserstand 89 cm Im üblichen Bereich" in text_of(german.get(address))
    raw = text_of(german.get(f"{page}/roh"))
    assert "0e 10 01 05" in raw
    assert "Ultraschall 1" in raw
    rows = list(csv.DictReader(io.StringIO(b"".join(german.get(f"{page}/daten.csv")).decode())))
    assert [(row["channel"], row["unit"], row["value"]) for row in rows] == [("Wasserstand", "cm", "89.0")]
    told = json.loads(b"".join(german.get(f"{page}/daten.json")))
    assert (told["licence"], told["codec"], told["readings"][0]["value"]) == ("CC BY 4.0", "Ultraschall 1", 89.0)
    assert german.get(f"{page}/ort.geojson").json()["geometry"]["coordinates"] == [6.9, 50.9]
    assert german.get(f"{page}/datapackage.json").json()["licenses"][0]["title"] == "CC BY 4.0"
    assert german.get(f"{page}/daten.xml").status_code == 404


@pytest.mark.django_db
@pytest.mark.postgres
def test_shuffled_replays_lose_nothing_and_double_nothing(conference: Conference) -> None:  # noqa: F811
    network, secret = made(conference)
    device = device_in(network)
    level_of(device)
    moments = [NOON - timedelta(minutes=n) for n in range(30)]
    messages = [
        things_stack(n, received_at=moment.isoformat(), uplink_message={
            **things_stack(n)["uplink_message"], "received_at": moment.isoformat(),
            "decoded_payload": {"distance": 200 + n},
        })
        for n, moment in enumerate(moments) if n % 7
    ]
    for turn in range(3):
        shuffled = messages * 2
        random.Random(turn).shuffle(shuffled)
        for message in shuffled[: len(shuffled) // (2 - turn % 2)]:
            assert send("ttn", secret, message).status_code == 200
        decode_all()
    assert Message.objects.count() == Reading.objects.count() == len(messages)
    assert sum(Rollup.objects.filter(seconds=600).values_list("count", flat=True)) == len(messages)
    newest = Channel.objects.get()
    assert (newest.value, newest.measured_at) == (149.0, moments[1])


@pytest.mark.django_db
def test_late_wrong_and_implausible_values_never_become_the_current_one(conference: Conference) -> None:  # noqa: F811
    network, secret = made(conference, "json")
    device = device_in(network, identity="a")
    channel = level_of(device, formula="", high=300)
    sent = [("2018-09-04T10:30:00Z", 100), ("2018-09-04T09:00:00Z", 50), ("2018-09-04T10:40:00Z", 3600),
            ("2018-09-04T10:50:00Z", "NaN"), ("2018-09-04T10:51:00Z", "1e999"), ("2018-09-04T10:52:00Z", None)]
    for time, value in sent:
        told = {"device": "a", "time": time, "values": {"distance": value, "a": float("nan")}}
        assert send("json", secret, told).status_code == 200
    decode_all()
    channel.refresh_from_db()
    assert (channel.value, Reading.objects.filter(is_plausible=False).get().value) == (100, 3600)
    assert "3600,0" in text_of(Client(headers={"accept-language": "de"}).get(f"/{conference.slug}/sensoren/1/roh"))
    send("json", secret, {"device": "a", "time": "1970-01-01T00:00:00Z", "values": {"distance": 120}})
    decode_all()
    channel.refresh_from_db()
    assert channel.value == 120


@pytest.mark.django_db
@pytest.mark.postgres
def test_bad_requests_are_refused_with_field_and_reason(conference: Conference) -> None:  # noqa: F811
    network, secret = made(conference)
    device_in(network)
    wrong = [
        send("ttn", "falsch", things_stack()), send("json", secret, {}), send("ttn", secret, things_stack(), slug="x"),
        send("mqtt", secret, {}), send("ttn", secret, b"x" * 70_000), send("ttn", secret, b"{"),
        send("ttn", secret, b"\x00\xff"), Client().get(f"/{conference.slug}/sensoren/uplink/ttn"),
        send("ttn", secret, b"x" * 10_000_000), send("ttn", secret, told_with(frm_payload="kein base64!")),
    ]
    assert [answer.status_code for answer in wrong] == [401, 401, 401, 404, 413, 422, 422, 405, 413, 422]
    assert wrong[5].json() == {"field": "body", "reason": "this is no JSON"}
    assert wrong[9].json() == {"field": "frm_payload", "reason": "this is no base64"}
    assert send("ttn", secret, {"join_accept": {}, "end_device_ids": {}}).json() == {"ignored": True}
    assert Message.objects.count() == 0
    address = f"/{conference.slug}/sensoren/uplink/ttn/{secret}"
    assert Client().post(address, body(things_stack()), content_type="application/json").status_code == 200


def told_with(**more: Any) -> dict[str, Any]:
    told = things_stack()
    return {**told, "uplink_message": {**told["uplink_message"], **more}}


@pytest.mark.django_db
@pytest.mark.postgres
def test_traps_in_what_a_network_has_decoded_become_no_values(conference: Conference) -> None:  # noqa: F811
    network, secret = made(conference)
    level_of(device_in(network), formula="", low=None, high=None)
    deep: Any = 7
    for _ in range(60):
        deep = {"a": deep}
    traps: dict[str, Any] = {
        "distance": 5, "__proto__": {"distance": 9}, "constructor": 1, "\ud800": 2, "\x00": 3, "n" * 81: 4,
        "deep": deep,
        "no": "no", "on": True, "text": "=1+1", "big": 10**400, "huge": "1e999", "nan": "NaN", "list": [[1], {"x": 2}],
    }
    assert send("ttn", secret, told_with(decoded_payload=traps)).status_code == 200
    decode_all()
    result = Message.objects.get().result
    assert result == {
        "distance": 5, "__proto__.distance": 9, "constructor": 1, "on": 1, "list.0.0": 1, "list.1.x": 2,
    }
    assert Channel.objects.get().value == 5
    assert Client().get(f"/{conference.slug}/sensoren/1/roh").status_code == 200


@pytest.mark.django_db
def test_all_that_a_device_has_sent_is_decoded_again_on_request(
    conference: Conference, ayse: Client  # noqa: F811
) -> None:
    network, secret = made(conference)
    channel = level_of(device_in(network))
    for count in (1, 2, 3):
        send("ttn", secret, things_stack(count))
    decode_all()
    Reading.objects.all().delete()
    Channel.objects.update(value=None)
    answer = ayse.post(f"/{conference.slug}/regie/sensoren/geraet/1/nochmal", follow=True)
    assert "3 Nachrichten werden neu dekodiert" in text_of(answer)
    decode_all()
    channel.refresh_from_db()
    assert (channel.value, Reading.objects.count(), Rollup.objects.get(seconds=3600).count) == (89.0, 3, 3)


@pytest.mark.django_db
def test_unknown_device_is_kept_shown_to_organisers_and_adopted(
    conference: Conference, ayse: Client  # noqa: F811
) -> None:
    network, secret = made(conference, "chirpstack")
    assert send("chirpstack", secret, chirpstack(), query="?event=up").status_code == 202
    desk = f"/{conference.slug}/regie/sensoren"
    assert EUI.lower() in text_of(ayse.get(desk))
    form = {"network": network.pk, "identity": EUI, "name": "Boden", "decoder": "cayenne", "silent_minutes": 60}
    assert ayse.post(f"{desk}/geraet", {**form, "decoder": "codec"}).status_code == 422
    assert ayse.post(f"{desk}/geraet", form).status_code == 302
    assert ayse.post(f"{desk}/geraet", form).status_code == 422
    decode_all()
    assert Message.objects.get().result == {"humidity_1": 34.0}
    value = {"key": "humidity_1", "name": "Feuchte", "unit": "%", "decimals": 0, "warn": 40, "alarm": 20}
    assert ayse.post(f"{desk}/geraet/1/wert", {**value, "formula": "x **9"}).status_code == 422
    assert ayse.post(f"{desk}/geraet/1/wert", {**value, "low": 5, "high": 5}).status_code == 422
    assert ayse.post(f"{desk}/geraet/1/wert", value).status_code == 302
    decode_all()
    shown = text_of(Client(headers={"accept-language": "de"}).get(f"/{conference.slug}/sensoren/1"))
    assert "Feuchte 34 % Achtung" in shown


@pytest.mark.django_db
def test_box_of_sensor_community_is_read(conference: Conference) -> None:  # noqa: F811
    network, secret = made(conference, "luft")
    device = device_in(network, identity="1234567")
    keep_channel(channel=Channel(device=device, key="SDS_P1", name="PM10", unit="µg/m³"))
    send("luft", secret, community())
    decode_all()
    assert Channel.objects.get().value == 18.4


@pytest.mark.django_db
def test_codec_is_previewed_kept_as_a_version_and_decodes_again(
    conference: Conference, ayse: Client  # noqa: F811
) -> None:
    network, secret = made(conference)
    desk = f"/{conference.slug}/regie/sensoren/codec"
    wrong = CODEC.replace("bytes[2]", "bytes[0]").replace("bytes[3]", "bytes[1]")
    ayse.post(desk, {"name": "Pegel", "source": wrong})
    codec = Codec.objects.get()
    device = device_in(network, decoder="codec", codec=codec)
    channel = level_of(device, formula="")
    send("ttn", secret, things_stack())
    decode_all()
    assert Reading.objects.get().is_plausible is False
    preview = ayse.post(f"{desk}/{codec.pk}", {"name": "Pegel", "source": f"\t// neu\n{CODEC}", "preview": "1"})
    assert "distance : 261" in text_of(preview)
    assert Codec.objects.get().version == 1
    assert ayse.post(f"{desk}/{codec.pk}", {"name": "Pegel", "source": CODEC}).status_code == 302
    decode_all()
    channel.refresh_from_db()
    assert (channel.value, Codec.objects.get().version, Reading.objects.count()) == (261.0, 2, 1)
    assert Message.objects.get().decoded_by == "Pegel 2"
    hostile = ayse.post(f"{desk}/{codec.pk}", {"name": "Pegel", "source": "while (1) {}", "preview": "1"})
    assert "interrupted" in text_of(hostile)


@pytest.mark.django_db
def test_history_is_taken_once_and_pages_ask_the_same_number_of_questions(conference: Conference) -> None:  # noqa: F811
    network, _secret = made(conference)
    device = device_in(network)
    channel = level_of(device)
    page = f"/{conference.slug}/sensoren/{device.number}"

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            Client().get(page)
        return len(seen)

    take_history(channel=channel, rows=[(NOON, 200)])
    before = count()
    rows = [(NOON - timedelta(minutes=10 * n), 200.0 + n % 20) for n in range(300)]
    assert [take_history(channel=channel, rows=rows) for _ in range(2)] == [299, 0]
    assert count() == before
    assert len(re.findall("<polyline", Client().get(page).content.decode())) == 2


@pytest.mark.django_db
def test_network_shows_its_secret_once_and_can_be_blocked(
    conference: Conference, ayse: Client  # noqa: F811
) -> None:
    desk = f"/{conference.slug}/regie/sensoren"
    shown = ayse.post(f"{desk}/netz", {"name": "Stadt", "kind": "json"}).content.decode()
    secret = re.findall(r"uplink/json/([\w-]+)<", shown)[0]
    assert secret not in ayse.get(desk).content.decode()
    told = {"device": "a", "values": {"x": 1}}
    assert send("json", secret, told).status_code == 202
    ayse.post(f"{desk}/netz/{Network.objects.get().pk}/sperren")
    assert send("json", secret, told).status_code == 401


@pytest.mark.django_db
@pytest.mark.postgres
def test_requests_that_wait_are_kept_together_each_with_its_own_answer(conference: Conference) -> None:  # noqa: F811
    networks = [made(conference, kind)[0] for kind in ("ttn", "json")]
    device_in(networks[0])

    def arrived(network: Network, told: Any) -> Incoming:
        return Incoming(network, parse(network.kind, body(told), received_at=NOON), b"", NOON)

    first, other = arrived(networks[0], things_stack(3)), arrived(networks[1], {"device": "x", "values": {}, "id": "7"})
    assert receive_all([first, first, other]) == [Kept(1, 0, 0), Kept(0, 1, 0), Kept(1, 0, 1)]
    Message.objects.bulk_create(
        Message(
            network=networks[1], identity="x", key=f"{n}", body=b"", payload=b"", received_at=NOON, measured_at=NOON,
            state="unknown",
        )
        for n in range(MOST_UNKNOWN)
    )
    assert receive_all([arrived(networks[1], {"device": "y", "values": {}})]) == [Kept(0, 0, 0, 1)]
    assert Message.objects.filter(identity="y").count() == 0
