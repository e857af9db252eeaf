from django.db import migrations
from django.db.models import F


def carry_over(apps, schema_editor):
    apps.get_model("sealed", "SealedStanding").objects.update(net=F("confirmed"))


class Migration(migrations.Migration):
    dependencies = [("sealed", "0005_counting_and_reveal")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
