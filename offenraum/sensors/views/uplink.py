"""Where networks send messages: kept first, decoded later."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from offenraum.conference.queries import now_of
from offenraum.kit.group_commit import durable_together
from offenraum.sensors.actions.receiving import Incoming, receive_all
from offenraum.sensors.models import Network
from offenraum.sensors.queries import network_of
from offenraum.sensors.uplinks import MOST_BYTES, PARSERS, BadUplink, NotAnUplink, parse

HEADERS: Final = ("X-Offenraum-Secret", "X-Downlink-Apikey", "X-Api-Key", "X-Pin")


@csrf_exempt
@require_POST
def uplink(request: HttpRequest, slug: str, kind: str, secret: str = "") -> JsonResponse:
    """One request of a network. The secret stands in the address or in a header."""
    if kind not in PARSERS:
        return refused(404, "kind", "this kind of network is not known")
    network = network_of(slug=slug, kind=kind, secret=secret or secret_of(request))
    if network is None:
        return refused(404 if secret else 401, "secret", "this secret opens no network here")
    size = request.headers.get("Content-Length", "")
    if size.isdecimal() and int(size) > MOST_BYTES:
        return refused(413, "body", f"more than {MOST_BYTES} bytes")
    return taken(request, network)


def taken(request: HttpRequest, network: Network) -> JsonResponse:
    """2xx only after the messages are on disk."""
    received_at, body = now_of(network.conference), b""
    try:
        body = request.body
        uplinks = parse(network.kind, body, received_at=received_at, event=request.GET.get("event", ""))
    except NotAnUplink:
        return JsonResponse({"ignored": True})
    except BadUplink as error:
        return refused(413 if len(body) > MOST_BYTES else 422, error.field, error.reason)
    except UnreadablePostError:
        return refused(400, "body", "the message did not arrive whole")
    incoming = Incoming(network=network, uplinks=uplinks, body=body, received_at=received_at)
    kept = durable_together(receive_all, incoming)
    if kept.refused and not kept.new:
        return refused(404, "device", "not known here, and enough messages of unknown devices are kept")
    return JsonResponse(kept._asdict(), status=202 if kept.unknown else 200)


def secret_of(request: HttpRequest) -> str:
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer "):
        return bearer.removeprefix("Bearer ").strip()
    return next((request.headers[name] for name in HEADERS if name in request.headers), "")


def refused(status: int, field: str, reason: str) -> JsonResponse:
    return JsonResponse({"field": field, "reason": reason}, status=status)
