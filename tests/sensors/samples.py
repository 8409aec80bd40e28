"""Messages as networks send them, written after their documentation."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

NOON = datetime(2018, 9, 4, 10, 0, tzinfo=UTC)
EUI = "70B3D57ED0000001"


def things_stack(count: int = 7, payload: bytes = b"\x0e\x10\x01\x05", **more: Any) -> dict[str, Any]:
    """The Things Stack leaves out a counter of zero."""
    counted = {"f_cnt": count} if count else {}
    return {
        "end_device_ids": {"device_id": "pegel-1", "application_ids": {"application_id": "stadt"}, "dev_eui": EUI},
        "correlation_ids": ["as:up:01"], "received_at": "2018-09-04T10:00:00.123456789Z",
        "uplink_message": {
            "session_key_id": "AXA50tHUSg+fw6cZgB6w3w==", "f_port": 2, **counted,
            "frm_payload": base64.b64encode(payload).decode(), "decoded_payload": {"distance": 261, "ok": True},
            "rx_metadata": [{"gateway_ids": {"gateway_id": "dach"}, "rssi": -80}],
            "received_at": "2018-09-04T09:59:59.9Z",
        },
        **more,
    }


def chirpstack(known: str = "3ac7e3c4-4401-4b8d-9386-a5c902f9202d", **more: Any) -> dict[str, Any]:
    return {
        "deduplicationId": known, "time": "2018-09-04T10:00:00.5+00:00",
        "deviceInfo": {"tenantName": "Kreis", "applicationName": "Boden", "deviceName": "Linde", "devEui": EUI.lower()},
        "devAddr": "00189440", "adr": True, "fCnt": 4, "fPort": 3, "data": base64.b64encode(b"\x01\x68\x44").decode(),
        **more,
    }


def community(value: str = "18.40", **more: Any) -> dict[str, Any]:
    return {
        "esp8266id": "1234567", "software_version": "NRZ-2020-133",
        "sensordatavalues": [
            {"value_type": "SDS_P1", "value": value}, {"value_type": "SDS_P2", "value": "nan"},
            {"value_type": "samples", "value": "5021300"},
        ],
        **more,
    }


def body(told: Any) -> bytes:
    return json.dumps(told).encode()
