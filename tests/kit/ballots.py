"""A ballot box that answers as the contract of the vote island says, and remembers every request."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token


@dataclass
class Box:
    """What the server knows, what it was asked, and what it refuses or holds back."""

    interests: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, int, str]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    seat: int | None = 7
    gate: threading.Event = field(default_factory=threading.Event)
    stand_gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()
        self.stand_gate.set()


BOX = Box()


def stand(request: HttpRequest) -> HttpResponse:
    answer = {"seat": BOX.seat, "interests": dict(BOX.interests), "csrf": get_token(request)}
    assert BOX.stand_gate.wait(20)
    return JsonResponse(answer)


def interest(request: HttpRequest, topic: int) -> HttpResponse:
    if "weight" not in request.POST:
        return HttpResponse(f"Thema {request.POST['topic']}")
    name, weight = str(topic), int(request.POST["weight"])
    BOX.asked.append((name, weight, request.POST["key"]))
    assert BOX.gate.wait(20)
    if name in BOX.closed:
        return JsonResponse({"error": "Die Abstimmung ist beendet."}, status=409)
    BOX.interests[name] = weight
    return JsonResponse({"weight": weight})
