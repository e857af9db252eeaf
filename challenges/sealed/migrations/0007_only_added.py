from django.db import migrations

from hub.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("sealed", "0006_net_as_it_was")]

    operations = [
        migrations.RemoveField(
            model_name="sealedstanding",
            name="confirmed",
        ),
        *only_added("sealed_hoursdecision", "sealed_secondlook", "sealed_standingcommitment"),
    ]
