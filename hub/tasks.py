"""Tasks of the site itself."""

from celery import shared_task

from hub import jobs


@shared_task
def sweep_jobs() -> int:
    return jobs.sweep()
