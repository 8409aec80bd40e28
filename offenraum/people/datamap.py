"""What is stored about accounts of organisers and moderators, and by the packages that sign them in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import Basis, Data, DataMap, Keep, Who

ACCOUNT = Data(_("Accounts of the team"), Basis.EVENT, Keep.ACCOUNT, Who.TEAM)
ACCOUNT_SECRET = Data(_("Accounts of the team"), Basis.SECURITY, Keep.ACCOUNT, Who.NOBODY)
SIGNING_IN = Data(_("To show where an account is signed in, and to end it"), Basis.SECURITY, Keep.SIGN_INS, Who.SEAT)
SIGNING_IN_KEY = Data(SIGNING_IN.purpose, Basis.SECURITY, Keep.SIGN_INS, Who.NOBODY)
GUESSES = Data(_("To stop guessing of passwords and codes"), Basis.SECURITY, Keep.LOGS, Who.NOBODY)
FORGETTING = Data(_("To delete again what a restored backup brings back"), Basis.EVENT, Keep.ERASURES, Who.NOBODY)
FRAMEWORK = Data(_("Tables of the framework without people"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.NOBODY)

DATAMAP: DataMap = {
    "Account": {"email name is_active created_at": ACCOUNT, "password last_login": ACCOUNT_SECRET},
    "SignIn": {"account signed_in_at seen_at ended_at": SIGNING_IN, "key_hash": SIGNING_IN_KEY},
    "SignInLink": {"account key_hash leads_to created_at expires_at used_at": SIGNING_IN_KEY},
    "Attempt": {"cache_key value expires": GUESSES},
    "Erasure": {"digest erased_at is_scrubbed": FORGETTING},
    "account.EmailAddress": {"user email verified primary": ACCOUNT},
    "account.EmailConfirmation": {"email_address created sent key": SIGNING_IN_KEY},
    "mfa.Authenticator": {"user type data created_at last_used_at": ACCOUNT_SECRET},
    "auth.Permission": {"name content_type codename": FRAMEWORK},
    "auth.Group": {"name permissions": FRAMEWORK},
    "contenttypes.ContentType": {"app_label model": FRAMEWORK},
    "sessions.Session": {"session_key session_data expire_date": FRAMEWORK},
}
