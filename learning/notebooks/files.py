"""Stored files of sources: a copied notebook shares them, so one goes only with the last source that uses it."""

from django.db.models.fields.files import FieldFile

from learning.notebooks.models import Source


def discard(file: FieldFile) -> None:
    """Delete the stored file unless a source still uses it; to be called once the row is gone."""
    if file and not Source.objects.filter(file=file.name).exists():
        file.storage.delete(file.name)
