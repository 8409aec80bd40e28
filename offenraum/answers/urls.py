"""Addresses below /<conference>/fragen, and those of the question desk's editor."""

from __future__ import annotations

from django.urls import path

from offenraum.answers.views import desk, public

urlpatterns = [
    path("", public.ask, name="ask"),
    path("/kiosk", public.kiosk, name="ask_kiosk"),
    path("/antwort.json", public.answer_json, name="ask_json"),
    path("/einbetten", public.embed, name="ask_embed"),
    path("/einbetten.js", public.widget, name="ask_widget"),
    path("/urteil", public.judge, name="ask_judge"),
    path("/leistung/<int:service>", public.service, name="service"),
]
desk_patterns = [
    path("", desk.questions, name="ask_desk"),
    path("/wort", desk.new_synonym, name="ask_new_synonym"),
    path("/wort/<int:synonym>/entfernen", desk.drop_synonym, name="ask_drop_synonym"),
    path("/antwort", desk.new_pin, name="ask_new_pin"),
    path("/antwort/<int:pin>", desk.pin, name="ask_pin"),
    path("/antwort/<int:pin>/entfernen", desk.drop_pin, name="ask_drop_pin"),
    path("/frage/<int:question>/erledigt", desk.settle, name="ask_settle"),
    path("/leistungen", desk.take_services, name="ask_take_services"),
    path("/leistungen/entfernen", desk.drop_services, name="ask_drop_services"),
]
