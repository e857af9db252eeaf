"""An answer that leads to nothing is none: after four weeks the proposal waits again."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from challenges.pilots.actions import discard
from challenges.pilots.models import Pilot
from challenges.processes.actions import delete_process
from challenges.processes.models import Process
from challenges.usecases.answering import DRAFT_DAYS, answer, reopen, reopen_not_taken_further
from challenges.usecases.models import UseCase
from hub.notices.models import Notice
from tests.factories import make_process, make_use_case


def answered(cast: SimpleNamespace, what: str, days: int, **more: Process) -> UseCase:
    use_case = make_use_case(cast.otto, answerer=cast.bertha)
    at = timezone.now() - timedelta(days=days)
    return answer(use_case=use_case, user=cast.bertha, answer=what, now=at, **more)


def waits(use_case: UseCase) -> bool:
    reopen_not_taken_further()
    use_case.refresh_from_db()
    return not use_case.is_answered


@pytest.mark.parametrize("what", ["pilot", "process"])
def test_what_stays_a_draft_waits_again_after_four_weeks(cast: SimpleNamespace, what: str) -> None:
    early, late = answered(cast, what, DRAFT_DAYS - 1), answered(cast, what, DRAFT_DAYS + 1)
    assert not waits(early)
    assert waits(late)
    assert late.answer_due_on > timezone.localdate()
    told = Notice.objects.filter(user=cast.otto, kind="use_case_waits_again")
    assert [notice.path for notice in told] == [f"/use-cases/{late.pk}/"]
    assert Notice.objects.filter(user=cast.bertha, kind="use_case_reopened").count() == 1
    assert reopen_not_taken_further() == 0, "once"


def test_what_others_see_has_become_something(cast: SimpleNamespace) -> None:
    begun, shared = answered(cast, "pilot", 90), answered(cast, "process", 90)
    Pilot.objects.update(state="running", starts_on="2026-11-02", decides_on="2027-01-11")
    Process.objects.update(audience="company")
    no = make_use_case(cast.otto, answerer=cast.bertha)
    answer(use_case=no, user=cast.bertha, answer="no", text="Nicht jetzt.", now=begun.answered_at)
    assert not any(waits(one) for one in (begun, shared, no))


def test_what_was_deleted_waits_again(cast: SimpleNamespace) -> None:
    existing = make_process(cast.bertha)
    use_case = answered(cast, "process", DRAFT_DAYS + 1, process=existing)
    assert not waits(use_case)
    delete_process(process=existing)
    assert waits(use_case)


def test_what_was_answered_anew_meanwhile_stays(cast: SimpleNamespace) -> None:
    use_case = answered(cast, "pilot", DRAFT_DAYS + 1)
    seen = UseCase.objects.get(pk=use_case.pk)
    discard(pilot=Pilot.objects.get())
    answer(use_case=use_case, user=cast.bertha, answer="pilot", now=timezone.now())
    reopen(use_case=seen)
    use_case.refresh_from_db()
    assert use_case.answer == "pilot"
