"""Addresses below /<conference>/markt, and those of the market at the desk."""

from __future__ import annotations

from django.urls import path

from offenraum.market.views import desk, exhibitor, public, votes

urlpatterns = [
    path("", public.market, name="market"),
    path("/plan.pdf", public.market_plan, name="market_plan"),
    path("/abstimmung/<int:vote>", votes.vote, name="dot_vote"),
    path("/schluessel/<str:key>", exhibitor.with_key, name="stand_key"),
    path("/<int:number>", public.stand, name="stand"),
    path("/<int:number>/wunsch", public.wish_stand, name="stand_wish"),
    path("/<int:number>/kontakt", public.contact, name="stand_contact"),
    path("/<int:number>/kontakt/zurueck", public.contact_back, name="stand_contact_back"),
    path("/<int:number>/frage", public.question, name="stand_ask"),
    path("/<int:number>/frage/<int:question>", public.question_report, name="stand_question"),
    path("/<int:number>/frage/<int:question>/verbergen", public.question_hide, name="stand_question_hide"),
    path("/<int:number>/frage/<int:question>/antwort", exhibitor.answer_question, name="stand_answer"),
    path("/<int:number>/demo/<int:demo>", public.demo, name="stand_demo"),
    path("/<int:number>/demo/<int:demo>/entfernen", exhibitor.remove_demo, name="stand_demo_remove"),
    path("/<int:number>/melden", public.stand_report, name="stand_report"),
    path("/<int:number>/mein", exhibitor.own, name="stand_own"),
    path("/<int:number>/aendern", exhibitor.edit, name="stand_edit"),
    path("/<int:number>/bild", exhibitor.add_picture, name="stand_picture"),
    path("/<int:number>/bild/<int:medium>/entfernen", exhibitor.remove_picture, name="stand_picture_remove"),
    path("/<int:number>/demos", exhibitor.add_demo, name="stand_demos"),
    path("/<int:number>/thema", exhibitor.to_topic, name="stand_topic"),
    path("/<int:number>/kontakte.csv", exhibitor.contacts, name="stand_contacts"),
    path("/<int:number>/tischkarte.pdf", exhibitor.table_card, name="stand_card"),
]
desk_patterns = [
    path("", desk.market, name="market_desk"),
    path("/stand", desk.new_stand, name="market_new_stand"),
    path("/<int:number>/brief", desk.send_letter, name="market_letter"),
    path("/<int:number>/sperren", desk.block_keys, name="market_block"),
    path("/<int:number>/verbergen", desk.hide, name="market_hide"),
    path("/<int:number>/platz", desk.place, name="market_place"),
    path("/plan", desk.plan, name="market_floor"),
    path("/abstimmung", desk.new_vote, name="market_new_vote"),
    path("/abstimmung/<int:vote>", desk.vote_state, name="market_vote"),
    path("/meldung/<int:report>", desk.settle_report, name="market_settle"),
    path("/tischkarten.pdf", desk.table_cards, name="market_cards"),
]
