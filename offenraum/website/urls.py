"""Addresses of a conference's website."""

from __future__ import annotations

from django.urls import path

from offenraum.website.views import access, files, letters, news, people, texts

urlpatterns = [
    path("farben/<str:colours>.css", files.colours, name="colours"),
    path("<slug:slug>/termin.ics", files.calendar, name="calendar"),
    path("<slug:slug>/brief", letters.letter, name="letter"),
    path("<slug:slug>/brief/<str:key>", letters.letter_key, name="letter_key"),
    path("<slug:slug>/brief/nicht-mehr/<str:key>", letters.refusal, name="letter_refusal"),
    path("<slug:slug>/personen/<int:speaker>", people.speaker, name="speaker"),
    path("<slug:slug>/programmpunkt/<int:talk>", people.talk, name="talk"),
    path("<slug:slug>/partner", texts.partners, name="partners"),
    path("<slug:slug>/anreise", texts.travel, name="travel"),
    path("<slug:slug>/faq", texts.faq, name="faq"),
    path("<slug:slug>/seiten/<slug:name>", texts.own_page, name="own_page"),
    path("<slug:slug>/neues", news.news, name="news"),
    path("<slug:slug>/neues/<int:news>", news.news_item, name="news_item"),
    path("<slug:slug>/neues/<int:news>/kommentar", news.news_comment, name="news_comment"),
    path("<slug:slug>/neues/kommentar/<int:comment>/melden", news.comment_report, name="comment_report"),
    path("<slug:slug>/leichte-sprache", texts.easy, name="easy"),
    path("<slug:slug>/gebaerdensprache", texts.signed, name="signed"),
    path("<slug:slug>/impressum", texts.imprint, name="conference_imprint"),
    path("<slug:slug>/barrierefreiheit", access.statement, name="conference_accessibility"),
    path("<slug:slug>/barrierefreiheit/melden", access.remark, name="remark"),
]
