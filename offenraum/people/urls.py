"""Every page of an account, one by one: what is not listed here does not exist."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.urls import path, re_path

from offenraum.people import views

urlpatterns = [
    path("anmelden", account.login, name="account_login"),
    path("anmelden/code", mfa.authenticate, name="mfa_authenticate"),
    path("abmelden", account.logout, name="account_logout"),
    path("gesperrt", account.account_inactive, name="account_inactive"),
    path("einmal/<str:key>", views.one_time_link, name="people_one_time_link"),
    path("bestaetigen", account.reauthenticate, name="account_reauthenticate"),
    path("bestaetigen/code", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bestaetigen/schluessel", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passwort", account.password_change, name="account_change_password"),
    path("passwort/festlegen", account.password_set, name="account_set_password"),
    path("passwort/vergessen", account.password_reset, name="account_reset_password"),
    path(
        "passwort/vergessen/gesendet",
        account.PasswordResetDoneView.as_view(extra_context={"sends_mail": settings.SENDS_MAIL}),
        name="account_reset_password_done",
    ),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        account.password_reset_from_key, name="account_reset_password_from_key",
    ),
    path("sicherheit", views.security, name="people_security"),
    path("e-mail", views.change_address, name="people_email"),
    path("e-mail/<str:key>", views.confirm_address, name="people_confirm_email"),
    path("sicherheit/abmelden", views.sign_out_others, name="people_sign_out_others"),
    path("sicherheit/abmelden/<int:sign_in>", views.sign_out_browser, name="people_sign_out_browser"),
    path("zweiter-schritt", mfa.index, name="mfa_index"),
    path("zweiter-schritt/app", views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("zweiter-schritt/app/entfernen", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("zweiter-schritt/codes", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("zweiter-schritt/codes/neu", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("zweiter-schritt/codes/datei", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("zweiter-schritt/schluessel", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("zweiter-schritt/schluessel/neu", views.SetUpKey.as_view(), name="mfa_add_webauthn"),
    path("zweiter-schritt/schluessel/<int:pk>", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("zweiter-schritt/schluessel/<int:pk>/entfernen", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
