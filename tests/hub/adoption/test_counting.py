"""The numbers behind the reports, against small cases worked by hand. Weeks are counted back from the one that closes:
week 0 is the week of 9 November 2026."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from challenges.contests.models import (
    Challenge,
    Partaking,
    PublishedClaim,
    PublishedElimination,
    PublishedFreed,
    PublishedStanding,
)
from challenges.pilots.models import Pilot
from hub.adoption import snapshot
from hub.adoption.activity import cohorts, mark_active
from hub.adoption.counting import MEASURES, NUMBERS
from hub.adoption.counting.measure import Pace
from hub.adoption.models import ActiveWeek, Cohort, CourseWeek, ImportedUse, UsageImport
from hub.adoption.reports import REPORTS
from hub.disclosure.models import ReleasedCell, WeekMembership
from hub.disclosure.weeks import WEEK, bounds
from hub.nudges.models import Nudge
from hub.people.models import LegalEntity, User
from learning.hours.models import Attendance, LabDone, LabTask, Outcome
from learning.hours.walking import agree
from learning.notebooks.models import Attempt, CardReview, Exchange, Note, RolePlay
from tests.factories import (
    make_challenge,
    make_entry,
    make_notebook,
    make_pilot,
    make_process,
    make_session,
    make_team,
    make_tip,
    make_user,
)
from tests.learning.notebooks.study import hand_made

MONDAY = date(2026, 11, 9)
START, END = bounds(MONDAY)
FRIDAY = datetime(2026, 11, 13, 8, tzinfo=UTC)
DECEMBER = date(2026, 12, 1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ITEM = {"kind": "card", "heading": "?", "body": "!", "says": "!", "data": {"answer": "!"}}


def back(weeks: int) -> date:
    return MONDAY - weeks * WEEK


def active(user: User, *weeks: int) -> None:
    ActiveWeek.objects.bulk_create(
        ActiveWeek(monday=back(number), subject_key=user.subject_key) for number in weeks
    )


def counted(name: str, people: dict[str, User]) -> set[str]:
    """The first names of those for whom the measure has a number in week 0."""
    found = NUMBERS[name](START, END)
    return {
        first for first, user in people.items() if found.get(user.pk, 0) or found.get(user.subject_key, 0)
    }


@pytest.fixture
def six(db: None) -> dict[str, User]:
    people = {name: make_user(name, joined_at=LONG_AGO) for name in ("Anna", "Ben", "Cem", "Dora", "Eli")}
    people["Fay"] = make_user("Fay", joined_at=bounds(back(8))[0])
    return people


def test_the_habit_is_nine_of_the_last_twelve_weeks_or_all_of_the_last_four(six: dict[str, User]) -> None:
    """The published definition: nine weeks are enough, eight are not; the thirteenth week back is over."""
    active(six["Anna"], *range(3, 12))  # nine
    active(six["Ben"], *range(8))  # eight, the last four among them
    active(six["Cem"], 12, 13, *range(1, 9))  # eight of the last twelve, ten of fourteen
    active(six["Dora"], 0, 1, 3, 4, 5)  # not the week before the last but one
    active(six["Fay"], *range(9))  # nine, but here for nine weeks only
    assert counted("habit-9-of-12", six) == {"Anna"}
    assert counted("habit-4-of-4", six) == {"Ben", "Fay"}
    assert counted("ladder-habit", six) == {"Anna", "Ben", "Fay"}


def test_active_in_the_week_and_in_28_days(six: dict[str, User]) -> None:
    active(six["Anna"], 0)
    active(six["Ben"], 3)
    active(six["Cem"], 4)
    ActiveWeek.objects.create(monday=back(-1), subject_key=six["Dora"].subject_key)
    assert counted("active-week", six) == counted("retained", six) == {"Anna"}
    assert counted("active-28d", six) == {"Anna", "Ben"}
    assert counted("ladder-tried", six) == {"Anna", "Ben", "Cem"}


def imported(
    *people: User,
    reported_on: date,
    monday: date | None = None,
    confirmed_at: datetime = FRIDAY,
    entity: str = "",
) -> UsageImport:
    company, _made = LegalEntity.objects.get_or_create(name=entity or "Ringer Werke GmbH")
    made = UsageImport.objects.create(
        source="copilot",
        layout="v1",
        sha256=uuid4().hex,
        reported_on=reported_on,
        rows=len(people),
        matched=len(people),
        unknown=0,
        state="confirmed",
        uploaded_at=confirmed_at,
        confirmed_at=confirmed_at,
    )
    made.entities.add(company)
    ImportedUse.objects.bulk_create(
        ImportedUse(usage_import=made, subject_key=user.subject_key, entity_id=company.pk, monday=monday)
        for user in people
    )
    return made


def test_a_seat_is_in_the_newest_report_of_the_company_not_older_than_35_days(six: dict[str, User]) -> None:
    imported(six["Anna"], six["Ben"], reported_on=date(2026, 11, 1))
    imported(six["Ben"], six["Cem"], reported_on=date(2026, 11, 8))
    imported(six["Dora"], reported_on=date(2026, 10, 12), entity="Ringer Works Ltd")  # 35 days before its end
    imported(six["Eli"], reported_on=date(2026, 10, 11), entity="Ringer Sarl")  # 36 days
    imported(
        six["Fay"], reported_on=date(2026, 11, 9), confirmed_at=END, entity="Ringer BV"
    )  # a moment too late
    assert counted("seats", six) == {"Ben", "Cem", "Dora"}


def test_reached_is_who_has_a_seat_or_did_anything_here_in_twelve_weeks(six: dict[str, User]) -> None:
    imported(six["Anna"], reported_on=date(2026, 11, 8))
    active(six["Ben"], 11)
    active(six["Cem"], 12)
    for name, weeks in (("Dora", 11), ("Eli", 12)):
        session = make_session(six[name], starts_at=FRIDAY - weeks * WEEK)
        Attendance.objects.create(session=session, user=six[name])
    assert counted("reach", six) == {"Anna", "Ben", "Dora"}


def test_the_ladder_begins_with_whoever_may_use_it(six: dict[str, User]) -> None:
    User.objects.filter(pk=six["Eli"].pk).update(status="left")
    assert counted("ladder-licence", six) == {"Anna", "Ben", "Cem", "Dora", "Fay"}


def test_what_marks_a_week_as_active_and_what_does_not(six: dict[str, User]) -> None:
    owner = make_user("Olaf", joined_at=LONG_AGO)
    notebook = make_notebook(owner)
    aid = hand_made(notebook, "cards", [ITEM])
    session = make_session(owner, starts_at=FRIDAY - 3 * WEEK)
    done = LabTask.objects.create(session=session, position=0, title="x", prompt="y")
    people = {
        name: make_user(name, joined_at=LONG_AGO)
        for name in ("lab", "outcome", "quiz", "card", "question", "note", "play", "tip", "course", "report", "late",
                     "attended", "shown")
    }  # fmt: skip
    LabDone.objects.create(task=done, user=people["lab"], done_at=FRIDAY)
    Outcome.objects.create(session=session, user=people["outcome"], text="x", result="worked", noted_at=START)
    Attempt.objects.create(aid=aid, learner=people["quiz"], finished_at=END - timedelta(seconds=1))
    CardReview.objects.create(item=aid.items.first(), learner=people["card"], rating=3, reviewed_at=FRIDAY)
    exchange = Exchange.objects.create(notebook=notebook, asker=people["question"], question="?", answer={})
    Exchange.objects.filter(pk=exchange.pk).update(asked_at=FRIDAY)
    Note.objects.create(notebook=notebook, author=people["note"], title="x")
    Note.objects.update(updated_at=FRIDAY)
    RolePlay.objects.create(notebook=notebook, learner=people["play"], scene="newcomer", language="de")
    RolePlay.objects.update(started_at=FRIDAY)
    tip, shown = make_tip(), {"shown_on": FRIDAY.date(), "shown_at": FRIDAY, "source": "today"}
    Nudge.objects.create(
        id=uuid4(), user=people["tip"], tip=tip, response="tried", responded_at=FRIDAY, **shown
    )
    Nudge.objects.create(id=uuid4(), user=people["shown"], tip=tip, **shown)
    CourseWeek.objects.create(monday=MONDAY, subject_key=people["course"].subject_key, kind="exp")
    imported(people["report"], reported_on=FRIDAY.date(), monday=MONDAY)
    imported(
        people["late"],
        reported_on=FRIDAY.date(),
        monday=back(2),
        confirmed_at=FRIDAY,
        entity="Ringer Works Ltd",
    )
    Attendance.objects.create(session=make_session(owner, starts_at=FRIDAY), user=people["attended"])

    keys = dict(User.objects.values_list("pk", "subject_key"))
    mark_active(MONDAY, keys)
    names = {user.subject_key: name for name, user in people.items()}
    weeks = {(names[key], monday) for key, monday in ActiveWeek.objects.values_list("subject_key", "monday")}
    on_purpose = set(people) - {"attended", "shown", "late"}
    assert weeks == {(name, MONDAY) for name in on_purpose} | {("late", back(2))}
    mark_active(MONDAY, keys)
    assert ActiveWeek.objects.count() == len(weeks)


def test_however_much_somebody_did_it_is_one_week(six: dict[str, User]) -> None:
    anna = six["Anna"]
    notebook = make_notebook(anna)
    for _number in range(60):
        Exchange.objects.create(notebook=notebook, asker=anna, question="?", answer={})
    Exchange.objects.update(asked_at=FRIDAY)
    mark_active(MONDAY, {anna.pk: anna.subject_key})
    assert ActiveWeek.objects.count() == 1
    assert NUMBERS["active-week"](START, END) == {anna.subject_key: 1}


def test_what_is_done_in_a_sealed_bet_marks_no_week(cast: Any) -> None:
    """Whoever reads the active rate must not learn from it who claims."""
    from tests.factories import make_claim

    entry = make_entry(make_challenge(cast.farid), cast.carl)
    make_claim(entry)
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    mark_active(monday, dict(User.objects.values_list("pk", "subject_key")))
    assert not ActiveWeek.objects.exists()


def test_a_cohort_is_the_month_of_the_first_active_week_and_stays(six: dict[str, User]) -> None:
    anna, ben = six["Anna"], six["Ben"]
    imported(anna, reported_on=FRIDAY.date(), monday=date(2026, 8, 31))
    CourseWeek.objects.create(monday=MONDAY, subject_key=ben.subject_key, kind="exp")
    keys = {user.pk: user.subject_key for user in six.values()}
    mark_active(MONDAY, keys)
    assert cohorts(DECEMBER) == {anna.subject_key: date(2026, 8, 1), ben.subject_key: date(2026, 11, 1)}
    imported(ben, reported_on=FRIDAY.date(), monday=back(10), entity="Ringer Works Ltd")
    mark_active(MONDAY + WEEK, keys)
    assert ActiveWeek.objects.filter(subject_key=ben.subject_key).count() == 2
    assert cohorts(DECEMBER)[ben.subject_key] == date(2026, 11, 1)
    assert Cohort.objects.count() == 2


def test_who_began_in_a_month_that_is_not_over_has_no_cohort_yet(six: dict[str, User]) -> None:
    """The week of 26 October ends on 1 November, the Sunday; so October is over then, and not a week before."""
    anna = six["Anna"]
    User.objects.filter(pk=anna.pk).update(team=make_team("Vertrieb"))
    Cohort.objects.create(subject_key=anna.subject_key, month=date(2026, 10, 1))
    before, then, after = (
        snapshot.freeze_weeks(monday, monday, now=END)[0].monday
        for monday in (date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2))
    )
    cohort_in = dict(
        WeekMembership.objects.filter(subject_key=anna.subject_key).values_list("monday", "cohort")
    )
    assert cohort_in == {before: None, then: date(2026, 10, 1), after: date(2026, 10, 1)}


def test_a_month_is_over_when_the_next_one_has_begun(six: dict[str, User]) -> None:
    anna = six["Anna"].subject_key
    Cohort.objects.create(subject_key=anna, month=date(2026, 11, 1))
    assert cohorts(date(2026, 11, 30)) == {}
    assert cohorts(DECEMBER) == {anna: date(2026, 11, 1)}


def test_an_import_counts_from_the_close_of_the_week_in_which_it_was_confirmed(six: dict[str, User]) -> None:
    late = imported(six["Anna"], reported_on=FRIDAY.date(), monday=MONDAY, confirmed_at=END)
    keys = {six["Anna"].pk: six["Anna"].subject_key}
    mark_active(MONDAY, keys)
    late.refresh_from_db()
    assert late.counted_at is None
    mark_active(MONDAY + WEEK, keys)
    late.refresh_from_db()
    assert late.counted_at
    assert ActiveWeek.objects.get().monday == MONDAY


def test_learning_by_week(six: dict[str, User]) -> None:
    notebook = make_notebook(six["Anna"])
    aid = hand_made(notebook, "cards", [ITEM])
    Attempt.objects.create(aid=aid, learner=six["Anna"], finished_at=FRIDAY)
    Attempt.objects.create(aid=aid, learner=six["Ben"])  # begun, not finished
    Attempt.objects.create(aid=aid, learner=six["Cem"], finished_at=END)
    CardReview.objects.create(item=aid.items.first(), learner=six["Ben"], rating=1, reviewed_at=FRIDAY)
    for name, refused in (("Dora", True), ("Dora", False), ("Eli", False)):
        Exchange.objects.create(notebook=notebook, asker=six[name], question="?", answer={"refused": refused})
    Exchange.objects.update(asked_at=FRIDAY)
    assert counted("quiz-done", six) == {"Anna"}
    assert counted("cards-reviewed", six) == {"Ben"}
    assert counted("questions-asked", six) == {"Dora", "Eli"}
    assert NUMBERS["questions-asked"](START, END)[six["Dora"].pk] == 2
    assert counted("questions-refused", six) == {"Dora"}


def test_tips_shown_tried_and_kept(six: dict[str, User]) -> None:
    tip = make_tip()

    def shown(name: str, at: datetime, **more: Any) -> None:
        given = {"source": "today", **more}
        Nudge.objects.create(id=uuid4(), user=six[name], tip=tip, shown_on=at.date(), shown_at=at, **given)

    shown("Anna", FRIDAY)
    shown("Ben", FRIDAY, source="library", response="tried", responded_at=FRIDAY)
    shown(
        "Cem", FRIDAY - 2 * WEEK, response="tried", responded_at=FRIDAY - 2 * WEEK, kept="yes", kept_at=FRIDAY
    )
    shown(
        "Dora", FRIDAY - 2 * WEEK, response="tried", responded_at=FRIDAY - 2 * WEEK, kept="no", kept_at=FRIDAY
    )
    assert counted("tips-shown", six) == {"Anna"}
    assert counted("tips-tried", six) == {"Ben"}
    assert counted("tips-kept", six) == {"Cem"}


def test_literacy_counts_hour_lab_quiz_and_completed_course(six: dict[str, User]) -> None:
    anna, ben, cem, dora, eli = (six[name] for name in ("Anna", "Ben", "Cem", "Dora", "Eli"))
    session = make_session(anna, starts_at=FRIDAY - 11 * WEEK)
    Attendance.objects.create(session=session, user=anna)
    task = LabTask.objects.create(session=session, position=0, title="x", prompt="y")
    LabDone.objects.create(task=task, user=ben, done_at=FRIDAY)
    aid = hand_made(make_notebook(anna), "cards", [ITEM])
    Attempt.objects.create(aid=aid, learner=cem, finished_at=FRIDAY)
    CourseWeek.objects.create(monday=back(11), subject_key=dora.subject_key, kind="done")
    CourseWeek.objects.create(monday=back(12), subject_key=eli.subject_key, kind="done")
    CourseWeek.objects.create(monday=MONDAY, subject_key=six["Fay"].subject_key, kind="exp")
    assert counted("literacy-12w", six) == {"Anna", "Ben", "Cem", "Dora"}


def test_an_hour_with_several_leaders_who_show_theirs_counts_once_a_company(cast: Any) -> None:
    other = make_user("Lena", is_executive=True, team=cast.ada.team)
    first, second, third = (make_session(cast.farid, starts_at=FRIDAY + timedelta(hours=n)) for n in range(3))
    for leader in (cast.bertha, cast.carl, other):
        agree(leader=leader, shows_attendance=True)
    agree(leader=other, shows_attendance=False, compares_tasks=True)
    hidden = make_user("Vera", is_executive=True, team=cast.bertha.team)
    attended = [
        (first, cast.bertha),
        (first, cast.carl),
        (second, cast.carl),
        (second, other),
        (third, hidden),
    ]
    Attendance.objects.bulk_create(Attendance(session=hour, user=user) for hour, user in attended)
    assert sum(NUMBERS["leader-hours"](START, END).values()) == 2
    agree(leader=other, shows_attendance=True)
    found = NUMBERS["leader-hours"](START, END)
    assert sum(found.values()) == 3  # the second hour once in either company
    assert hidden.pk not in found


def revealed(challenge: Challenge, at: datetime = FRIDAY) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(status="revealed", revealed_at=at)


def standing(entry: Any, low: float, mid: float, high: float) -> None:
    PublishedStanding.objects.create(
        challenge=entry.challenge, entry=entry, rank=1, hours_low=low, hours_mid=mid, hours_high=high
    )


def test_hours_freed_are_what_was_published_of_a_process_divided_among_its_entries(cast: Any) -> None:
    """Bertha alone would free 44 hours, Carl 132; together it is 132, as they share steps: a quarter is Bertha's."""
    challenge = make_challenge(cast.farid)
    shared, own = make_process(cast.farid), make_process(cast.farid)
    one, two = make_entry(challenge, cast.bertha, shared), make_entry(challenge, cast.carl, shared)
    three = make_entry(challenge, cast.emma, own)
    standing(one, 44, 48, 104)
    standing(two, 132, 144, 104)
    standing(three, 10, 11, 12)
    PublishedFreed.objects.create(challenge=challenge, process=shared, low=132, mid=144, high=156)
    PublishedFreed.objects.create(challenge=challenge, process=own, low=10, mid=11, high=12)
    for name in ("low", "mid", "high"):
        assert NUMBERS[f"hours-freed-{name}"](START, END) == {}  # still sealed
    revealed(challenge)
    bertha, carl, emma = cast.bertha.pk, cast.carl.pk, cast.emma.pk
    assert NUMBERS["hours-freed-low"](START, END) == {bertha: 33, carl: 99, emma: 10}
    assert NUMBERS["hours-freed-mid"](START, END) == {bertha: 36, carl: 108, emma: 11}
    assert NUMBERS["hours-freed-high"](START, END) == {bertha: 78, carl: 78, emma: 12}
    assert NUMBERS["hours-freed-low"](*bounds(MONDAY + WEEK)) == {}


