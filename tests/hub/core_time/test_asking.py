"""The question: whom it is asked, what is kept of an answer, and that nobody counts twice."""

from collections import Counter as Counted
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.core_time import asking
from hub.core_time.days import ONE_DAY
from hub.core_time.models import CHOICES, Counter, Mark, Measurement, Voice
from hub.notices.models import Preference
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import make_measurement, make_session
from tests.hub.core_time.conftest import MONDAY, answer, ask, days_of, noon


def counters() -> dict[int, int]:
    return {percent: times for percent, times in Counter.objects.values_list("percent", "times") if times}


def test_it_comes_on_four_days_and_on_no_other(company: SimpleNamespace, measurement: Measurement) -> None:
    days = days_of(company.vera, measurement)
    window = [MONDAY + timedelta(days=number) for number in range(-1, 16)]
    assert [day for day in window if ask(company.vera, day)] == days
    assert len(days) == 4
    first = ask(company.vera, days[0])
    assert first.about < days[0]
    assert not [day for day in window if ask(company.otto, day)], "of another team"


def test_the_day_is_the_persons_own(company: SimpleNamespace, measurement: Measurement) -> None:
    """In Auckland the day begins eleven hours earlier than in Ladenburg."""
    day = next(one for one in days_of(company.vera, measurement) if ask(company.vera, one - ONE_DAY) is None)
    evening = noon(day - ONE_DAY).replace(hour=13)
    assert asking.question_for(company.vera, evening) is None
    User.objects.filter(pk=company.vera.pk).update(time_zone="Pacific/Auckland")
    found = asking.question_for(User.objects.get(pk=company.vera.pk), evening)
    assert found.day == day


def test_working_days_of_ones_own_are_kept(company: SimpleNamespace, measurement: Measurement) -> None:
    Preference.objects.create(user=company.vera, working_days=[0, 1])
    days = days_of(company.vera, measurement)
    assert {day.weekday() for day in days} == {0, 1}
    assert ask(company.vera, days[0]).about.weekday() in {0, 1}


def test_in_ones_hour_no_card_comes(company: SimpleNamespace, measurement: Measurement) -> None:
    day = days_of(company.vera, measurement)[0]
    assert asking.card_for(company.vera, noon(day)) is not None
    make_session(company.otto, starts_at=noon(day) - timedelta(minutes=5))
    assert asking.card_for(company.vera, noon(day)) is None
    assert asking.question_for(company.vera, noon(day)) is not None


def test_an_answer_is_added_to_a_counter_and_stands_in_no_row_of_the_person(
    company: SimpleNamespace, measurement: Measurement
) -> None:
    answer(company.people[0], measurement, [40, 60])
    answer(company.people[1], measurement, [40])
    assert counters() == {40: 2, 60: 1}
    assert Counted(Mark.objects.values_list("user", flat=True)) == {
        company.people[0].pk: 2,
        company.people[1].pk: 1,
    }
    assert Voice.objects.count() == 2
    for model, names in (
        (Mark, {"id", "measurement", "user", "day"}),
        (Voice, {"id", "measurement", "user"}),
        (Counter, {"id", "measurement", "percent", "times"}),
    ):
        assert {field.name for field in model._meta.concrete_fields} == names
    assert all(isinstance(pk, UUID) for pk in Mark.objects.values_list("pk", flat=True)), (
        "in no order of time"
    )


def test_every_counter_is_written_whatever_was_answered(
    company: SimpleNamespace, measurement: Measurement
) -> None:
    def written(user: User, percent: int) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            answer(user, measurement, [percent])
        return [query["sql"] for query in captured if query["sql"].startswith("UPDATE")]

    [one], [other] = written(company.people[0], 0), written(company.people[1], 100)
    assert one.split("WHERE")[1] == other.split("WHERE")[1]
    assert "percent" not in one.split("WHERE")[-1]
    assert Counter.objects.count() == len(CHOICES)


