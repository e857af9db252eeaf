"""What the privacy declarations promise about time is done."""

from datetime import timedelta
from typing import Any

from django.utils import timezone, translation

from hub.declarations import declarations
from hub.notices.actions import notify
from hub.notices.models import Notice
from hub.retention import purge_expired
from hub.tasks import purge_expired as nightly
from learning.hours.models import Attendance, StudySession
from learning.notebooks.asking import ask
from learning.notebooks.models import Exchange
from tests.factories import make_notebook, make_session


def test_nothing_goes_before_its_time(cast: Any) -> None:
    notify(user=cast.emma, kind="session_moved", dedupe_key="1", facts={"title": "x"})
    ask(notebook=make_notebook(cast.emma), user=cast.emma, question="Was?")

    assert purge_expired(timezone.now() + timedelta(days=83)) == {}
    assert purge_expired(timezone.now() + timedelta(days=364)) == {"notices.Delivery": 1}
    assert Notice.objects.exists()
    assert Exchange.objects.exists()


def test_what_was_kept_long_enough_goes(cast: Any) -> None:
    notify(user=cast.emma, kind="session_moved", dedupe_key="1", facts={"title": "x"})
    ask(notebook=make_notebook(cast.emma), user=cast.emma, question="Was?")
    session = make_session(cast.farid)
    Attendance.objects.create(session=session, user=cast.emma)

    assert purge_expired(timezone.now() + timedelta(days=366)) == {
        "notices.Notice": 1,
        "notices.Delivery": 1,
        "notebooks.Exchange": 1,
    }
    assert StudySession.objects.exists()
    gone = purge_expired(timezone.now() + timedelta(days=3 * 365 + 1))
    assert gone["hours.StudySession"] == 1
    assert not Attendance.objects.exists()


def test_the_nightly_task_does_it(cast: Any) -> None:
    notify(user=cast.emma, kind="session_moved", dedupe_key="1", facts={"title": "x"})
    Notice.objects.update(created_at=timezone.now() - timedelta(days=400))
    assert nightly() == {"notices.Notice": 1}


# Dated by the tip they are about, not by a day of their own: `hub.nudges.forgetting` does it, with a test beside it.
DATED_BY_ANOTHER = {"nudges.Favourite"}


def test_every_promise_with_a_number_is_kept_by_the_purge() -> None:
    """A retention that names a time has days to it; what hangs on a choice or on leaving does not."""
    times = ("one year", "two years", "three years", "one day", "thirty days", "ninety days")
    times += ("two weeks", "twelve weeks")
    with translation.override("en"):
        for _label, declaration in declarations():
            names_a_time = any(time in str(declaration.retention).lower() for time in times)
            has_days = declaration.kept_days is not None or declaration.model in DATED_BY_ANOTHER
            assert names_a_time == has_days, declaration.model