def test_a_process_was_changed_by_contestant_and_team_if_the_bet_is_revealed_and_it_held(cast: Any) -> None:
    challenge, reversed_one = make_challenge(cast.farid), make_challenge(cast.farid)
    entry, taken_back = make_entry(challenge, cast.bertha), make_entry(reversed_one, cast.carl)
    Partaking.objects.create(challenge=challenge, entry=entry, user=cast.emma, part="member")
    Partaking.objects.create(challenge=challenge, entry=entry, user=cast.otto, part="assistant")
    for made, outcome in ((entry, "open"), (taken_back, "reversed")):
        claim = PublishedClaim.objects.create(
            entry=made, claim_key=uuid4(), change="eliminated", credit=1, outcome=outcome
        )
        PublishedElimination.objects.create(entry=made, step=made.process.steps.first(), claim=claim)
    people = {"bertha": cast.bertha, "carl": cast.carl, "emma": cast.emma, "otto": cast.otto}
    assert counted("ladder-process", people) == set()
    revealed(reversed_one)
    revealed(challenge, END - timedelta(weeks=52))
    assert counted("ladder-process", people) == {"bertha", "emma"}
    revealed(challenge, END - timedelta(weeks=52, seconds=1))
    assert counted("ladder-process", people) == set()


def test_pilots_count_in_the_week_they_are_decided_and_late_ones_as_the_week_ends(
    six: dict[str, User],
) -> None:
    """Week 0 ends before Monday 16 November; what is decided on that Monday was still late, or still ran."""
    in_time, late = date(2026, 11, 16), date(2026, 11, 15)
    make_pilot(six["Anna"], state="scaled")
    make_pilot(six["Ben"], state="stopped")
    make_pilot(six["Cem"], state="scaled")
    Pilot.objects.filter(owner=six["Cem"]).update(decided_at=END, decides_on=late)
    Pilot.objects.filter(owner__in=[six["Anna"], six["Ben"]]).update(decided_at=START, decides_on=late)
    for first, decides_on, extended_to in (
        ("Dora", late, None),
        ("Eli", in_time, None),
        ("Fay", late, in_time),
    ):
        pilot = make_pilot(six[first])
        Pilot.objects.filter(pk=pilot.pk).update(decides_on=decides_on, extended_to=extended_to)
    make_pilot(six["Eli"], state="draft")
    Pilot.objects.filter(owner=six["Eli"], state="draft").update(decides_on=late)
    assert counted("pilots-decided", six) == {"Anna", "Ben"}
    assert counted("pilots-scaled", six) == {"Anna"}
    assert counted("pilots-stopped", six) == {"Ben"}
    assert counted("pilots-overdue", six) == {"Cem", "Dora"}
    six["Dora"].status = User.Status.LEFT
    six["Dora"].save()
    assert counted("pilots-overdue", six) == {"Cem"}


