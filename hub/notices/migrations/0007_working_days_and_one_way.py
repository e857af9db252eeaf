"""Quiet weekends become working days, and a tip that was queued two ways keeps its key in the first of them only."""

from django.db import migrations

BATCH = 1000


def to_working_days(apps, schema_editor):
    preferences = apps.get_model("notices", "Preference").objects
    preferences.filter(quiet_weekends=False).update(working_days=[0, 1, 2, 3, 4, 5, 6])


def to_quiet_weekends(apps, schema_editor):
    preferences = apps.get_model("notices", "Preference").objects
    for preference in preferences.only("pk", "working_days").iterator(BATCH):
        is_quiet = not {5, 6} & set(preference.working_days)
        preferences.filter(pk=preference.pk).update(quiet_weekends=is_quiet)


def one_way(apps, schema_editor):
    deliveries = apps.get_model("notices", "Delivery").objects.filter(topic="tips").exclude(state="failed")
    seen, second = set(), []
    for row in (
        deliveries.order_by("queued_at", "pk").only("pk", "user_id", "channel", "dedupe_key").iterator(BATCH)
    ):
        key = (row.user_id, row.dedupe_key)
        if key in seen:
            row.dedupe_key = f"{row.dedupe_key}:{row.channel}"
            second.append(row)
        seen.add(key)
    deliveries.model.objects.bulk_update(second, ["dedupe_key"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_channels_and_destinations")]

    operations = [
        migrations.RunPython(to_working_days, to_quiet_weekends),
        migrations.RunPython(one_way, migrations.RunPython.noop),
    ]
