from django.db import migrations

from hub.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("sealed", "0003_commitments")]

    operations = only_added("sealed_commitment", "sealed_committedclaim")
