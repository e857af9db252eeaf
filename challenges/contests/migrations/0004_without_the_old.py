from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contests", "0003_as_it_was")]

    operations = [
        migrations.RemoveField(
            model_name="claim",
            name="step",
        ),
        migrations.RemoveField(
            model_name="publishedstanding",
            name="eliminated",
        ),
    ]
