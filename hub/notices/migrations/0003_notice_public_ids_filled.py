"""Gives every notice that is there a random public id: numbers in a row told how much is going on for others."""

import uuid

from django.db import migrations

BATCH = 1000


def fill(apps, schema_editor):
    notices = apps.get_model("notices", "Notice").objects.filter(public_id=None)
    while batch := list(notices.only("pk")[:BATCH]):
        for notice in batch:
            notice.public_id = uuid.uuid4()
        notices.model.objects.bulk_update(batch, ["public_id"])


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_notice_public_id")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
