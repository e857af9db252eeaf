"""All settings of the site, read from the environment (and from `.env` when there is one).

Every default runs on one machine with no account, no key and no further server. What a wrong value
leads to is said by `hub/environment.py` (it cannot be read) and `hub/checks.py` (it cannot work). A number
that nobody will change is a constant beside its use.
"""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from hub.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
ENV_FILE = Path(env("ENV_FILE", default=str(BASE_DIR / ".env")))
if ENV_FILE.is_file():
    env.read_env(ENV_FILE)

VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")

# --- Where the site is and how strict it is ------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="")
SITE_URL = env.site_address("SITE_URL", default="http://127.0.0.1:8000")
_site = urlsplit(SITE_URL)
IS_HTTPS = _site.scheme == "https"
IS_LOOPBACK = _site.hostname in {"127.0.0.1", "localhost", "::1"}
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), _site.hostname or ""]
if IS_LOOPBACK:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_HTTPS else []
COMPANY_NAME = env("COMPANY_NAME", default="Hatpin")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_ENGINE = "hub.people.sessions"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=IS_HTTPS)
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- What is installed ---------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "knox",
    "axes",
    "drf_spectacular",
    "csp",
    "django_htmx",
    "hub",
    "hub.audit",
    "hub.people",
    "hub.disclosure",
    "hub.notices",
    "hub.ai",
    "hub.points",
    "hub.stories",
    "learning.notebooks",
    "learning.hours",
    "challenges.processes",
    "challenges.contests",
    "challenges.usecases",
    "challenges.pilots",
    "challenges.sealed",
    "hub.nudges",
    "hub.drops",
    "hub.trials",
    "hub.embeds",
    "hub.core_time",
    "hub.adoption",
    "hub.today",
]
MIDDLEWARE = [
    "hub.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.caching.PrivateByDefaultMiddleware",
    "csp.middleware.CSPMiddleware",
    "hub.limits.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "hub.people.middleware.PersonMiddleware",
    "hub.people.middleware.PersonLocaleMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
ASGI_APPLICATION = "hub.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hub.context.site",
            ],
        },
    }
]

# --- Where things are kept -----------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'hub.sqlite3'}")}
WEB_THREADS = env.int("WEB_THREADS", default=8)
LIVE_STREAMS = env.int("LIVE_STREAMS", default=4000)  # event streams a process serves at once
# Requests that may wait for a model: they take threads of their own, so that every other page goes on.
SLOW_PATHS = r"/(?:ask|transcribe)/$|/pages/\d+\.png$"
SLOW_THREADS = 4
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    _database["CONN_MAX_AGE"] = 60  # opening the file and its pragmas take longer than most queries
    _database["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),  # what the address says after its question mark, such as sslmode
        "pool": {"min_size": 1, "max_size": WEB_THREADS + SLOW_THREADS + 2, "timeout": 10},
    }
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_store("CACHE_URL", default="locmemcache://")}
BROKER_URL = env("BROKER_URL", default=f"sqlitefile:///{VAR_DIR / 'broker.sqlite3'}")

MEDIA_ROOT = VAR_DIR / "media"
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", default=200) * 1024 * 1024
SOURCE_MAX_WORDS = env.int("SOURCE_MAX_WORDS", default=500_000)
NOTEBOOK_MAX_SOURCES = env.int("NOTEBOOK_MAX_SOURCES", default=300)
NOTEBOOK_MAX_AIDS = env.int("NOTEBOOK_MAX_AIDS", default=200)
INDEX_DIR = VAR_DIR / "indexes"
INDEX_MEMORY_BYTES = env.int("INDEX_MEMORY_MB", default=512) * 1024 * 1024
CLAMD_ADDRESS = env("CLAMD_ADDRESS", default="")  # host:port or a socket's path; empty: nothing is scanned
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_MB", default=20) * 1024 * 1024
PROCESS_MAX_BYTES = env.int("PROCESS_MAX_MB", default=20) * 1024 * 1024
# Files are streamed to disk; this bounds everything else of a request.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

if _mailer := env.mailer("EMAIL_URL"):
    vars().update(_mailer)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="hatpin@localhost")
EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs must not hold a worker

# --- Messages to other services: only to hosts of these lists -------------------------------------
OUTBOUND_INSIDE = env.list("OUTBOUND_INSIDE", default=[])  # our own hosts: private addresses and http allowed
TEAMS_HOSTS = env.list("TEAMS_HOSTS", default=["*.logic.azure.com", "*.api.powerplatform.com"])
SLACK_HOSTS = env.list("SLACK_HOSTS", default=["hooks.slack.com", "hooks.slack-gov.com"])
WEB_PUSH_HOSTS = env.list(
    "WEB_PUSH_HOSTS",
    default=[
        "fcm.googleapis.com",
        "*.push.services.mozilla.com",
        "*.notify.windows.com",
        "*.push.apple.com",
    ],
)
# What apprise may be used for: services with hosts of their own, and others only at MESSENGER_HOSTS.
MESSENGER_SCHEMAS = env.list(
    "MESSENGER_SCHEMAS", default=["tgram", "discord", "gchat", "mmosts", "rockets", "nctalks", "matrixs"]
)
MESSENGER_HOSTS = env.list("MESSENGER_HOSTS", default=[])

