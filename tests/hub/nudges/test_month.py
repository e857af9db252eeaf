"""A month of one person keeps what was promised: cap, quiet, no repeats, the hour left alone, silence understood."""

from datetime import timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from hub.notices.actions import set_preferences
from hub.notices.models import Destination
from hub.people.models import User
from tests import month
from tests.factories import make_team, make_user
from tests.month import START, Got

WEEKS = timedelta(weeks=4)
STEP = timedelta(hours=6)
BERLIN = ZoneInfo("Europe/Berlin")
SAYS_YOU = {"de": "Du ", "en": "You "}


def months_of(user: User, *, every: int = 0, weeks: timedelta = WEEKS, **wishes: Any) -> list[Got]:
    set_preferences(user=user, changes=wishes)
    answer = month.answering(user, every)
    return list(month.live(user, until=START + weeks, answer=answer, looks_on=(1,), step=STEP))


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "way"), [("de", "mail"), ("en", "slack")])
def test_a_month_keeps_every_promise(language: str, way: str) -> None:
    with time_machine.travel(START, tick=False):
        user = make_user("Emma", team=make_team("Vertrieb"), language=language, time_zone="Europe/Berlin")
        month.settle_in(user, rhythm="daily")
        if way == "slack":
            Destination.objects.create(user=user, channel=way, host="example.com", secret="-")
        wishes = {"remind_of_hours": True, "remind_of_cards": True, "tips_by_mail": way == "mail"}
        got = months_of(user, every=1, weekly_cap=3, **wishes)

    sent = [one for one in got if one.way not in {"today", "notice"}]
    local = [one.at.astimezone(BERLIN) for one in sent]
    days = [at.date() for at in local]
    assert {one.what for one in sent} == {"tips", "reminder"}
    assert 8 <= len(sent) <= 12
    for day in days:
        assert sum(day - timedelta(days=7) < other <= day for other in days) <= 3
    assert len(set(days)) == len(days), "one a day"
    assert all(at.weekday() < 5 and 8 <= at.hour < 18 for at in local)
    assert not any(at.weekday() == 3 and at.hour == 15 for at in local), "not in the hour"
    tips: dict[str, Any] = {}
    for one in (one for one in got if one.tip):
        before = tips.get(one.tip)
        assert before is None or one.at - before >= timedelta(days=21), one.title
        tips[one.tip] = one.at
    assert all(one.why.startswith(SAYS_YOU[language]) for one in sent)
    assert {one.way for one in sent if "/review/" in one.text} == {"mail"}, "where nobody reads along"
    assert {one.way for one in sent if "/review/" not in one.text} == {way}


@pytest.mark.django_db
def test_what_was_put_off_comes_again_and_takes_no_place_in_vain() -> None:
    with time_machine.travel(START, tick=False):
        user = make_user("Emma", team=make_team("Vertrieb"), language="en", time_zone="Europe/Berlin")
        month.settle_in(user, rhythm="")
        set_preferences(user=user, changes={"tips_by_mail": True, "weekly_cap": 2})
        answer = month.answering(user, 1, "later")
        got = list(
            month.live(user, until=START + timedelta(weeks=2), answer=answer, step=timedelta(hours=12))
        )
    tips = [one for one in got if one.tip]
    assert len(tips) == 4, "the cap of two weeks"
    assert [one.tip for one in tips] == [tips[0].tip] * 4
    assert all(later.at - one.at >= timedelta(days=3) for one, later in pairwise(tips))


@pytest.mark.django_db
def test_a_month_without_an_answer_becomes_quieter_and_then_quiet() -> None:
    with time_machine.travel(START, tick=False):
        user = make_user("Emma", team=make_team("Vertrieb"), language="en", time_zone="Europe/Berlin")
        month.settle_in(user, rhythm="")
        set_preferences(user=user, changes={"tips_in_inbox": True, "weekly_cap": 2})
        got = list(month.live(user, until=START + timedelta(weeks=9), step=timedelta(hours=12)))
    tips = [one for one in got if one.tip]
    gaps = [(later.at - one.at).days for one, later in pairwise(tips)]
    assert len(tips) == 6
    assert max(gaps[:2]) <= 5
    assert min(gaps[2:]) >= 7
    assert [one.title for one in got if one.way == "notice"] == [
        "You left six tips in a row unanswered, so none are sent any more. The library is always open."
    ]
