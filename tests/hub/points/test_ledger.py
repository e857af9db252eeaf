"""The ledger only grows, and each source counts once."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hub.points.actions import award, reverse
from hub.points.models import PointEntry


def test_a_source_counts_once_however_often_it_is_told(cast: Any) -> None:
    first = award(user=cast.emma, rule="attended", source_key="attended:1")
    second = award(user=cast.emma, rule="attended", source_key="attended:1")

    assert first is not None
    assert second is None
    assert PointEntry.objects.of(cast.emma).total() == 10


def test_a_reversal_is_a_new_entry_and_counts_once(cast: Any) -> None:
    award(user=cast.emma, rule="attended", source_key="attended:1")

    assert reverse(source_key="attended:1").points == -10
    assert reverse(source_key="attended:1") is None
    assert PointEntry.objects.of(cast.emma).total() == 0
    assert PointEntry.objects.count() == 2


def test_a_changed_rule_leaves_old_points_alone(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from hub.points import rules

    award(user=cast.emma, rule="attended", source_key="attended:1")
    monkeypatch.setitem(rules.RULES, "attended", rules.Rule("attended", 99, "Attended"))

    assert PointEntry.objects.of(cast.emma).total() == 10
    assert reverse(source_key="attended:1").points == -10


def test_an_entry_cannot_be_changed_or_deleted(cast: Any) -> None:
    entry = award(user=cast.emma, rule="attended", source_key="attended:1")
    entry.points = 1000

    for forbidden in (
        entry.save,
        entry.delete,
        PointEntry.objects.all().delete,
        lambda: PointEntry.objects.update(points=1000),
    ):
        with pytest.raises(TypeError):
            forbidden()


def test_the_database_itself_refuses_a_change(cast: Any) -> None:
    award(user=cast.emma, rule="attended", source_key="attended:1")

    with (
        pytest.raises(DatabaseError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE points_pointentry SET points = 1000")
    assert PointEntry.objects.of(cast.emma).total() == 10


def test_the_ledger_names_nobody(cast: Any) -> None:
    award(user=cast.emma, rule="attended", source_key="attended:1")
    row = PointEntry.objects.values().get()

    assert not any("emma" in str(value).lower() or "lindner" in str(value).lower() for value in row.values())


def test_the_api_shows_only_ones_own_entries(api: Any, cast: Any) -> None:
    award(user=cast.emma, rule="attended", source_key="attended:1")
    award(user=cast.otto, rule="attended", source_key="attended:2")

    body = api(cast.emma).get("/api/v1/points/").json()

    assert body["count"] == 1
    assert body["results"][0]["points"] == 10
