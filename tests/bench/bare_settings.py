"""The product's settings with sessions and CSRF alone: the floor that check-ins are measured against."""

from hub.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.sessions"]  # noqa: F405
SESSION_ENGINE = "django.contrib.sessions.backends.db"
ROOT_URLCONF = "tests.bench.bare_urls"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
