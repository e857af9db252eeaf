from django.db import migrations

from hub.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("points", "0003_badges")]
    operations = only_added("points_badgeaward")
