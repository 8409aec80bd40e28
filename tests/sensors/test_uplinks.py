from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from offenraum.sensors.uplinks import BadUplink, NotAnUplink, parse, time_of
from tests.sensors.samples import EUI, NOON, body, chirpstack, community, things_stack


def one(network: str, told: Any, *, event: str = "", at: datetime = NOON) -> Any:
    (uplink,) = parse(network, told if isinstance(told, bytes) else body(told), received_at=at, event=event)
    return uplink


def test_things_stack_is_read_with_the_networks_time() -> None:
    uplink = one("ttn", things_stack())
    assert (uplink.device, uplink.payload, uplink.f_port, uplink.f_cnt) == (EUI, b"\x0e\x10\x01\x05", 2, 7)
    assert uplink.sent_at == datetime(2018, 9, 4, 9, 59, 59, 900_000, tzinfo=UTC)
    assert uplink.decoded == {"distance": 261, "ok": True}


def test_missing_counter_is_zero_and_a_message_of_its_own() -> None:
    first, second = one("ttn", things_stack(0)), one("ttn", things_stack(1))
    assert (first.f_cnt, first.key == second.key) == (0, False)


def test_same_message_through_another_way_has_the_same_key() -> None:
    again = things_stack(correlation_ids=["other"], received_at="2018-09-04T11:00:00Z")
    assert one("ttn", things_stack()).key == one("ttn", again).key
    assert one("chirpstack", chirpstack()).key == one("chirpstack", chirpstack(rxInfo=[{"rssi": -90}])).key


def test_without_session_and_deduplication_the_bytes_decide() -> None:
    told = things_stack()
    del told["uplink_message"]["session_key_id"]
    assert one("ttn", told).key == one("ttn", told).key
    assert one("ttn", told).key != one("ttn", {**told, "received_at": "x"}).key
    assert one("chirpstack", chirpstack("")).key != one("chirpstack", chirpstack("", fCnt=5)).key


def test_chirpstack_is_read_and_other_events_are_left_alone() -> None:
    uplink = one("chirpstack", chirpstack(), event="up")
    assert (uplink.device, uplink.payload, uplink.f_port) == (EUI.lower(), b"\x01\x68\x44", 3)
    for told, event in ((chirpstack(), "join"), (chirpstack(), "status")):
        with pytest.raises(NotAnUplink):
            one("chirpstack", told, event=event)
    with pytest.raises(NotAnUplink):
        one("ttn", {"end_device_ids": {"device_id": "a"}, "join_accept": {}})


def test_box_of_sensor_community_counts_within_its_minute() -> None:
    uplink = one("luft", community())
    assert (uplink.device, uplink.decoded["SDS_P1"], uplink.sent_at) == ("1234567", "18.40", None)
    assert one("luft", community(), at=NOON + timedelta(seconds=20)).key == uplink.key
    assert one("luft", community(), at=NOON + timedelta(seconds=70)).key != uplink.key


def test_plain_json_and_csv_hold_several_messages() -> None:
    told = [{"device": "a", "time": "2018-09-04T10:00:00Z", "values": {"x": n}} for n in (1, 2, 1)]
    keys = [uplink.key for uplink in parse("json", body(told), received_at=NOON)]
    assert (keys[0] == keys[2], keys[0] == keys[1]) == (True, False)
    table = "\ufeffdevice;time;key;value\na;2018-09-04T10:00:00Z;x;1,5\na;2018-09-04T10:00:00Z;y;2\nb;;x;3\n"
    first, second = parse("csv", table.encode(), received_at=NOON)
    assert (first.device, first.decoded, second.device, second.sent_at) == ("a", {"x": "1,5", "y": "2"}, "b", None)


@pytest.mark.parametrize(
    ("network", "told", "field"),
    [
        ("ttn", b"", "body"), ("ttn", b"{", "body"), ("ttn", b"\xff\xfe", "body"), ("ttn", b"[" * 100_000, "body"),
        ("ttn", b"[]", "body"), ("ttn", {"uplink_message": {}}, "end_device_ids"),
        ("ttn", {"end_device_ids": {"device_id": ""}, "uplink_message": {}}, "device_id"),
        ("ttn", {"end_device_ids": {"device_id": "a" * 65}, "uplink_message": {}}, "device_id"),
        ("ttn", {"end_device_ids": {"device_id": "a"}, "uplink_message": {"frm_payload": "%%%"}}, "frm_payload"),
        ("ttn", {"end_device_ids": {"device_id": "a"}, "uplink_message": {"frm_payload": 7}}, "frm_payload"),
        ("ttn", {"end_device_ids": {"device_id": "\u00fc\ud800"}, "uplink_message": {}}, "device"),
        ("ttn", b'{"end_device_ids": {"device_id": "a"}, "uplink_message": {"f_cnt": 1e999}}', "f_cnt"),
        ("ttn", b'{"uplink_message": {"f_cnt": ' + b"9" * 5000 + b"}}", "body"),
        ("json", b"device: a\nvalues: {on: no}\n", "body"), ("json", b" " * 70_000 + b"{}", "body"),
        ("ttn", {"end_device_ids": {"device_id": "a"}, "uplink_message": {"f_cnt": -1}}, "f_cnt"),
        ("ttn", {"end_device_ids": {"device_id": "a"}, "uplink_message": {"f_cnt": 2**40}}, "f_cnt"),
        ("ttn", {"end_device_ids": {"device_id": "a"}, "uplink_message": {"f_port": True}}, "f_port"),
        ("ttn", {"end_device_ids": {"device_id": "a"}, "uplink_message": {"frm_payload": "A" * 2000}}, "frm_payload"),
        ("chirpstack", {"deviceInfo": []}, "deviceInfo"), ("chirpstack", {"deviceInfo": {}}, "devEui"),
        ("luft", {"esp8266id": "1"}, "sensordatavalues"), ("luft", {}, "sensor"),
        ("luft", {"esp8266id": "1", "sensordatavalues": [7]}, "sensordatavalues"),
        ("json", [], "body"), ("json", [7], "body"), ("json", {"device": "a"}, "values"),
        ("json", {"device": "a", "values": {}, "time": "gestern"}, "time"),
        ("json", [{"device": "a", "values": {}}] * 501, "body"),
        ("csv", b"\xff", "body"), ("csv", b"a;b\n1;2\n", "body"), ("csv", b"device;time;key;value\n", "body"),
        ("csv", b"device;time;key;value\n;;x;1\n", "device"),
    ],
)
def test_bad_message_names_its_field(network: str, told: Any, field: str) -> None:
    with pytest.raises(BadUplink) as refusal:
        one(network, told)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-09-04T10:00:00Z", NOON), ("2018-09-04T12:00:00.123456789+02:00", NOON.replace(microsecond=123456)),
        ("2018-09-04T10:00:00", NOON), ("gestern", None), ("", None), (7, None), ("9999-12-31T23:59:59-14:00", None),
    ],
)
def test_moments_are_read(text: object, moment: datetime | None) -> None:
    assert time_of(text) == moment