# --- Static files --------------------------------------------------------------------------------
NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/source-sans", NODE_MODULES / "@fontsource-variable" / "source-sans-3" / "files"),
    ("vendor/plotly", NODE_MODULES / "plotly.js-basic-dist-min"),
    ("vendor/bpmn-js", NODE_MODULES / "bpmn-js" / "dist"),
    ("vendor/source-serif", NODE_MODULES / "@fontsource-variable" / "source-serif-4" / "files"),
]
USE_STATIC_MANIFEST = env.bool("STATIC_MANIFEST", default=not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if USE_STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not USE_STATIC_MANIFEST
# Without collected files there is nothing to read in beforehand: each is looked up when it is asked for.
WHITENOISE_AUTOREFRESH = DEBUG or not USE_STATIC_MANIFEST

# --- People and languages ------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "today:today"
LOGOUT_REDIRECT_URL = "people:sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "hub.people.backends.PersonBackend"]
# Guessing a password: ten wrong ones for one account from one address, then a pause.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "hub.people.sign_in.account_of"  # one account, however its address is spelt
AXES_LOCKOUT_CALLABLE = "hub.people.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # nobody keeps a list of who signed in when
AXES_VERBOSE = False
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LANGUAGE_CODE = env.one_of("DEFAULT_LANGUAGE", ("de", "en"), default="de")
LOCALE_PATHS = [BASE_DIR / "hub" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = env.time_zone("DEFAULT_TIME_ZONE", default="Europe/Berlin")
USE_TZ = True

# --- Interface for programs ----------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "hub.authentication.TokenAuthentication",
        "hub.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "hub.pagination.Pages",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "hub.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": env.rate("API_RATE", default="1200/min")},
    "EXCEPTION_HANDLER": "hub.problems.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
REST_KNOX = {"TOKEN_TTL": None, "AUTO_REFRESH": False}  # each token carries its own expiry
SPECTACULAR_SETTINGS = {
    "TITLE": "Hatpin",
    "DESCRIPTION": "Everything the pages do, with the same permission checks.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "hub.schema.add_problem_responses",
    ],
    "ENUM_NAME_OVERRIDES": {
        "WeekdayEnum": "hub.notices.vocabulary.Weekday",
        "AreaEnum": "hub.notices.vocabulary.Area",
        "RoleGroupEnum": "hub.notices.vocabulary.RoleGroup",
        "LanguageEnum": [("de", "Deutsch"), ("en", "English")],
        "SourceStateEnum": "learning.notebooks.models.Source.State",
        "DropStateEnum": "hub.drops.models.Drop.State",
        "StudyAidStateEnum": "learning.notebooks.models.StudyAid.State",
        "ClaimChangeEnum": "challenges.contests.models.claim.Change",
        "ClaimStateEnum": "challenges.contests.models.Claim.State",
        "ProcessAudienceEnum": "challenges.processes.models.Process.Audience",
        "StepKindEnum": "challenges.processes.models.Step.Kind",
        "StepValueEnum": "challenges.processes.models.Step.Value",
        "HatpinKindEnum": "hub.stories.models.Hatpin.Kind",
        "UseCaseKindEnum": "challenges.usecases.models.UseCase.Kind",
        "UseCaseAnswerEnum": "challenges.usecases.models.UseCase.Answer",
    },
}

# --- Models of language (all optional: without them answers are extractive) ----------------------
AI_CHAT_URL = env("AI_CHAT_URL", default="")
AI_CHAT_MODEL = env("AI_CHAT_MODEL", default="")
AI_CHAT_KEY = env("AI_CHAT_KEY", default="")
AI_CHAT_CONTEXT_TOKENS = env.int("AI_CHAT_CONTEXT_TOKENS", default=8192)
AI_EMBEDDING_URL = env("AI_EMBEDDING_URL", default="")
AI_EMBEDDING_MODEL = env("AI_EMBEDDING_MODEL", default="")
AI_EMBEDDING_KEY = env("AI_EMBEDDING_KEY", default="")
AI_EMBEDDING_QUERY_PREFIX = env("AI_EMBEDDING_QUERY_PREFIX", default="")  # "query: " for the E5 models
AI_EMBEDDING_PASSAGE_PREFIX = env("AI_EMBEDDING_PASSAGE_PREFIX", default="")
AI_TRANSCRIPTION_URL = env("AI_TRANSCRIPTION_URL", default="")
AI_TRANSCRIPTION_MODEL = env("AI_TRANSCRIPTION_MODEL", default="")
AI_TRANSCRIPTION_KEY = env("AI_TRANSCRIPTION_KEY", default="")
AI_SPEECH_URL = env("AI_SPEECH_URL", default="")
AI_SPEECH_MODEL = env("AI_SPEECH_MODEL", default="")
AI_SPEECH_KEY = env("AI_SPEECH_KEY", default="")
AI_SPEECH_VOICES = env.list("AI_SPEECH_VOICES", default=["alloy", "echo"])  # two: who asks, who answers
AI_TIMEOUT_SECONDS = env.float("AI_TIMEOUT_SECONDS", default=60)

# --- Tasks ---------------------------------------------------------------------------------------
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")

# --- Logs: one line of JSON an event, no personal data -------------------------------------------
LOG_LEVEL = env.one_of("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "hub.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        "django.request": {"level": "ERROR"},  # hub.requests logs every answer
        "uvicorn": {"handlers": [], "level": "WARNING"},
        "pypdf": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "urllib3": {"level": "WARNING"},
        "apprise": {"level": "CRITICAL"},  # its lines, and those above, would hold addresses that are secrets
        "celery": {"level": "WARNING"},
        "axes": {"level": "CRITICAL"},  # it would log names and addresses
    },
}

SILENCED_SYSTEM_CHECKS = (
    []
    if IS_HTTPS or not IS_LOOPBACK
    else [
        # On a loopback address without TLS these would lock the user out.
        "security.W004",
        "security.W008",
        "security.W012",
        "security.W016",
    ]
)
SESSION_COOKIE_NAME = re.sub(r"\W", "", COMPANY_NAME.lower()) + "_session"
