"""What a worker does with notices to other servers: signs, sends, tries again."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
from datetime import timedelta
from http.client import HTTPException
from typing import Final

from django.conf import settings
from django.utils import timezone

from offenraum.conference.actions.webhooks import note_answer
from offenraum.conference.models import Delivery
from offenraum.kit.outbound import Refused, post
from offenraum.kit.outbox import Kind, cancel, fail

MOST_TRIES: Final = 8
FIRST_PAUSE: Final = timedelta(minutes=1)
"""Twice as long each time: eight tries take two hours."""


def deliver(delivery: Delivery) -> None:
    """Send a notice. Whatever is no 2xx is tried again; redirects are not followed."""
    webhook = delivery.webhook
    if webhook.ended_at is not None:
        cancel(delivery, now=timezone.now())
        return
    status, error = answer_of(delivery, webhook.address, webhook.secret)
    note_answer(delivery=delivery, status=status)
    if error:
        fail(delivery, error=error, now=timezone.now(), kind=DELIVERING)


def answer_of(delivery: Delivery, address: str, secret: str) -> tuple[int | None, str]:
    """The status of the answer and what is wrong with it; empty when it was taken."""
    body, networks = body_of(delivery), [ipaddress.ip_network(one) for one in settings.WEBHOOK_NETWORKS]
    try:
        status, said = post(address, body, headers=headers_of(delivery, body, secret), allowed=networks)
    except Refused as error:
        return None, str(error)
    except (OSError, HTTPException) as error:
        return None, f"{type(error).__name__}: {error}"
    if 200 <= status < 300:
        return status, ""
    what = "redirects are not followed" if 300 <= status < 400 else " ".join(said.split())[:120]
    return status, f"{status} {what}".strip()


def body_of(delivery: Delivery) -> bytes:
    """The same in each try."""
    return json.dumps(delivery.told, ensure_ascii=False, sort_keys=True).encode()


def headers_of(delivery: Delivery, body: bytes, secret: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json", "User-Agent": "Offenraum", "Connection": "close",
        "Offenraum-Event": delivery.event, "Offenraum-Delivery": str(delivery.pk),
        "Offenraum-Signature": signature(body, secret, at=int(timezone.now().timestamp())),
    }


def signature(body: bytes, secret: str, *, at: int) -> str:
    """`t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hexadecimal>`."""
    mark = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mark}"


DELIVERING: Final = Kind(
    model=Delivery, run=deliver, lost_after=timedelta(minutes=2), most_tries=MOST_TRIES, retry_after=FIRST_PAUSE
)
