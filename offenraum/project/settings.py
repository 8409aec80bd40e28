"""Django's settings, derived from the options; nothing an operator sets is written here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from offenraum.project.options import OptionsError, read_options

OPTIONS = read_options(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent
DATA = OPTIONS.data.resolve()


def read_secret() -> str:
    """The secret: from the option, else from its file, else one for this process only (build steps, tests)."""
    file = DATA / "secret"
    if OPTIONS.secret or not file.is_file():
        return OPTIONS.secret or get_random_secret_key()
    try:
        secret = file.read_text().strip()
    except (OSError, ValueError) as error:
        raise OptionsError(f"{file}: {error}") from error
    if not secret:
        raise OptionsError(f"{file} is empty: restore it from a backup, or delete it and run offenraum init")
    return secret


def sqlite(path: Path) -> dict[str, Any]:
    """WAL, full durability, immediate transactions: measured to lose nothing under parallel writes."""
    return {
        "ENGINE": "offenraum.kit.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; "
            "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;",
        },
        "TEST": {"NAME": None},
    }


def postgres(url: str) -> dict[str, Any]:
    """A PostgreSQL database from postgres://user:password@host:port/name."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = read_secret()
ADDRESS = OPTIONS.address
OPERATOR = OPTIONS.operator
WEBHOOK_NETWORKS = OPTIONS.webhook_networks
KEEP_DAYS = {
    "votes": OPTIONS.keep_votes, "support": OPTIONS.keep_support, "letters": OPTIONS.keep_letters,
    "check_in": OPTIONS.keep_check_in, "registration": OPTIONS.keep_registration, "logs": OPTIONS.keep_logs,
}
DEBUG = OPTIONS.debug
ALLOWED_HOSTS = OPTIONS.hosts
CSRF_TRUSTED_ORIGINS = OPTIONS.origins
ROOT_URLCONF = "offenraum.project.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

INSTALLED_APPS = [
    "offenraum.project",
    "offenraum.kit",
    "offenraum.live",
    "offenraum.post",
    "offenraum.people",
    "offenraum.conference",
    "offenraum.website",
    "offenraum.seats",
    "offenraum.barcamp",
    "offenraum.registration",
    "offenraum.sensors",
    "offenraum.gathering",
    "offenraum.market",
    "offenraum.programme",
    "offenraum.answers",
    "offenraum.opendata",
    "offenraum.api",
    "offenraum.pages",
    "offenraum.organise",
    "offenraum.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "offenraum.kit.language.LanguageMiddleware",
    "offenraum.kit.unavailable.UnavailableMiddleware",
    "django.middleware.common.CommonMiddleware",
    "offenraum.website.first_visit.FirstVisitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "offenraum.people.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "offenraum.website.middleware.ConferenceMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

DATABASES = {"default": postgres(OPTIONS.database) if OPTIONS.database else sqlite(DATA / "offenraum.sqlite3")}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English")), ("de-x-leicht", _("Easy German"))]
LANGUAGE_COOKIE_NAME = "sprache"
LOCALE_PATHS = [PACKAGE / "planner" / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = None

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["offenraum.people.hashers.SmallArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/konto"

# Accounts: by invitation only; wrong guesses count per account and known device, nothing counts per address.
ACCOUNT_ADAPTER = "offenraum.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if OPTIONS.https else "http"
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "10/10m/key",
    "reset_password": "3/10m/key",
    "reset_password_from_key": None,
    "change_password": "5/10m/user",
    "manage_email": "5/10m/user",
    "reauthenticate": "10/10m/user",
    "signup": None,
    "request_login_code": None,
    "confirm_email": None,
    "verify_phone": None,
}
MFA_ADAPTER = "offenraum.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "authenticate": "offenraum.people.forms.CodeForm",
    "reauthenticate": "offenraum.people.forms.ConfirmCodeForm",
    "authenticate_webauthn": "offenraum.people.forms.KeyForm",
    "reauthenticate_webauthn": "offenraum.people.forms.ConfirmKeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_TOTP_ISSUER = "Offenraum"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not OPTIONS.https
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_attempt",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
}

SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "sitzung"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = OPTIONS.https
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_SECURE = OPTIONS.https
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPTIONS.behind_proxy else None
SECURE_HSTS_SECONDS = 31_536_000 if OPTIONS.https else 0
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
    }
}

MAIL = urlsplit(OPTIONS.mail)
EMAIL_BACKEND = f"{'offenraum.post.backend' if OPTIONS.mail else 'django.core.mail.backends.console'}.EmailBackend"
SENDS_MAIL = bool(OPTIONS.mail)
EMAIL_HOST = MAIL.hostname or ""
EMAIL_PORT = MAIL.port or {"smtps": 465, "smtp+tls": 587}.get(MAIL.scheme, 25)
EMAIL_HOST_USER = unquote(MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(MAIL.password or "")
EMAIL_USE_TLS = MAIL.scheme == "smtp+tls"
EMAIL_USE_SSL = MAIL.scheme == "smtps"
EMAIL_TIMEOUT = 10
EMAIL_USE_LOCALTIME = True
DEFAULT_FROM_EMAIL = OPTIONS.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "offenraum.kit.discreet.DiscreetFormatter", "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
