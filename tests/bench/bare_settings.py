"""The product's settings with sessions and CSRF alone: the floor that check-ins are measured against."""

from hub.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.bare_urls"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
