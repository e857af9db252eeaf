"""Tasks of the site itself."""

from celery import shared_task

from hub import jobs, retention


@shared_task
def sweep_jobs() -> int:
    return jobs.sweep()


@shared_task
def purge_expired() -> dict[str, int]:
    return retention.purge_expired()
