"""The pages of an account in a real browser and server: nothing inline, nothing unreadable, nothing too small."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.kit.looks import findings, sideways, small_targets
from tests.people.sign_in import PASSWORD, code_now
from tests.servers import Server

START = ["--email", "ayse@example.org", "--conference", "k26", "--title", "Kommunale Konferenz"]
VIEWS = [(320, 700, "light"), (1280, 800, "dark")]


class Walk:
    """A browser that looks closely at every page it comes to."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url, self.found, self.looks = page, url, dict[str, list[str]](), 0
        page.on("console", lambda message: self.hear(message.type, message.text))
        page.on("pageerror", lambda error: self.note(str(error)))

    def note(self, *findings: str) -> None:
        if findings:
            self.found.setdefault(urlsplit(self.page.url).path, []).extend(findings)

    def hear(self, kind: str, text: str) -> None:
        """What the browser complains about; it also mentions answers that refuse a form or a spent link."""
        if kind == "error" and not re.search(r"status of (410|422)", text):
            self.note(text)

    def look(self, heading: str) -> None:
        """Be on the page with this heading and look at it in each size and theme."""
        self.page.wait_for_selector(f"h1:text-is('{heading}')")
        for width, height, scheme in self.views():
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.emulate_media(color_scheme="light" if scheme == "light" else "dark", reduced_motion="reduce")
            self.note(*findings(self.page), *small_targets(self.page), *sideways(self.page))
        self.page.set_viewport_size({"width": 1280, "height": 800})

    def views(self) -> list[tuple[int, int, str]]:
        """Every fourth page in one view, in turn; all pages in all of them in `make test-long`."""
        self.looks += 1
        if os.environ.get("TESTS_LONG"):
            return VIEWS
        turn, is_left_out = divmod(self.looks, 4)
        return [] if is_left_out else [VIEWS[turn % len(VIEWS)]]

    def go(self, path: str, heading: str) -> None:
        self.page.goto(self.url + path)
        self.look(heading)

    def press(self, name: str, heading: str) -> None:
        button = self.page.get_by_role("button", name=name, exact=True)
        button.or_(self.page.get_by_role("link", name=name, exact=True)).first.click()
        self.look(heading)

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.fill(f"[name={name}]", value)


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(data=tmp_path)


@pytest.fixture
def walk(chromium: Browser) -> Walk:
    return Walk(chromium.new_context(locale="de-DE").new_page(), "")


def begin(walk: Walk, server: Server) -> None:
    """Come in by the link that `offenraum init` printed and set a password."""
    printed = server.run("init", *START)
    path = re.search(r"/konto/einmal/\S+", printed)
    assert path
    walk.url = f"http://localhost:{server.start().port}"
    walk.go(path[0], "Anmelden zur Regie")
    walk.press("Jetzt anmelden", "Passwort festlegen")
    walk.fill(password1="kurz", password2="kurz")
    walk.press("Passwort speichern", "Passwort festlegen")
    walk.fill(password1=PASSWORD, password2=PASSWORD)
    walk.page.get_by_role("button", name="Passwort speichern").click()


def set_up_app(walk: Walk) -> str:
    """Set up the authenticator app on the way to the team page; returns its secret."""
    walk.go("/k26/regie/team", "Authenticator-App einrichten")
    secret = walk.page.inner_text("code").replace(" ", "")
    walk.fill(code="000000")
    walk.press("Einschalten", "Authenticator-App einrichten")
    assert walk.page.inner_text("code").replace(" ", "") == secret
    walk.fill(code=code_now(secret))
    walk.press("Einschalten", "Wiederherstellungscodes")
    walk.press("Ich habe die Codes aufbewahrt, weiter", "Team")
    return secret


