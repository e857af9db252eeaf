"""Which tip comes on which day: a pure function, so its promises are checked without a database."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID, uuid5

from hub.nudges.bandit import Arm, Posterior
from hub.nudges.selection import LATER_MEANS, NOT_AGAIN_FOR, Choice, Shown, choose

SPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
TIPS = [uuid5(SPACE, f"tip {n}") for n in range(24)]
EMMA, OTTO = uuid5(SPACE, "emma"), uuid5(SPACE, "otto")
MONDAY = date(2026, 11, 16)


def pick(shown: list[Shown], day: date = MONDAY, *, tips: list[UUID] = TIPS, **more: object) -> Choice | None:
    posterior = Posterior([Arm(tip_id) for tip_id in tips], seed=str(day))
    dismissed, who = more.get("dismissed", set()), more.get("who", EMMA)
    return choose(tips, shown, dismissed, subject_key=who, day=day, posterior=posterior)


def test_a_day_has_one_tip_and_days_and_people_differ() -> None:
    assert pick([]) == pick([])
    assert pick([], tips=TIPS[::-1]) == pick([])
    week = [pick([], MONDAY + timedelta(days=n)).tip_id for n in range(len(TIPS))]
    assert len(set(week)) > len(TIPS) / 3
    others = [pick([], MONDAY + timedelta(days=n), who=OTTO).tip_id for n in range(len(TIPS))]
    assert others != week


def test_nothing_comes_again_within_three_weeks() -> None:
    shown: list[Shown] = []
    last: dict[UUID, date] = {}
    for number in range(120):
        day = MONDAY + timedelta(days=number)
        choice = pick(shown, day)
        if choice is None:
            continue
        if choice.tip_id in last:
            assert day - last[choice.tip_id] >= NOT_AGAIN_FOR
        last[choice.tip_id] = day
        shown.append(Shown(choice.tip_id, day))
    assert len(shown) >= 115
    assert max(Counter(one.tip_id for one in shown).values()) <= 6


def test_what_was_shown_today_stays_for_the_day() -> None:
    other = next(tip for tip in TIPS if tip != pick([]).tip_id)
    assert pick([Shown(other, MONDAY)]) == Choice(other, "today")
    found = pick([Shown(other, MONDAY, is_of_the_day=False)])
    assert found.reason == "new"
    assert found.tip_id != other


def test_later_means_not_for_three_days_and_then_first() -> None:
    put_off = Shown(TIPS[5], MONDAY, "later", MONDAY)
    for number in range(1, LATER_MEANS.days):
        assert pick([put_off], MONDAY + timedelta(days=number)).tip_id != TIPS[5]
    for number in (3, 4, 10):
        assert pick([put_off], MONDAY + timedelta(days=number)) == Choice(TIPS[5], "later")
    shown_again = Shown(TIPS[5], MONDAY + timedelta(days=3))
    assert pick([put_off, shown_again], MONDAY + timedelta(days=4)).tip_id != TIPS[5]


def test_the_longest_put_off_comes_first() -> None:
    shown = [
        Shown(TIPS[1], MONDAY + timedelta(days=1), "later", MONDAY + timedelta(days=1)),
        Shown(TIPS[2], MONDAY, "later", MONDAY),
    ]
    assert pick(shown, MONDAY + timedelta(days=9)) == Choice(TIPS[2], "later")


def test_not_for_me_means_never_again() -> None:
    for number in range(60):
        found = pick([], MONDAY + timedelta(days=number), tips=TIPS[:3], dismissed={TIPS[0]})
        assert found.tip_id != TIPS[0]
    assert pick([], tips=TIPS[:1], dismissed={TIPS[0]}) is None


def test_what_was_tried_comes_only_after_all_others() -> None:
    tried = Shown(TIPS[0], MONDAY, "tried", MONDAY)
    seen = Shown(TIPS[1], MONDAY)
    day = MONDAY + NOT_AGAIN_FOR
    assert {pick([tried, seen], day, tips=TIPS[:3], who=uuid5(SPACE, str(n))).tip_id for n in range(60)} == {
        TIPS[1],
        TIPS[2],
    }
    assert pick([tried, seen], day, tips=TIPS[:2]) == Choice(TIPS[1], "again", 1)
    assert pick([tried], day, tips=TIPS[:1]) == Choice(TIPS[0], "tried", 1)
    assert pick([tried], day - timedelta(days=1), tips=TIPS[:1]) is None


def test_without_tips_there_is_none() -> None:
    assert pick([], tips=[]) is None
