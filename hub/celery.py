"""The Celery app: finds every area's tasks and takes its settings from Django's, prefix CELERY_."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

from hub.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
TRANSPORT_ALIASES["sqlitefile"] = "hub.broker:Transport"

app = Celery("hub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.autodiscover_tasks()
