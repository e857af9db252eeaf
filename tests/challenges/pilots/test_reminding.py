"""Nobody forgets the decision day: a week before, on it, and every week after; without an owner others are told."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from challenges.pilots.models import Pilot
from challenges.pilots.reminding import remind
from challenges.pilots.tasks import remind_of_decisions
from hub.audit.models import AuditEntry
from hub.notices.kinds import sentence
from hub.notices.models import Notice
from hub.schedule import SCHEDULE
from tests.factories import make_pilot


def kinds(user: object) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


def test_the_owner_is_told_before_on_and_after_the_day(cast: SimpleNamespace) -> None:
    pilot = make_pilot(cast.emma, decides_in=10)
    due = pilot.decides_on
    told = []
    for days in (-8, -7, -6, 0, 1, 6, 7, 8, 14):
        for _twice in range(2):
            remind(noon(due + timedelta(days=days)))
        told.append(len(kinds(cast.emma)))
    assert told == [0, 1, 1, 2, 2, 2, 3, 3, 4]
    assert kinds(cast.emma) == ["pilot_soon", "pilot_due", "pilot_overdue", "pilot_overdue"]
    for notice in Notice.objects.filter(user=cast.emma):
        assert pilot.title in sentence(notice.kind, notice.facts)
        assert notice.path == f"/pilots/{pilot.pk}/"

    # Extended, it begins anew; decided, it ends.
    Pilot.objects.update(extended_to=due + timedelta(days=30))
    remind(noon(due + timedelta(days=25)))
    assert kinds(cast.emma)[4:] == ["pilot_soon"]
    Pilot.objects.update(state="stopped", decided_at=timezone.now(), decision_reason="Genug")
    assert remind(noon(due + timedelta(days=40))) == 0


def test_without_an_owner_those_who_can_name_one_are_told_once_a_week(cast: SimpleNamespace) -> None:
    make_pilot(cast.emma, decides_in=10)
    cast.emma.status = "left"
    cast.emma.save()
    monday = noon(date(2027, 3, 1))
    for days in (0, 1, 6, 7):
        remind(monday + timedelta(days=days))
    assert kinds(cast.emma) == []
    assert kinds(cast.farid) == kinds(cast.ada) == ["pilot_ownerless", "pilot_ownerless"]
    assert kinds(cast.otto) == []


def test_one_that_is_four_weeks_late_is_told_to_those_who_can_name_another_owner(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    pilot = make_pilot(cast.emma, days_ago=60, decides_in=-27)
    path = f"/pilots/{pilot.pk}/"
    remind(timezone.now())
    assert kinds(cast.farid) == []
    assert "take-over" not in sign_in(cast.farid).get(path).content.decode()
    assert api(cast.farid).post(f"/api/v1{path}take-over/", {}, format="json").status_code == 409
    Pilot.objects.update(decides_on=timezone.localdate() - timedelta(days=28))
    remind(timezone.now())
    remind(timezone.now())
    assert kinds(cast.farid) == kinds(cast.ada) == ["pilot_stuck"]
    for other in (cast.otto, cast.emma):  # who may name nobody, and its owner
        assert "take-over" not in sign_in(other).get(path).content.decode()
    assert api(cast.otto).post(f"/api/v1{path}take-over/", {}, format="json").status_code in (403, 409)
    farid = sign_in(cast.farid)
    assert "Frag zuerst Emma Lindner" in farid.get(path).content.decode()
    assert farid.post(f"{path}take-over/", {"names": "1", "email": cast.emma.email}).status_code == 409
    assert farid.post(f"{path}take-over/", {"names": "1", "email": cast.otto.email}).status_code == 302
    assert Pilot.objects.get().owner == cast.otto
    assert "pilot_passed_on" in kinds(cast.emma)
    assert "pilot_yours" in kinds(cast.otto)
    assert AuditEntry.objects.filter(action="pilot.owner_named", object_id=str(pilot.pk)).count() == 1


def test_it_runs_every_day(cast: SimpleNamespace) -> None:
    assert SCHEDULE["remind-of-pilots"]["task"] == remind_of_decisions.name
    make_pilot(cast.emma, days_ago=30, decides_in=-1)
    assert remind_of_decisions() == 1
    assert kinds(cast.emma) == ["pilot_due"]
