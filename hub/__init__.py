"""The site. Imports the Celery app, so that shared tasks find it, and nothing else."""

from hub.celery import app as celery_app

__all__ = ["celery_app"]
