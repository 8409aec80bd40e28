"""Addresses of the desk, below /<conference>/regie/."""

from __future__ import annotations

from django.urls import path

from offenraum.desk.views import ballots, day, editions, log, notices, overview, plan, proposal, seats, stream, topics
from offenraum.desk.views import round as rounds

app_name = "desk"
urlpatterns = [
    path("", overview.page, name="overview"),
    path("runde", rounds.page, name="round"),
    path("runde/anlegen", rounds.plan, name="plan-round"),
    path("runde/ende", rounds.confirm_close, name="close"),
    path("stimmzettel", ballots.page, name="ballots"),
    path("stimmzettel/tippen", ballots.keep, name="type-ballot"),
    path("haende", topics.hands_page, name="hands-page"),
    path("runde/haende", topics.hands, name="hands"),
    path("runde/thema", topics.bring, name="bring"),
    path("runde/<slug:verb>", rounds.step, name="step"),
    path("themen/<int:number>/<slug:verb>", topics.change, name="topic"),
    path("plan", plan.page, name="board"),
    path("plan/legen", plan.place, name="place"),
    path("plan/tauschen", plan.swap, name="swap"),
    path("plan/herausnehmen", plan.remove, name="remove"),
    path("plan/fixieren", plan.pin, name="pin"),
    path("plan/loesen", plan.unpin, name="unpin"),
    path("plan/rueckgaengig", plan.undo, name="undo"),
    path("plan/<int:number>/preise", plan.prices, name="prices"),
    path("plan/<int:number>", plan.place_by_list, name="piece"),
    path("vorschlag", proposal.page, name="proposal"),
    path("vorschlag/neu", proposal.ask, name="propose"),
    path("vorschlag/<int:run>/abbrechen", proposal.cancel, name="cancel-proposal"),
    path("vorschlag/<int:run>/uebernehmen", proposal.accept, name="accept-proposal"),
    path("fassungen", editions.page, name="editions"),
    path("fassungen/veroeffentlichen", editions.publish, name="publish"),
    path("entwurf.pdf", editions.draft_print, name="print"),
    path("plaetze", seats.page, name="seats"),
    path("plaetze/schilder", seats.make_badges, name="make-badges"),
    path("plaetze/namen", seats.import_names, name="import-names"),
    path("plaetze/<int:number>/da", seats.arrive, name="arrive"),
    path("plaetze/<int:number>/nicht-da", seats.leave, name="leave"),
    path("plaetze/<int:number>/schluessel", seats.reissue, name="reissue"),
    path("heute", day.page, name="day"),
    path("heute/protokoll", log.page, name="log"),
    path("heute/raum", day.room, name="room"),
    path("heute/aenderung", day.change, name="change"),
    path("heute/rechnen", day.calculate, name="calculate"),
    path("heute/annehmen", day.accept, name="accept-change"),
    path("heute/luecke/<int:slot>/<int:room>", day.hole, name="hole"),
    path("heute/<int:number>", day.session, name="session"),
    path("heute/<int:number>/<slug:verb>", day.flag, name="flag"),
    path("durchsage", notices.page, name="notices"),
    path("durchsage/senden", notices.send, name="send-notice"),
    path("durchsage/<int:notice>/beenden", notices.end, name="end-notice"),
    path("strom", stream.token, name="stream"),
]
