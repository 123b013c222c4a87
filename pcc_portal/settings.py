"""All settings. Everything that differs between places is an environment variable (see `.env.example`).

Secure by default: what a demonstration on loopback needs less of, `./run` switches off by name.
"""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
PCC_VAR = Path(env.str("PCC_VAR", default=str(BASE_DIR / "var"))).resolve()
TESTING = "pytest" in sys.modules
if TESTING:
    PCC_VAR /= env.str("PYTEST_XDIST_WORKER", default="alone")  # tests side by side share no files
PCC_VAR.mkdir(parents=True, exist_ok=True)


# Who we are, and how safe

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="tests-only-" * 6 if TESTING else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Give the portal a long random value in the environment, "
        "or start it through ./run, which makes one."
    )
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["testserver", "localhost", "127.0.0.1"] if TESTING else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
OCDS_PREFIX = env.str("OCDS_PREFIX", default="ocds-000000")  # registered by the office with the standard's keepers

SECURE = env.bool("PCC_SECURE", default=not TESTING)  # False only for plain http on loopback
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
DEMONSTRATION = env.bool("PCC_DEMONSTRATION", default=False)
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = env.str("CSRF_FAILURE_VIEW", default="django.views.csrf.csrf_failure")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}


# What the house is built of

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.admin",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "records",
    "accounts",
    "plans",
    "grants",
    "services",
    "monitoring",
    "pcc_portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pcc_portal.middleware.HeldDraftMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pcc_portal.middleware.SecondFactorMiddleware",
    "pcc_portal.middleware.RefusedMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "pcc_portal.urls"
WSGI_APPLICATION = "pcc_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pcc_portal.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False


# The database: PostgreSQL, as a role that owns nothing

APP_DATABASE_ROLE = env.str("APP_DATABASE_ROLE", default="pcc_app")
AS_OWNER = env.bool("PCC_AS_OWNER", default=False)


def _database() -> dict:
    """The connection asked for by the environment; migrations and tests ask for the owner's."""
    owner = AS_OWNER and env.str("DATABASE_OWNER_URL", default="")
    name = "DATABASE_OWNER_URL" if owner else "DATABASE_URL"
    if not env.str(name, default=""):
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. Point it at a PostgreSQL database, or use ./run, which brings its own."
        )
    chosen = env.db_url(name)
    if chosen["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL database; nothing else is supported.")
    options = chosen.setdefault("OPTIONS", {})
    chosen["HOST"] = options.pop("host", None) or chosen.get("HOST", "")
    waits = "" if AS_OWNER and not TESTING else "-c statement_timeout=30s "
    idle = "10min" if TESTING else "60s"  # tests of a module may share one transaction, some asking it nothing for long
    options["options"] = f"-c lock_timeout=3s {waits}-c idle_in_transaction_session_timeout={idle}"
    if TESTING:
        options["options"] += " -c synchronous_commit=off"
    options.setdefault("application_name", "pcc_portal")
    return {
        **chosen,
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": env.str("PCC_TEST_DB", default="test_pcc"), "TEMPLATE": "template0"},
    }


DATABASES = {"default": _database()}


# People: sign-in by e-mail address, a second factor, no open sign-up

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first, so that a locked-out try is refused before any hashing
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 1  # a new address comes by a new invitation
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation accepted from the mailbox is the verification
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# Counted in the shared cache, per address, before any hashing; the database's own count per person is axes'.
ACCOUNT_RATE_LIMITS = (
    False
    if TESTING
    else {
        "login": "60/m/ip",
        "login_failed": "30/15m/ip",
        "reset_password": "20/h/ip,5/h/key",
        "reauthenticate": "10/m/user",
        "change_password": "5/m/user",
    }
)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = env.str("MFA_TOTP_ISSUER", default="Commissioning portal")
MFA_RECOVERY_CODE_COUNT = 10

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "pcc_portal.proxies.sign_in_name"
AXES_CLIENT_IP_CALLABLE = "pcc_portal.proxies.client_ip"
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["login", "password"]
AXES_VERBOSE = False


# Words, days, static pages, private files

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(PCC_VAR / "static")))
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.is_dir()]
MEDIA_ROOT = PCC_VAR / "files"  # private: no URL leads here, views hand files out after asking who asks
if TESTING:  # tests side by side must not clear away each other's files
    MEDIA_ROOT = PCC_VAR / f"files-{env.str('PYTEST_XDIST_WORKER', default='alone')}"
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=20 * 1024 * 1024)


# Mail, cache, jobs

REDIS_URL = env.str("REDIS_URL", default="")

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Commissioning portal <portal@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_FOLDER = PCC_VAR / "mail"
MAIL_TO_FILES = env.str("PCC_MAIL", default="") == "files"
if MAIL_TO_FILES:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAIL_FOLDER)
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(PCC_VAR / "cache")}
}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {}
if TESTING:
    CELERY_BROKER_URL = "memory://"
elif REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 3, "socket_timeout": 30}
else:
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(PCC_VAR / "broker" / "queue"),
        "data_folder_out": str(PCC_VAR / "broker" / "queue"),
        "control_folder": str(PCC_VAR / "broker" / "control"),
    }
    for folder in ("queue", "control"):
        (PCC_VAR / "broker" / folder).mkdir(parents=True, exist_ok=True)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_PUBLISH_RETRY = False  # a bell that cannot ring must not keep a page waiting
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(PCC_VAR / "beat-schedule")
DELIVER_EVERY = env.float("DELIVER_EVERY_SECONDS", default=60.0)
CLIMB_EVERY = env.float("CLIMB_EVERY_SECONDS", default=0.0)  # nought: at twenty past each hour
COMPARE_EVERY = env.float("COMPARE_EVERY_SECONDS", default=60.0)
CLOCK_OFFSET_FILE = env.str("PCC_CLOCK_OFFSET_FILE", default="")
if CLOCK_OFFSET_FILE and SECURE:
    raise ImproperlyConfigured("PCC_CLOCK_OFFSET_FILE moves the clock; it is for tests, never for a real portal.")
CELERY_BEAT_SCHEDULE = {
    "deliver-messages": {"task": "records.tasks.deliver_messages", "schedule": DELIVER_EVERY},
    "climb-ladders": {"task": "pcc_portal.tasks.climb_ladders", "schedule": CLIMB_EVERY or crontab(minute=20)},
    "alert-failures": {"task": "pcc_portal.tasks.alert_failures", "schedule": crontab(minute="*/5")},
    "compare-new-work": {"task": "monitoring.tasks.compare_new_work", "schedule": COMPARE_EVERY},
    "morning-sweep": {"task": "pcc_portal.tasks.morning_sweep", "schedule": crontab(hour=5, minute=10)},
}


# What is printed

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "plain"}},
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="WARNING" if TESTING else "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "kombu.connection": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
