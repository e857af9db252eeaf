"""Periodic tasks are named in one list; a wrong name would only show in a log, later."""

from hub.celery import app
from hub.schedule import SCHEDULE


def test_every_periodic_task_exists() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in SCHEDULE.values()} <= app.tasks.keys()


def test_the_list_reaches_beat() -> None:
    assert app.conf.beat_schedule == SCHEDULE
