"""The AI tools that the demo company has allowed: an invented set, each with what may go into it."""

from datetime import date, datetime, time, timedelta

from hub.ai.models import AISystem, DataClass, ToolRequest, ToolRequestJoin
from hub.demo.company import key
from hub.demo.history import ZONE
from hub.people.models import User
from learning.hours.models import StudySession

TOOLS = (
    {
        "slug": "company-chat",
        "name_de": "Firmenchat",
        "name_en": "Company chat",
        "provider": "Ringer IT",
        "link": "https://chat.ringer-werke.example/",
        "data_class": DataClass.INTERNAL,
        "purpose_de": "Texte entwerfen, zusammenfassen und übersetzen. Läuft im eigenen Rechenzentrum.",
        "purpose_en": "Draft, summarise and translate texts. Runs in our own data centre.",
    },
    {
        "slug": "meeting-notes",
        "name_de": "Besprechungsnotizen",
        "name_en": "Meeting notes",
        "provider": "Ringer IT",
        "link": "https://notizen.ringer-werke.example/",
        "data_class": DataClass.CONFIDENTIAL,
        "purpose_de": "Schreibt in Besprechungen mit, wenn alle einverstanden sind, und schlägt Aufgaben vor.",
        "purpose_en": "Takes notes in meetings where everybody agrees, and suggests tasks.",
    },
    {
        "slug": "web-research",
        "name_de": "Netzrecherche",
        "name_en": "Web research",
        "provider": "Findig GmbH",
        "link": "https://recherche.example/",
        "data_class": DataClass.PUBLIC,
        "purpose_de": "Sucht im Netz und nennt Quellen. Nichts Internes hineingeben.",
        "purpose_en": "Searches the web and names its sources. Nothing internal goes in.",
    },
)


# days ago, who, tool, what for, data, who joined, and the answer: granted or not, and why
REQUESTS = (
    (
        13, "farid.nassar", "Bildmaler", DataClass.PUBLIC,
        "Messeplakate und Folienbilder selbst entwerfen, statt für jedes Motiv eine Agentur zu beauftragen.",
        ("emma.lindner", "carl.brandt"), None, "",
    ),
    (
        4, "emma.lindner", "Vertragsleser", DataClass.CONFIDENTIAL,
        "Lieferverträge auf Fristen und Haftung durchsehen. Heute lese ich jeden zweimal und übersehe trotzdem etwas.",
        ("hanna.weiss",), None, "",
    ),
    (
        34, "carl.brandt", "Blitzübersetzer", DataClass.INTERNAL,
        "Anfragen von Kunden übersetzen, die auf Polnisch oder Tschechisch kommen.",
        ("emma.lindner",), False,
        "Der Anbieter lernt mit dem, was man eingibt. Der Firmenchat übersetzt beides und läuft bei uns.",
    ),
)  # fmt: skip


def load_tools() -> None:
    for tool in TOOLS:
        AISystem.objects.get_or_create(slug=tool["slug"], defaults={**tool, "is_allowed": True})


def load_requests(cast: dict[str, User], today: date) -> None:
    """Who knows the chat, and what people asked for: one waits too long, one is new, one was answered."""
    AISystem.objects.filter(slug="company-chat", owner=None).update(owner=cast["farid.nassar"])
    for days, who, tool, data_class, purpose, joined, is_granted, text in REQUESTS:
        at = datetime.combine(today - timedelta(days=days), time(10, 40), tzinfo=ZONE)
        words = {
            "asker": cast[who],
            "tool": tool,
            "purpose": purpose,
            "data_class": data_class,
            "created_at": at,
        }
        if is_granted is not None:
            state = ToolRequest.State.GRANTED if is_granted else ToolRequest.State.REFUSED
            answered = {
                "answer": text,
                "answered_by": cast["ada.miller"],
                "answered_at": at + timedelta(days=3),
            }
            words |= {"state": state, **answered}
        wanted, is_new = ToolRequest.objects.get_or_create(pk=key(f"tool-request:{tool}"), defaults=words)
        if is_new:
            ToolRequestJoin.objects.bulk_create(
                ToolRequestJoin(request=wanted, user=cast[name], joined_at=at + timedelta(days=1))
                for name in joined
            )


def give_tool(session: StudySession) -> None:
    """The lab's tasks are done in the company's chat."""
    session.lab.filter(tool=None).update(tool=AISystem.objects.filter(slug="company-chat").first())
