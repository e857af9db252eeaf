from django.db import migrations

from hub.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("sealed", "0001_initial")]

    operations = only_added("sealed_decision", "sealed_look")
