from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contests", "0014_words_out_of_the_ledger")]

    operations = [migrations.RemoveField(model_name="publishedclaim", name="reason")]
