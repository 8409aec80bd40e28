"""Addresses below /<conference>/platz and /<conference>/checkin."""

from __future__ import annotations

from django.urls import path

from offenraum.seats.views import checkin, keys

urlpatterns = [
    path("", keys.seat, name="seat"),
    path("/geraet", keys.open_seat, name="seat_open"),
    path("/abmelden", keys.leave, name="seat_leave"),
    path("/ticket", keys.ticket, name="ticket"),
    path("/ticket.pdf", keys.ticket_print, name="ticket_print"),
    path("/<str:secret>", keys.key, name="seat_key"),
]
checkin_patterns = [
    path("", checkin.page, name="checkin"),
    path("/gast", checkin.guest, name="checkin_guest"),
    path("/zurueck", checkin.undo, name="checkin_undo"),
    path("/liste.json", checkin.roll, name="checkin_roll"),
]
