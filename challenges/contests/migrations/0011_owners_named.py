from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_owners(apps, schema_editor):
    """Until now only the process' owner could give the owner's approval."""
    process = apps.get_model("processes", "Process").objects.filter(entries__baseline=OuterRef("pk"))
    approved = apps.get_model("contests", "Baseline").objects.exclude(owner_approved_at=None)
    approved.filter(owner_approved_by=None).update(owner_approved_by=Subquery(process.values("owner")[:1]))


class Migration(migrations.Migration):
    dependencies = [("contests", "0010_owner_approved_by"), ("processes", "0005_deputy")]

    operations = [migrations.RunPython(name_owners, migrations.RunPython.noop)]
