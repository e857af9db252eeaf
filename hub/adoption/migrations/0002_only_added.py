from django.db import migrations

from hub.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("adoption", "0001_initial")]
    operations = only_added("adoption_pulsequarter", "adoption_pulsefigure")
