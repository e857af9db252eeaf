from django.db import migrations


class Migration(migrations.Migration):
    """The model of opened doors is one of drops from now on; its table and every row in it stay as they are."""

    dependencies = [
        ("nudges", "0006_sources"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="DoorOpening")],
        ),
    ]
