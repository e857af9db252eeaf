from decimal import Decimal

from django.db import migrations

from hub.audit.append_only import only_added

BATCH = 1000


def keep_published_rules(apps, schema_editor):
    """The rules of a bet that is open already were published without days to appeal."""
    apps.get_model("contests", "Challenge").objects.exclude(status="draft").update(appeal_days=0)


def enter_what_was_settled(apps, schema_editor):
    claims = apps.get_model("contests", "PublishedClaim").objects.exclude(outcome="open")
    entry_of = apps.get_model("contests", "LedgerEntry")
    entries = (
        entry_of(
            challenge_id=claim.entry.challenge_id,
            claim_key=claim.claim_key,
            kind=claim.outcome,
            credit=-claim.credit if claim.outcome == "reversed" else Decimal(0),
            reason=claim.reason,
            entered_at=claim.decided_at or claim.entry.challenge.revealed_at,
        )
        for claim in claims.select_related("entry__challenge").order_by("decided_at", "pk").iterator(BATCH)
    )
    entry_of.objects.bulk_create(entries, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("contests", "0008_ledger_and_appeals"), ("audit", "0001_initial")]

    operations = [
        *only_added("contests_ledgerentry"),
        migrations.RunPython(keep_published_rules, migrations.RunPython.noop),
        migrations.RunPython(enter_what_was_settled, migrations.RunPython.noop),
    ]
