"""A real worker is killed amid a batch of mails: nobody is forgotten, and a second copy bears the same Message-ID."""

import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.hub.notices.conftest import free_port
from tests.killing import SWEEP, KillableSite

PEOPLE, KILLED_AT = 45, 24  # in the second twenty
# The tables as the models have them: what migrations do besides plays no part here and takes a minute.
PREPARE = f"""
import django; django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
settings.MIGRATION_MODULES = dict.fromkeys(app.label for app in apps.get_app_configs())
call_command("migrate", run_syncdb=True, verbosity=0)
from django.utils import timezone
from hub.notices.models import Delivery, Preference
from tests.factories import make_tip, make_user
tip, now = make_tip(), timezone.now()
for number in range({PEOPLE}):
    user = make_user(f"Person{{number}}")
    Preference.objects.create(
        user=user, tips_by_mail=True, quiet_from="08:00", quiet_to="08:00", working_days=list(range(7))
    )
    Delivery.objects.create(
        user=user, channel="mail", topic="tips", facts={{"tip": str(tip.pk), "propensity": 0.5}},
        dedupe_key=f"tip:{{user.pk}}", not_before=now, queued_at=now,
    )
"""


class Sink:
    """Takes mails; at the KILLED_AT-th it ends the worker that hands it over, before or after it has the mail."""

    def __init__(self, when: str) -> None:
        self.when = when
        self.worker: subprocess.Popen | None = None
        self.begun = 0
        self.ids: list[str] = []
        self.recipients: list[str] = []

    def _end(self, when: str) -> bool:
        if self.when != when or self.begun != KILLED_AT or self.worker is None:
            return False
        self.worker.send_signal(signal.SIGKILL)
        self.worker.wait()
        self.worker = None
        return True

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list) -> str:
        self.begun += 1
        if self._end("before"):
            return "421 gone"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.ids.append(message_from_bytes(envelope.content, policy=default)["Message-ID"])
        self.recipients += envelope.rcpt_tos
        self._end("after")
        return "250 OK"


@pytest.fixture(params=["before", "after"])
def sink(request: pytest.FixtureRequest) -> Iterator[tuple[Sink, int]]:
    sink, port = Sink(request.param), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    yield sink, port
    controller.stop()


@pytest.fixture
def site(tmp_path: Path, sink: tuple[Sink, int]) -> Iterator[KillableSite]:
    site = KillableSite(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{sink[1]}")
    yield site
    site.end_workers()


def test_kill_9_amid_a_batch_forgets_nobody_and_repeats_one_at_most(
    site: KillableSite, sink: tuple[Sink, int]
) -> None:
    post, _port = sink
    site.run("-c", PREPARE)
    post.worker = site.start_worker("victim")
    site.run("-c", SWEEP)
    site.wait_until(lambda: post.worker is None, "the worker is killed amid the batch")
    done = "SELECT count(*) FROM notices_delivery WHERE is_done = 1"
    assert site.query(done) == [(20,)], "the first twenty are settled"
    assert site.query(
        "SELECT count(*) FROM notices_delivery WHERE handed_at IS NOT NULL AND is_done = 0"
    ) == [(KILLED_AT - 1 - 20,)]

    site.query("UPDATE notices_delivery SET leased_until = '2020-01-01 00:00:00' WHERE is_done = 0")
    site.start_worker("heir")
    site.run("-c", SWEEP)
    site.run("-c", SWEEP)
    site.wait_until(lambda: site.query(done) == [(PEOPLE,)], "the next worker does the rest")

    assert len(set(post.recipients)) == PEOPLE, "nobody is forgotten"
    copies = [count for count in Counter(post.ids).values() if count > 1]
    assert copies == ([2] if post.when == "after" else []), "only what was under way, under its own id"
    assert len(set(post.ids)) == PEOPLE
    assert site.query("SELECT state, reason, count(*) FROM notices_delivery GROUP BY state, reason") == [
        ("sent", "", PEOPLE)
    ]
    assert site.query("SELECT count(*), count(DISTINCT user_id) FROM nudges_nudge") == [(PEOPLE, PEOPLE)]
    assert site.query("SELECT DISTINCT unanswered FROM notices_preference") == [(1,)]
