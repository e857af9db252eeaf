from django.db import migrations

from hub.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial")]
    operations = only_added(
        "disclosure_frozenweek", "disclosure_weekgroup", "disclosure_release", "disclosure_releasedcell"
    )