def test_every_report_has_its_numbers_under_the_same_kind() -> None:
    assert {
        measure.name: measure.kind for report in REPORTS.values() for measure in report.measures
    }.items() <= {name: measure.kind for name, measure in MEASURES.items()}.items()
    assert all(len(name) <= 40 and name == measure.name for name, measure in MEASURES.items())
    assert {name for name, measure in MEASURES.items() if measure.pace is Pace.ROLLING} == {
        "seats", "reach", "active-28d", "habit-9-of-12", "habit-4-of-4", "ladder-licence", "ladder-tried",
        "ladder-habit", "ladder-process", "literacy-12w", "pilots-overdue",
    }  # fmt: skip


def test_closing_a_week_publishes_every_measure_once_and_erasing_changes_no_figure(company: Any) -> None:
    from tests.hub.adoption.conftest import MONDAYS, NOW

    week = snapshot.close_weeks(now=NOW)[-1]
    assert week.monday == MONDAYS[-1]
    assert set(week.releases.values_list("report", flat=True)) >= set(MEASURES)
    tried = {user.subject_key for user in company.people["Vertrieb"][:6]}
    assert set(ActiveWeek.objects.values_list("subject_key", flat=True)) == tried
    team = company.teams["Vertrieb"].pk
    cell = ReleasedCell.objects.get(
        release__report="active-week", group__part="team", group__unit_id=team, release__week=week
    )
    assert (cell.low, cell.high) == (30, 30)
    before = list(ReleasedCell.objects.order_by("pk").values_list("pk", "low", "high"))
    erased = company.people["Vertrieb"][1]
    ActiveWeek.objects.filter(subject_key=erased.subject_key).delete()
    WeekMembership.objects.filter(subject_key=erased.subject_key).delete()
    erased.delete()
    snapshot.close_weeks(now=NOW + timedelta(hours=1))
    assert list(ReleasedCell.objects.order_by("pk").values_list("pk", "low", "high")) == before


def test_a_published_week_asks_the_areas_for_nothing_more(
    company: Any, django_assert_max_num_queries: Any
) -> None:
    from tests.hub.adoption.conftest import NOW

    snapshot.close_weeks(now=NOW)
    with django_assert_max_num_queries(12):
        snapshot.close_weeks(now=NOW + timedelta(hours=1))
