"""Sensors at the desk: networks and devices."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access, desk_access
from offenraum.conference.rules import Duty
from offenraum.kit.group_commit import durable
from offenraum.sensors.actions.decoding import decode_again
from offenraum.sensors.actions.devices import drop_station, end_network, keep_device, keep_station, make_network
from offenraum.sensors.forms import DeviceForm, NetworkForm, StationForm
from offenraum.sensors.models import Codec, Device, Network, Station
from offenraum.sensors.queries import devices_of, raw_messages, unknown_devices


@never_cache
@require_GET
def sensors(request: HttpRequest, slug: str) -> HttpResponse:
    """Networks, devices, who sends without being known."""
    return desk_page(request, desk_access(request, slug, Duty.ORGANISE), NetworkForm())


def desk_page(
    request: HttpRequest, access: Access, form: NetworkForm, network: Network | None = None, secret: str = ""
) -> HttpResponse:
    conference = access.conference
    context = shown(access) | {
        "networks": Network.objects.filter(conference=conference), "devices": devices_of(conference), "form": form,
        "unknown": unknown_devices(conference), "codecs": Codec.objects.filter(conference=conference),
        "secret": secret, "made": network, "address": f"{settings.ADDRESS}/{conference.slug}/sensoren/uplink/",
    }
    return render(request, "sensors/desk.html", context, status=422 if form.errors else 200)


def shown(access: Access) -> dict[str, object]:
    return {"conference": access.conference, "access": access, "page": "organise"}


@never_cache
@require_POST
def new_network(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a network and show its secret, this once."""
    access = desk_access(request, slug, Duty.ORGANISE)
    form = NetworkForm(request.POST)
    if not form.is_valid():
        return desk_page(request, access, form)
    network, secret = durable(
        make_network, conference=access.conference, now=now_of(access.conference), **form.cleaned_data
    )
    return desk_page(request, access, NetworkForm(), network, secret)


@require_POST
def block_network(request: HttpRequest, slug: str, network: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    found = get_object_or_404(Network, conference=access.conference, pk=network)
    durable(end_network, network=found, now=now_of(access.conference))
    return redirect("sensors_desk", slug)


@never_cache
@require_http_methods(["GET", "POST"])
def new_device(request: HttpRequest, slug: str) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    return device_page(request, access, Device(conference=access.conference))


@never_cache
@require_http_methods(["GET", "POST"])
def device(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    return device_page(request, access, device_of(access, number))


def device_of(access: Access, number: int) -> Device:
    return get_object_or_404(devices_of(access.conference), number=number)


def device_page(
    request: HttpRequest, access: Access, found: Device, typed: StationForm | None = None
) -> HttpResponse:
    asked = {name: request.GET[name] for name in ("network", "identity") if name in request.GET}
    data = None if typed else request.POST or None
    form = DeviceForm(data, instance=found, conference=access.conference, initial=asked)
    if data is not None and form.is_valid():
        kept = durable(keep_device, device=form.instance)
        messages.success(request, _("Saved."))
        return redirect("sensors_device", access.conference.slug, kept.number)
    rows = [(one, bytes(one.payload).hex(" ")) for one in raw_messages(found)] if found.pk else []
    context = shown(access) | {
        "form": form, "device": found if found.pk else None, "rows": rows, "faulty": typed or form,
        "station_form": typed or (StationForm(instance=station_of(found), auto_id="t_%s") if found.pk else None),
    }
    return render(request, "sensors/device-form.html", context, status=422 if form.errors or typed else 200)


@require_POST
def station(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask a public station for a device, or stop asking."""
    access = desk_access(request, slug, Duty.ORGANISE)
    found = device_of(access, number)
    if "stop" in request.POST:
        durable(drop_station, device=found)
        return redirect("sensors_device", slug, number)
    form = StationForm(request.POST, instance=station_of(found), auto_id="t_%s")
    if not form.is_valid():
        return device_page(request, access, found, form)
    durable(keep_station, station=form.instance)
    messages.success(request, _("Saved."))
    return redirect("sensors_device", slug, number)


def station_of(found: Device) -> Station:
    return Station.objects.filter(device=found).first() or Station(device=found)


@require_POST
def again(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Decode all that a device ever sent, anew."""
    access = desk_access(request, slug, Duty.ORGANISE)
    count = durable(decode_again, device=device_of(access, number))
    messages.success(request, _("%(count)d messages are decoded again.") % {"count": count})
    return redirect("sensors_device", slug, number)