def test_answering_and_not_today_leave_the_same_mark(
    company: SimpleNamespace, measurement: Measurement
) -> None:
    answers, passes = company.people[:2]
    answer(answers, measurement, [80])
    day = days_of(passes, measurement)[0]
    asking.skip(user=passes, about=ask(passes, day).about, now=noon(day))
    fields = ("measurement", "user", "day")
    assert Mark.objects.filter(user=passes).values(*fields).get() == {
        "measurement": measurement.pk, "user": passes.pk, "day": day,
    }  # fmt: skip
    assert counters() == {80: 1}
    assert not Voice.objects.filter(user=passes).exists()
    assert ask(passes, day) is None
    assert ask(passes, days_of(passes, measurement)[1]), "the other days are asked about all the same"


def test_nobody_counts_twice_a_day(company: SimpleNamespace, measurement: Measurement) -> None:
    vera, day = company.vera, days_of(company.vera, measurement)[0]
    about = ask(vera, day).about
    answer(vera, measurement, [20])
    for again in (
        lambda: asking.answer(user=vera, about=about, percent=100, now=noon(day)),
        lambda: asking.skip(user=vera, about=about, now=noon(day)),
    ):
        with pytest.raises(Refusal, match="done_today") as caught:
            again()
        assert caught.value.status == 409
    assert counters() == {20: 1}


def test_other_working_days_make_no_fifth_answer(company: SimpleNamespace, measurement: Measurement) -> None:
    vera = company.vera
    answer(vera, measurement, [20] * 4)
    for weekdays in ([0], [1], [2], [3], [4]):
        Preference.objects.update_or_create(user=vera, defaults={"working_days": weekdays})
        assert not [day for day in days_of(vera, measurement) if ask(vera, day)]
    day = days_of(vera, measurement)[0]
    with pytest.raises(Refusal, match="done_today"):
        asking.answer(user=vera, about=day - timedelta(days=7), percent=20, now=noon(day))
    assert counters() == {20: 4}


def test_what_is_not_asked_is_not_counted(company: SimpleNamespace, measurement: Measurement) -> None:
    vera = company.vera
    days = days_of(vera, measurement)
    other = next(day for day in (MONDAY + timedelta(days=n) for n in range(14)) if day not in days)
    first = ask(vera, days[0])
    cases = (
        ("not_a_choice", 422, 30, first.about, noon(days[0])),
        ("question_over", 409, 40, first.about - timedelta(days=1), noon(days[0])),
        ("not_asked", 409, 40, other - timedelta(days=1), noon(other)),
        ("not_asked", 409, 40, MONDAY + timedelta(days=20), noon(MONDAY + timedelta(days=21))),
    )
    for code, status, percent, about, now in cases:
        with pytest.raises(Refusal, match=code) as caught:
            asking.answer(user=vera, about=about, percent=percent, now=now)
        assert caught.value.status == status
    with pytest.raises(Refusal, match="not_asked"):
        asking.answer(user=company.otto, about=first.about, percent=40, now=noon(days[0]))
    assert counters() == {}
    assert not Mark.objects.exists()


def test_while_the_team_measures_nothing_it_costs_one_query(
    company: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    make_measurement(company.others, starts_on=MONDAY)
    with django_assert_num_queries(1):
        assert asking.card_for(company.vera, noon(MONDAY)) is None


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_count_once(company: SimpleNamespace, measurement: Measurement) -> None:
    vera, day = company.vera, days_of(company.vera, measurement)[0]
    about = ask(vera, day).about

    def work(percent: int) -> str:
        try:
            asking.answer(user=vera, about=about, percent=percent, now=noon(day))
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "counted"

    with ThreadPoolExecutor(4) as pool:
        said = Counted(pool.map(work, [0, 20, 40, 60, 80, 100]))
    assert said == {"counted": 1, "done_today": 5}
    assert sum(counters().values()) == 1


def test_whoever_is_erased_leaves_no_mark_and_a_leaver_is_asked_no_more(
    company: SimpleNamespace, measurement: Measurement, sign_in: Any, at: Any
) -> None:
    vera, ben = company.people[:2]
    answer(vera, measurement, [60, 60])
    answer(ben, measurement, [60])
    vera.delete()
    assert set(Mark.objects.values_list("user", flat=True)) == {ben.pk}
    assert set(Voice.objects.values_list("user", flat=True)) == {ben.pk}
    assert counters() == {60: 3}, "which of them were whose nobody knows"
    day = days_of(ben, measurement)[1]
    User.objects.filter(pk=ben.pk).update(status="left")
    at(noon(day))
    assert sign_in(ben).get("/core-time/question/").status_code == 302
