"""Addresses below /<conference>/sensoren, and those of sensors at the desk."""

from __future__ import annotations

from django.urls import path

from offenraum.sensors.views import desk, meaning, public, uplink

urlpatterns = [
    path("", public.sensors, name="sensors"),
    path("/uplink/<slug:kind>", uplink.uplink, name="uplink"),
    path("/uplink/<slug:kind>/<str:secret>", uplink.uplink, name="uplink_secret"),
    path("/codec/<int:codec>", public.codec, name="sensor_codec"),
    path("/<int:number>", public.sensor, name="sensor"),
    path("/<int:number>/roh", public.raw, name="sensor_raw"),
    path("/<int:number>/<str:name>", public.file, name="sensor_file"),
]
desk_patterns = [
    path("", desk.sensors, name="sensors_desk"),
    path("/netz", desk.new_network, name="sensors_new_network"),
    path("/netz/<int:network>/sperren", desk.block_network, name="sensors_block"),
    path("/geraet", desk.new_device, name="sensors_new_device"),
    path("/geraet/<int:number>", desk.device, name="sensors_device"),
    path("/geraet/<int:number>/nochmal", desk.again, name="sensors_again"),
    path("/geraet/<int:number>/station", desk.station, name="sensors_station"),
    path("/geraet/<int:number>/wert", meaning.new_channel, name="sensors_new_channel"),
    path("/geraet/<int:number>/wert/<int:channel>", meaning.channel, name="sensors_channel"),
    path("/geraet/<int:number>/wert/<int:channel>/entfernen", meaning.remove_channel, name="sensors_remove_channel"),
    path("/codec", meaning.new_codec, name="sensors_new_codec"),
    path("/codec/<int:codec>", meaning.codec, name="sensors_codec"),
]
