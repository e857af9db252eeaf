"""Folds the words of stories, hatpins and replies once more: without accents, and without what stands between them."""

import re
import unicodedata

from django.db import migrations

BATCH = 1000
WORD = re.compile(r"[^\W_]+")


def folded(*texts):
    plain = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    return " ".join(WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


def fold(apps, schema_editor):
    named = {
        "Story": ("title", "tool", "body", "went_wrong", "next_time"),
        "Hatpin": ("text",),
        "HatpinReply": ("text",),
    }
    for name, fields in named.items():
        model = apps.get_model("stories", name)
        batch = []
        for row in model.objects.only("pk", "folded", *fields).iterator(BATCH):
            row.folded = folded(*(getattr(row, field) for field in fields))
            batch.append(row)
            if len(batch) == BATCH:
                model.objects.bulk_update(batch, ["folded"])
                batch = []
        model.objects.bulk_update(batch, ["folded"])


class Migration(migrations.Migration):
    dependencies = [("stories", "0004_hatpins_are_searched")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
