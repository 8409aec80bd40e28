"""Addresses about who runs a conference."""

from __future__ import annotations

from django.urls import path

from offenraum.conference.views import entrance, team, tokens

urlpatterns = [
    path("konto", team.my_conferences, name="conference_mine"),
    path("<slug:slug>/regie/team", team.team, name="conference_team"),
    path("<slug:slug>/regie/team/einladen", team.invite_member, name="conference_invite"),
    path(
        "<slug:slug>/regie/team/einladung/<int:invitation>/zurueckziehen",
        team.withdraw_invitation, name="conference_withdraw_invitation",
    ),
    path("<slug:slug>/regie/team/<int:member>/rolle", team.set_role, name="conference_set_role"),
    path("<slug:slug>/regie/team/<int:member>/entfernen", team.let_go, name="conference_let_go"),
    path("<slug:slug>/regie/team/schluessel", team.new_helper_key, name="conference_new_helper_key"),
    path(
        "<slug:slug>/regie/team/schluessel/<int:helper_key>/sperren",
        team.block_helper_key, name="conference_block_helper_key",
    ),
    path("<slug:slug>/regie/schnittstelle", tokens.tokens, name="conference_tokens"),
    path("<slug:slug>/regie/schnittstelle/neu", tokens.new_token, name="conference_new_token"),
    path("<slug:slug>/regie/schnittstelle/<int:token>/sperren", tokens.block_token, name="conference_block_token"),
    path("<slug:slug>/regie/einladung/<str:key>", entrance.invitation, name="conference_invitation"),
    path("<slug:slug>/regie/helfen", entrance.helping, name="conference_helping"),
    path("<slug:slug>/regie/helfen/ende", entrance.stop_helping, name="conference_stop_helping"),
    path("<slug:slug>/regie/helfen/<str:key>", entrance.help_with_key, name="conference_help"),
]
