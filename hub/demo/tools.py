"""The AI tools that the demo company has allowed: an invented set, each with what may go into it."""

from hub.ai.models import AISystem, DataClass
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


def load_tools() -> None:
    for tool in TOOLS:
        AISystem.objects.get_or_create(slug=tool["slug"], defaults={**tool, "is_allowed": True})


def give_tool(session: StudySession) -> None:
    """The lab's tasks are done in the company's chat."""
    session.lab.filter(tool=None).update(tool=AISystem.objects.filter(slug="company-chat").first())
