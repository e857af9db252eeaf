"""Study aids for tests: made along the product's own path, or put together where their words matter."""

from typing import Any

from hub.people.models import User
from learning.notebooks import aid_actions, making
from learning.notebooks.aids.drafts import ItemDraft, Quote
from learning.notebooks.models import Notebook, StudyAid

RULES = """# Urlaub und Reisen

## Urlaub

Der Erholungsurlaub ist die bezahlte Freistellung von der Arbeit zum Zweck der Erholung.
Beschäftigte in Vollzeit haben in jedem Kalenderjahr Anspruch auf dreißig Arbeitstage Erholungsurlaub.
Ein Urlaubsantrag wird spätestens vierzehn Tage vor dem ersten Urlaubstag bei der Teamleitung gestellt.
Resturlaub verfällt am 31. März des folgenden Jahres, wenn nichts anderes vereinbart wurde.

## Dienstreisen

Eine Dienstreise ist eine vorübergehende Tätigkeit außerhalb der ersten Arbeitsstätte.
Für eine Dienstreise von mehr als acht Stunden zahlt die Firma eine Verpflegungspauschale von 14 Euro.
Fahrten mit dem eigenen Wagen werden mit 30 Cent je Kilometer erstattet, wenn die Leitung zugestimmt hat.
Belege werden bis zum fünften Werktag des folgenden Monats in der Buchhaltung eingereicht.
Die Buchhaltung überweist den Betrag innerhalb von zehn Werktagen auf das Gehaltskonto.

## Ausrüstung

Ein Notebook gehört der Firma und wird nach vier Jahren durch ein neues Gerät ersetzt.
Der Schaden an einem Gerät wird innerhalb von 24 Stunden der IT gemeldet.
Für private Zwecke darf das Gerät außerhalb der Arbeitszeit benutzt werden.
"""

DATES = """
## Wie es dazu kam

Am 1. Januar 2024 trat die Reiserichtlinie in Kraft.
Am 15. März 2025 stimmte der Betriebsrat der Regelung über private Geräte zu.
Bis zum 30. Juni 2027 prüft die Geschäftsführung, ob die Pauschale noch genügt.
"""


def make_aid(notebook: Notebook, kind: str = "quiz", *, by: User | None = None, **wish: Any) -> StudyAid:
    """Asked for and made by the worker's own function."""
    aid = aid_actions.request_aid(notebook=notebook, user=by or notebook.owner, kind=kind, **wish)
    making.make_aid(aid.pk)
    aid.refresh_from_db()
    return aid


def hand_made(
    notebook: Notebook, kind: str, items: list[dict[str, Any]], *, by: User | None = None
) -> StudyAid:
    """A ready aid with these items, each quoting the sentence `says` of the notebook's first source that has it."""
    aid = StudyAid.objects.create(
        notebook=notebook,
        made_by=by or notebook.owner,
        kind=kind,
        language="de",
        title=f"{kind} zum Prüfen",
        state=StudyAid.State.READY,
        mode="extractive",
        is_done=True,
    )
    passages = {passage.id: passage for passage in making.passages_for(aid)}
    drafts = []
    for fields in items:
        says = fields.pop("says", "")
        quotes = []
        for passage in passages.values():
            at = passage.text.find(says) if says else -1
            if at >= 0:
                quotes.append(Quote(passage.id, passage.start + at, passage.start + at + len(says)))
                break
        drafts.append(ItemDraft(**{"quotes": tuple(quotes), **fields}))
    making.keep(aid, drafts, passages)
    return aid
