"""The study aids of the starter notebooks: made from our own texts, read by us, and released without what was poor."""

from django.utils import timezone

from learning.notebooks import aid_actions, making
from learning.notebooks.models import Notebook, StudyAid
from learning.notebooks.starter_review import LEFT_OUT

KINDS = ("guide", "quiz", "cards", "audio")


def make_starter_aids(notebook: Notebook) -> list[StudyAid]:
    """One of each kind and language from the source in that language, released by the notebook's owner.

    Makes what is missing; safe to run again.
    """
    made = []
    for source in notebook.sources.taught().order_by("language"):
        for kind in KINDS:
            wanted = {"kind": kind, "language": source.language, "sources": [str(source.pk)]}
            aid = notebook.aids.filter(**wanted).first()
            if aid is None and source.language:
                aid = StudyAid.objects.create(
                    notebook=notebook,
                    made_by=notebook.owner,
                    title=aid_actions.title_for(kind, [str(source.pk)], source.language),
                    **wanted,
                )
                making.make_aid(aid.pk, with_model=False)
                aid.items.filter(heading__in=LEFT_OUT).update(left_out_at=timezone.now())
                aid.refresh_from_db()
            if aid is not None and aid.is_ready:
                made.append(aid_actions.release(aid=aid, by=notebook.owner))
    return made
