from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_working_days_and_one_way")]

    operations = [
        migrations.RemoveField(
            model_name="preference",
            name="quiet_weekends",
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("topic", "tips"), models.Q(("state", "failed"), _negated=True)),
                fields=("user", "dedupe_key"),
                name="notices_one_way_for_a_tip",
            ),
        ),
    ]
