from django.db import migrations

from hub.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = only_added("audit_auditentry", "audit_auditbatch", "audit_auditlink")
