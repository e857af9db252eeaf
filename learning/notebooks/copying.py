"""A notebook of one's own from one that is shared: its documents as they answer today, and its released aids.

Nothing is read again: texts and passages are copied, and files are shared until the last copy goes.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.people.models import User
from hub.refusals import Refusal
from learning.notebooks import embedding
from learning.notebooks.models import AidItem, ItemQuote, Notebook, Passage, Source, StudyAid

BATCH = 500


@transaction.atomic
def copy(*, notebook: Notebook, user: User) -> Notebook:
    """A private copy. Raises Refusal if nothing in it answers today."""
    sources = list(notebook.sources.taught())
    if not sources:
        raise Refusal(
            "nothing_to_copy", _("Nothing in this notebook answers yet, so there is nothing to copy.")
        )
    new = Notebook.objects.create(
        title=(_("Copy of %(title)s") % {"title": notebook.title})[:160],
        description=notebook.description,
        language=notebook.language,
        owner=user,
        generation=1,
    )
    passages = _copy_sources(sources, new, user)
    _copy_aids(notebook, new, user, passages)
    return new


def _copy_sources(sources: list[Source], new: Notebook, user: User) -> dict[int, Passage]:
    """By id of the old passage the new one."""
    twins: dict[int, Passage] = {}
    for source in sources:
        twin = _twin(
            source,
            notebook=new,
            added_by=user,
            owner=user,
            version=1,
            replaces=None,
            attempts=0,
            leased_until=None,
            lease_token=None,
        )
        twin.save(force_insert=True)
        old = list(source.passages.order_by("start"))
        fresh = Passage.objects.bulk_create([_twin(row, source=twin) for row in old], batch_size=BATCH)
        twins.update(zip((row.pk for row in old), fresh, strict=True))
        embedding.wake_for(twin)
    return twins


def _twin(row: Model, **changes: object) -> Model:
    """An unsaved row with the same columns but its key and the changes."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    twin = type(row)(**{name: getattr(row, name) for name in names})
    for name, value in changes.items():
        setattr(twin, name, value)
    return twin


def _copy_aids(notebook: Notebook, new: Notebook, user: User, passages: dict[int, Passage]) -> None:
    """Released ones, with the items that hold; somebody else's review does not go along."""
    for aid in StudyAid.objects.present().released().filter(notebook=notebook):
        twin = _twin(aid, notebook=new, made_by=user, sources=[], released_by=None, released_at=None)
        twin.save(force_insert=True)
        old = list(AidItem.objects.holding().filter(aid=aid))
        items: dict[UUID, AidItem] = {row.pk: _twin(row, aid=twin, edited_by=None) for row in old}
        AidItem.objects.bulk_create(items.values(), batch_size=BATCH)
        quotes = ItemQuote.objects.filter(item__in=items, passage__in=passages)
        ItemQuote.objects.bulk_create(
            [
                _twin(
                    quote,
                    item=items[quote.item_id],
                    passage=(passage := passages[quote.passage_id]),
                    source=passage.source,
                )
                for quote in quotes
            ],
            batch_size=BATCH,
        )
    Notebook.objects.filter(pk=new.pk).update(updated_at=timezone.now())
