"""The starter notebooks: short texts of our own in German and English, read like any other source."""

from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files import File

from hub.people.models import User
from learning.notebooks import actions
from learning.notebooks.models import Notebook
from learning.notebooks.reading import read_source

FOLDER = Path(__file__).parent / "starter_texts"


@dataclass(frozen=True)
class Starter:
    slug: str
    title: str
    description: str
    is_open: bool = False


STARTERS = (
    Starter(
        "basics",
        "KI-Grundlagen bei der Arbeit · AI basics at work",
        "Was ein Sprachmodell kann, was nicht, und wie man damit anfängt. "
        "What a language model can do, what it cannot, and how to begin.",
        is_open=True,
    ),
    Starter(
        "prompts",
        "Gute Prompts schreiben · Writing good prompts",
        "Vier Bausteine, Beispiele zum Abwandeln und die häufigsten Fehler. "
        "Four building blocks, examples to adapt, and the usual mistakes.",
    ),
    Starter(
        "meetings",
        "Besprechungen und Protokolle · Meetings and minutes",
        "Vom Satz vor der Einladung bis zum Protokoll am selben Tag, und was hinein darf. "
        "From the sentence before the invitation to minutes on the same day, and what may go into them.",
    ),
    Starter(
        "research",
        "Recherche vor einem Gespräch · Research before a call",
        "Drei Tatsachen, eine Vermutung, zwei Fragen: in 15 Minuten, mit Quellen. "
        "Three facts, one guess, two questions: in 15 minutes, with sources.",
    ),
    Starter(
        "offers",
        "Angebote schreiben · Writing offers",
        "Anfragen auswerten, Entwürfe gliedern, Zusagen prüfen; Preise kommen aus dem System. "
        "Analysing enquiries, structuring drafts, checking promises; prices come from the system.",
    ),
    Starter(
        "data",
        "Welche Daten wohin dürfen · What data may go where",
        "Die vier Klassen von Daten, in welches Werkzeug sie dürfen und was der Betriebsrat dazu sagt. "
        "The four classes of data, which tool they may go into, and what the works council says.",
    ),
    Starter(
        "agent",
        "Den ersten Agenten bauen · Build your first agent",
        "Ob du einen brauchst, welche Rechte er bekommt und wie du ihn prüfst. "
        "Whether you need one, which rights it gets, and how you check it.",
    ),
    Starter(
        "steps",
        "Schritte erkennen, die wegfallen können · Spotting steps to eliminate",
        "Sieben Zeichen, fünf Fragen und vier Zahlen für vorher und nachher. "
        "Seven signs, five questions, and four figures for before and after.",
    ),
)


def starter_id(slug: str) -> UUID:
    """The id that a starter notebook has wherever it was loaded."""
    return uuid5(NAMESPACE_URL, f"urn:hatpin:starter:{slug}")


def load_starter_notebooks(*, owner: User) -> list[Notebook]:
    """Create the starter notebooks that are missing and read their texts at once. Safe to run again."""
    return [_load(starter, owner) for starter in STARTERS]


def _load(starter: Starter, owner: User) -> Notebook:
    notebook, created = Notebook.objects.get_or_create(
        id=starter_id(starter.slug),
        defaults={
            "title": starter.title,
            "description": starter.description,
            "owner": owner,
            "audience": Notebook.Audience.COMPANY,
            "language": "de",
            "is_open": starter.is_open,
        },
    )
    if created:
        for path in sorted(FOLDER.glob(f"{starter.slug}-*.md")):
            with path.open("rb") as file:
                title = file.readline().decode().lstrip("# ").strip()
                source = actions.add_file(
                    notebook=notebook, user=owner, file=File(file, name=path.name), title=title
                )
            read_source(source.pk)
    return notebook
