from django.db import migrations

OWN = {
    "slug": "hatpin-answers",
    "name_de": "Hatpin: Antworten aus Notizbüchern",
    "name_en": "Hatpin: answers from notebooks",
    "purpose_de": "Beantwortet Fragen aus den Quellen eines Notizbuchs und belegt jeden Satz mit der Stelle. "
    "Ohne eingestelltes Sprachmodell werden Stellen nur zitiert.",
    "purpose_en": "Answers questions from a notebook's sources and shows the passage behind each sentence. "
    "Without a chat model by setting, passages are only quoted.",
    "is_own": True,
}


def add(apps, schema_editor):
    apps.get_model("ai", "AISystem").objects.get_or_create(slug=OWN["slug"], defaults=OWN)


def remove(apps, schema_editor):
    apps.get_model("ai", "AISystem").objects.filter(slug=OWN["slug"], usage=None).delete()


class Migration(migrations.Migration):
    dependencies = [("ai", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
