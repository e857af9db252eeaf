"""Leased rows: a row with state, attempts and lease is the queue, the broker only wakes a worker.

A model that must not lose work inherits `LeasedRow`. A worker takes a row by compare-and-set (`take`),
renews the lease while it works, and finishes with the token it was given; whoever lost the lease
cannot write a result. `sweep` wakes every registered kind of row that nobody holds.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import ClassVar, Self

from celery import current_app
from django.db import connection, models
from django.utils import timezone
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
RENEW_EVERY_SECONDS = 20.0
MAX_ATTEMPTS = 4


class LeaseLost(Exception):
    """Another worker took the row, or it was cancelled: stop and write nothing."""


class LeasedQuerySet(models.QuerySet):
    def claimable(self, now: datetime) -> Self:
        """Rows that nobody holds and whose work is not done: new ones, and those whose worker died."""
        return self.filter(is_done=False).filter(models.Q(leased_until=None) | models.Q(leased_until__lt=now))

    def take(self, pk: object, now: datetime | None = None) -> models.Model | None:
        """Lease one row. Returns None if it is done, gone, or held by another worker."""
        now = now or timezone.now()
        token = uuid.uuid4()
        taken = (
            self.claimable(now)
            .filter(pk=pk)
            .update(lease_token=token, leased_until=now + LEASE, attempts=models.F("attempts") + 1)
        )
        return self.get(pk=pk) if taken else None

    def take_all(self, pks: Collection[object], now: datetime | None = None) -> list[models.Model]:
        """Those of these rows that can be leased, under one token; two statements."""
        now = now or timezone.now()
        token = uuid.uuid4()
        self.claimable(now).filter(pk__in=pks).update(
            lease_token=token, leased_until=now + LEASE, attempts=models.F("attempts") + 1
        )
        return list(self.filter(pk__in=pks, lease_token=token))


class LeasedRow(models.Model):
    """The columns of a unit of work; the model on top adds what the work is about."""

    is_done = models.BooleanField(default=False, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    lease_token = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True
        indexes: ClassVar = []

    @property
    def is_out_of_attempts(self) -> bool:
        return self.attempts > MAX_ATTEMPTS

    def _held(self) -> models.QuerySet:
        return type(self)._base_manager.filter(pk=self.pk, lease_token=self.lease_token, is_done=False)

    def renew(self, **changes: object) -> None:
        """Keep the lease and write progress. Raises LeaseLost if the row is no longer this worker's."""
        if not self._held().update(leased_until=timezone.now() + LEASE, **changes):
            raise LeaseLost
        for name, value in changes.items():
            setattr(self, name, value)

    def finish(self, **changes: object) -> None:
        """Write the result and give up the lease. Raises LeaseLost if the row is no longer this worker's."""
        if not self._held().update(is_done=True, leased_until=None, lease_token=None, **changes):
            raise LeaseLost
        for name, value in {"is_done": True, "leased_until": None, "lease_token": None, **changes}.items():
            setattr(self, name, value)

    def kept(self) -> AbstractContextManager[None]:
        """Renew the lease from a thread of its own, for work that is silent longer than a lease."""
        return _renewing(self._held)

    def release(self) -> None:
        """Hand the row back at once, for a failure that may pass."""
        self._held().update(leased_until=None, lease_token=None)

    def postpone(self, pause: timedelta) -> None:
        """Hand the row back for later, for a failure of somebody else that may last; not counted as an attempt."""
        self._held().update(
            leased_until=timezone.now() + pause, lease_token=None, attempts=models.F("attempts") - 1
        )


def kept_all(rows: Collection[LeasedRow]) -> AbstractContextManager[None]:
    """The same for rows that were taken together."""
    first = next(iter(rows))
    held = type(first)._base_manager.filter(lease_token=first.lease_token, is_done=False)
    return _renewing(held.all)


@contextmanager
def _renewing(held: Callable[[], models.QuerySet]) -> Iterator[None]:
    done = threading.Event()

    def renewing() -> None:
        try:
            while not done.wait(RENEW_EVERY_SECONDS):
                held().update(leased_until=timezone.now() + LEASE)
        finally:
            connection.close()

    thread = threading.Thread(target=renewing, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def send(task: str, pk: object, *, after_seconds: float = 0) -> None:
    """Wake a worker for one row by the task's name; should no broker answer, the sweep will."""
    try:
        current_app.send_task(task, [str(pk)], retry=False, countdown=after_seconds or None)
    except OperationalError:
        logger.warning("no broker took %s for %s; the sweep will wake a worker", task, pk)


_sweeps: list[Callable[[datetime], int]] = []


def register_sweep(wake: Callable[[datetime], int]) -> None:
    """Called in an area's `apps.ready()`: `wake(now)` starts tasks for claimable rows, returns how many."""
    if wake not in _sweeps:
        _sweeps.append(wake)


def sweep(now: datetime | None = None) -> int:
    """Wake every registered kind of claimable row; returns how many were woken."""
    return sum(wake(now or timezone.now()) for wake in _sweeps)
