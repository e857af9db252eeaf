"""The audit's chain finds a changed or missing row."""

import json
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from hub.audit.actions import record, seal_pending, verify
from hub.audit.models import AuditBatch, AuditEntry
from hub.audit.tasks import seal_audit

TRIGGERS = {
    "sqlite": ("DROP TRIGGER {0}_only_added",),
    "postgresql": ("DROP TRIGGER {0}_only_added ON {0}",),
}


def tamper(table: str, sql: str) -> None:
    """What somebody with direct access to the database could do."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor][0].format(table))
        cursor.execute(sql)


@pytest.fixture
def sealed(db: None) -> list[AuditEntry]:
    entries = []
    for number in range(3):
        entries += [
            record(actor_key=uuid4(), action="token.created", facts={"n": number, "ü": "ä"}) for _ in range(4)
        ]
        assert seal_pending().entries == 4
    return entries


def test_an_untouched_chain_verifies(sealed: list[AuditEntry]) -> None:
    verdict = verify()
    assert verdict.is_intact
    assert (verdict.batches, verdict.entries, verdict.pending) == (3, 12, 0)
    assert verdict.head == AuditBatch.objects.last().hash


def test_sealing_nothing_makes_no_batch(sealed: list[AuditEntry]) -> None:
    seal_audit()
    assert AuditBatch.objects.count() == 3


def test_a_changed_row_is_found(sealed: list[AuditEntry]) -> None:
    tamper("audit_auditentry", f"UPDATE audit_auditentry SET action = 'nothing' WHERE id = {sealed[5].pk}")
    assert verify().fault == "an entry of batch 2 was changed"


def test_a_missing_row_is_found(sealed: list[AuditEntry]) -> None:
    if connection.vendor == "postgresql":
        tamper("audit_auditlink", f"DELETE FROM audit_auditlink WHERE entry_id = {sealed[5].pk}")
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM audit_auditlink WHERE entry_id = {sealed[5].pk}")
    assert "should hold 4 entries and holds 3" in verify().fault


def test_a_missing_batch_is_found(sealed: list[AuditEntry]) -> None:
    batch = AuditBatch.objects.get(number=2)
    for table in ("audit_auditlink", "audit_auditbatch"):
        column = "batch_id" if table == "audit_auditlink" else "id"
        if connection.vendor == "postgresql":
            tamper(table, f"DELETE FROM {table} WHERE {column} = {batch.pk}")
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE {column} = {batch.pk}")
    assert verify().fault == "batch 2 is missing"


def test_the_database_itself_refuses_a_change(sealed: list[AuditEntry]) -> None:
    with (
        pytest.raises(DatabaseError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE audit_auditentry SET action = 'nothing'")


def test_the_command_seals_what_is_pending_and_says_so(sealed: list[AuditEntry]) -> None:
    record(actor_key=None, action="people.imported")
    out = StringIO()
    call_command("verify_audit", "--json", stdout=out)
    assert json.loads(out.getvalue())["entries"] == 13


def test_the_command_fails_with_one_sentence(sealed: list[AuditEntry]) -> None:
    tamper("audit_auditentry", f"UPDATE audit_auditentry SET action = 'nothing' WHERE id = {sealed[0].pk}")
    with pytest.raises(CommandError, match="an entry of batch 1 was changed"):
        call_command("verify_audit", stdout=StringIO())


def test_an_act_that_is_rolled_back_leaves_no_entry(db: None) -> None:
    def act() -> Any:
        with transaction.atomic():
            record(actor_key=None, action="people.imported")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert AuditEntry.objects.count() == 0