@pytest.mark.browser
@pytest.mark.timeout(400)
def test_organiser_comes_in_with_app_and_invites(walk: Walk, server: Server) -> None:
    try:
        begin(walk, server)
        secret = set_up_app(walk)
        walk.fill(email="keine-adresse")
        walk.press("Einladen", "Team")
        walk.fill(email="bernd@example.org")
        walk.press("Einladen", "Einladung erstellt")
        invitation = walk.page.inner_text("code")
        walk.press("Zurück zum Team", "Team")
        walk.fill(name="Tisch 2")
        walk.press("Schlüssel erstellen", "Schlüssel für Tisch 2")
        helping = walk.page.inner_text("code")
        for path, heading in ACCOUNT_PAGES.items():
            walk.go(path, heading)
        walk.press("Abmelden", "Abmelden")
        walk.page.get_by_role("button", name="Abmelden").click()
        sign_in_with_code(walk, code_now(secret, later=1))
        walk.page.context.clear_cookies()
        walk.go(urlsplit(invitation).path, "Einladung in die Regie")
        walk.go(urlsplit(helping).path, "Mithelfen bei der Konferenz")
        walk.press("Mit dem Helfen beginnen", "Mithelfen bei der Konferenz")
    finally:
        server.stop()
    assert walk.found == {}


ACCOUNT_PAGES = {
    "/konto": "Ihre Konferenzen",
    "/konto/zweiter-schritt": "Zweiter Schritt",
    "/konto/zweiter-schritt/app/entfernen": "Authenticator-App entfernen",
    "/konto/zweiter-schritt/codes": "Wiederherstellungscodes",
    "/konto/zweiter-schritt/codes/neu": "Neue Wiederherstellungscodes erstellen",
    "/konto/zweiter-schritt/schluessel": "Sicherheitsschlüssel",
    "/konto/passwort": "Passwort ändern",
    "/konto/passwort/vergessen": "Passwort vergessen?",
    "/konto/passwort/vergessen/gesendet": "Es kann keine E-Mail gesendet werden",
    "/konto/passwort/neu/1-falsch": "Neues Passwort festlegen",
    "/konto/einmal/falsch": "Anmelden zur Regie",
    "/konto/gesperrt": "Konto gesperrt",
    "/k26/regie/einladung/falsch": "Einladung in die Regie",
    "/konto/e-mail": "E-Mail-Adresse ändern",
    "/konto/e-mail/falsch": "E-Mail-Adresse bestätigen",
    "/konto/sicherheit": "Anmeldung und Sicherheit",
}


def sign_in_with_code(walk: Walk, code: str) -> None:
    walk.go("/konto/anmelden", "Anmelden zur Regie")
    walk.fill(login="ayse@example.org", password="falsch")
    walk.press("Anmelden", "Anmelden zur Regie")
    walk.fill(login="ayse@example.org", password=PASSWORD)
    walk.press("Anmelden", "Zweiter Schritt")
    walk.fill(code="000000")
    walk.press("Anmelden", "Zweiter Schritt")
    walk.fill(code=code)
    walk.press("Anmelden", "Ihre Konferenzen")


def plug_in_key(page: Page) -> CDPSession:
    """A security key of the browser's own, which confirms at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.timeout(400)
def test_security_key_is_set_up_renamed_used_and_removed(walk: Walk, server: Server) -> None:
    try:
        begin(walk, server)
        plug_in_key(walk.page)
        walk.go("/konto/zweiter-schritt/schluessel/neu", "Sicherheitsschlüssel hinzufügen")
        walk.fill(name="Schlüsselbund")
        walk.press("Sicherheitsschlüssel hinzufügen", "Wiederherstellungscodes")
        walk.go("/k26/regie/team", "Team")
        walk.page.context.clear_cookies()
        walk.go("/konto/anmelden?next=/konto/zweiter-schritt/schluessel", "Anmelden zur Regie")
        walk.fill(login="ayse@example.org", password=PASSWORD)
        walk.press("Anmelden", "Zweiter Schritt")
        walk.press("Sicherheitsschlüssel benutzen", "Sicherheitsschlüssel")
        assert walk.page.inner_text("h2") == "Schlüsselbund"
        walk.press("Umbenennen", "Sicherheitsschlüssel umbenennen")
        walk.fill(name="Schreibtisch")
        walk.press("Speichern", "Sicherheitsschlüssel")
        assert walk.page.inner_text("h2") == "Schreibtisch"
        walk.press("Entfernen", "Sicherheitsschlüssel entfernen")
        walk.press("Entfernen", "Sicherheitsschlüssel")
        assert "Noch keine." in walk.page.inner_text("main")
    finally:
        server.stop()
    assert walk.found == {}
