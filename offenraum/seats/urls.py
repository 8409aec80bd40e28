"""Addresses below /<conference>/platz."""

from __future__ import annotations

from django.urls import path

from offenraum.seats import views

urlpatterns = [
    path("", views.seat, name="seat"),
    path("/geraet", views.open_seat, name="seat_open"),
    path("/abmelden", views.leave, name="seat_leave"),
    path("/<str:secret>", views.key, name="seat_key"),
]
