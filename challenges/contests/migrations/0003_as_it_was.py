from django.db import migrations
from django.db.models import F


def carry_over(apps, schema_editor):
    """What there was, in the new rows: each claim names its step, each entry has its approved baseline."""
    Claim = apps.get_model("contests", "Claim")
    ClaimedStep = apps.get_model("contests", "ClaimedStep")
    Entry = apps.get_model("contests", "Entry")
    Baseline = apps.get_model("contests", "Baseline")
    PublishedStanding = apps.get_model("contests", "PublishedStanding")
    Claim.objects.filter(state="confirmed").update(state="verified")
    ClaimedStep.objects.bulk_create(
        (
            ClaimedStep(claim=claim, entry_id=claim.entry_id, step_id=claim.step_id, holds=holds)
            for claim in Claim.objects.all()
            for holds in [claim.state in {"submitted", "verified"}]
        ),
        batch_size=1000,
    )
    Baseline.objects.bulk_create(
        (
            Baseline(
                entry=entry,
                sha256=entry.baseline_sha256,
                owner_approved_at=entry.entered_at,
                referee_approved_at=entry.entered_at,
            )
            for entry in Entry.objects.all()
        ),
        batch_size=1000,
    )
    PublishedStanding.objects.update(net=F("eliminated"))


class Migration(migrations.Migration):
    dependencies = [("contests", "0002_claims_and_phases")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
