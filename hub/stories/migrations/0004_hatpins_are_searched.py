"""Fills the words by which hatpins and their replies are searched, and the language of whoever stuck each."""

from django.db import migrations

BATCH = 1000


def fill(apps, schema_editor):
    hatpins = apps.get_model("stories", "Hatpin").objects.filter(folded="").exclude(text="")
    while batch := list(hatpins.select_related("author")[:BATCH]):
        for hatpin in batch:
            hatpin.folded = hatpin.text.casefold()
            hatpin.language = hatpin.author.language if hatpin.author else ""
        hatpins.model.objects.bulk_update(batch, ["folded", "language"])
    replies = apps.get_model("stories", "HatpinReply").objects.filter(folded="").exclude(text="")
    while batch := list(replies[:BATCH]):
        for reply in batch:
            reply.folded = reply.text.casefold()
        replies.model.objects.bulk_update(batch, ["folded"])


class Migration(migrations.Migration):
    dependencies = [("stories", "0003_hatpin_kudos_and_search")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
