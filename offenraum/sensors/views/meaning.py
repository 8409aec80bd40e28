"""What bytes mean, at the desk: values of devices, codecs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from offenraum.conference.queries.access import Access, desk_access
from offenraum.conference.rules import Duty
from offenraum.kit.group_commit import durable
from offenraum.sensors.actions.devices import drop_channel, keep_channel, keep_codec
from offenraum.sensors.forms import ChannelForm, CodecForm
from offenraum.sensors.models import Channel, Codec
from offenraum.sensors.preview import previewed
from offenraum.sensors.queries import raw_messages
from offenraum.sensors.views.desk import device_of, shown


@never_cache
@require_http_methods(["GET", "POST"])
def new_channel(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    return channel_page(request, access, Channel(device=device_of(access, number)))


@never_cache
@require_http_methods(["GET", "POST"])
def channel(request: HttpRequest, slug: str, number: int, channel: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    found = device_of(access, number)
    return channel_page(request, access, get_object_or_404(Channel, device=found, pk=channel))


def channel_page(request: HttpRequest, access: Access, found: Channel) -> HttpResponse:
    form = ChannelForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        durable(keep_channel, channel=form.instance)
        messages.success(request, _("Saved. All messages of the device are calculated anew."))
        return redirect("sensors_device", access.conference.slug, found.device.number)
    newest = raw_messages(found.device, most=1).first()
    context = shown(access) | {"form": form, "device": found.device, "channel": found, "newest": newest}
    return render(request, "sensors/channel-form.html", context, status=422 if form.errors else 200)


@require_POST
def remove_channel(request: HttpRequest, slug: str, number: int, channel: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    rows = Channel.objects.select_related("device__conference")
    durable(drop_channel, channel=get_object_or_404(rows, device=device_of(access, number), pk=channel))
    return redirect("sensors_device", slug, number)


@never_cache
@require_http_methods(["GET", "POST"])
def new_codec(request: HttpRequest, slug: str) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    return codec_page(request, access, Codec(conference=access.conference))


@never_cache
@require_http_methods(["GET", "POST"])
def codec(request: HttpRequest, slug: str, codec: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    return codec_page(request, access, get_object_or_404(Codec, conference=access.conference, pk=codec))


def codec_page(request: HttpRequest, access: Access, found: Codec) -> HttpResponse:
    """Edit a codec; the preview runs what was typed over the last ten messages and keeps nothing."""
    form = CodecForm(request.POST or None, instance=found)
    is_previewed = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not is_previewed:
        durable(keep_codec, codec=form.instance)
        messages.success(request, _("Saved. Devices with this codec are decoded anew."))
        return redirect("sensors_desk", access.conference.slug)
    is_run = is_previewed and form.is_valid()
    rows = previewed(access.conference, found, source=form.cleaned_data["source"]) if is_run else []
    context = shown(access) | {"form": form, "codec": found if found.pk else None, "rows": rows, "is_run": is_run}
    return render(request, "sensors/codec-form.html", context, status=422 if form.errors else 200)
