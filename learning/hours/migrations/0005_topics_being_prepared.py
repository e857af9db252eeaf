from django.db import migrations, models


def hide_what_is_being_prepared(apps, schema_editor):
    """Filled and not published hours of a series go on showing the series' name alone."""
    hours = apps.get_model("hours", "StudySession").objects.filter(
        series__isnull=False, published_at=None, agenda__isnull=False, is_individual=False
    )
    for hour in hours.select_related("series").distinct():
        hour.public_title = hour.series.title
        hour.save(update_fields=["public_title"])


class Migration(migrations.Migration):
    dependencies = [("hours", "0004_leaders_compare_tasks")]

    operations = [
        migrations.AddField(
            model_name="studysession",
            name="public_title",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="What others see while it is being prepared; empty: the topic itself.",
                max_length=160,
            ),
        ),
        migrations.RunPython(hide_what_is_being_prepared, migrations.RunPython.noop),
    ]
