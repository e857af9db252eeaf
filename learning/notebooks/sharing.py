"""Points for a source that others can read: given once it is ready, taken back when it is erased."""

from hub.points.actions import award, reverse
from hub.points.models import PointEntry
from learning.notebooks.models import Notebook, Source


def _source_key(source: Source) -> str:
    """The same content in the same notebook counts once a person, however often it is added."""
    return f"shared_source:{source.notebook_id}:{source.content_sha256[:32]}:{source.added_by.subject_key.hex[:8]}"


def give_points(source: Source) -> None:
    if source.notebook.audience != Notebook.Audience.PRIVATE:
        award(user=source.added_by, rule="shared_source", source_key=_source_key(source))


def take_points_back(source: Source) -> None:
    """Not while the same content is still there, added once more by the same person."""
    twins = Source.objects.present().filter(
        notebook=source.notebook_id, content_sha256=source.content_sha256, added_by=source.added_by_id
    )
    if PointEntry.objects.filter(source_key=_source_key(source)).exists() and not twins.exists():
        reverse(source_key=_source_key(source))
