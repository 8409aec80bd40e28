"""Addresses below /<conference>/anmeldung."""

from __future__ import annotations

from django.urls import path

from offenraum.registration.views import own, registering

urlpatterns = [
    path("", registering.registration, name="registration"),
    path("/danke", registering.done, name="registration_done"),
    path("/einladung/<str:secret>", registering.invited, name="registration_invited"),
    path("/mein/<str:secret>", own.key, name="registration_key"),
    path("/mein/<str:secret>/seite", own.own, name="registration_own"),
    path("/mein/<str:secret>/bestaetigen", own.confirm, name="registration_confirm"),
    path("/mein/<str:secret>/absagen", own.cancel, name="registration_cancel"),
    path("/mein/<str:secret>/loeschen", own.forget, name="registration_forget"),
]
