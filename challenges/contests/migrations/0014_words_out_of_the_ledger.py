import hashlib
import secrets

from django.db import migrations

from hub.audit.append_only import only_added

TABLE = "contests_ledgerentry"
(GUARD,) = only_added(TABLE)


def take_words_out(apps, schema_editor):
    """Once, before the first release: words go where they can be erased, and their hash stays."""
    entries = apps.get_model("contests", "LedgerEntry").objects.exclude(reason="")
    reason_of = apps.get_model("contests", "SettledReason")
    claims = apps.get_model("contests", "PublishedClaim").objects
    for entry in list(entries.order_by("pk")):
        salt, text = secrets.token_hex(32), entry.reason
        claim = claims.filter(claim_key=entry.claim_key).first()
        if claim is not None and entry.kind == "reversed":
            reason_of.objects.update_or_create(claim=claim, defaults={"text": text, "salt": salt})
        entry.reason = hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
        entry.save(update_fields=["reason"])


class Migration(migrations.Migration):
    dependencies = [("contests", "0013_settled_reasons"), ("audit", "0001_initial")]

    operations = [
        migrations.RunPython(GUARD.reverse_code, GUARD.code),
        migrations.RunPython(take_words_out, migrations.RunPython.noop),
        migrations.RunPython(GUARD.code, GUARD.reverse_code),
    ]
