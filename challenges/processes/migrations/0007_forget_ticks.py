"""What an owner ticked for somebody else is no yes: it is forgotten, and the person can be asked."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("processes", "Lane").objects.filter(person=None).update(has_consent=False)


class Migration(migrations.Migration):
    dependencies = [("processes", "0006_own_consent")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
