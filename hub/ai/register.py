"""Hatpin's own rows of the AI register: what the hub itself uses AI for, in words that stand in code."""

from hub.ai.models import AISystem

OWN_SYSTEMS: dict[str, dict[str, str]] = {
    "hatpin-answers": {
        "name_de": "Hatpin: Antworten aus Notizbüchern",
        "name_en": "Hatpin: answers from notebooks",
        "purpose_de": "Beantwortet Fragen aus den Quellen eines Notizbuchs und belegt jeden Satz mit der Stelle. "
        "Ohne eingestelltes Sprachmodell werden Stellen nur zitiert.",
        "purpose_en": "Answers questions from a notebook's sources and shows the passage behind each sentence. "
        "Without a chat model by setting, passages are only quoted.",
    },
    "hatpin-search": {
        "name_de": "Hatpin: Suche nach Bedeutung",
        "name_en": "Hatpin: search by meaning",
        "purpose_de": "Vergleicht Fragen und Textstellen nach ihrer Bedeutung, wo ein Modell dafür eingestellt ist. "
        "Der Dienst erhält die Textstellen und die Fragen, aber keinen Namen.",
        "purpose_en": "Compares questions and passages by meaning where an embedding model is set up. The service is "
        "sent passages and questions, and no name.",
    },
    "hatpin-study-aids": {
        "name_de": "Hatpin: Lernhilfen aus Notizbüchern",
        "name_en": "Hatpin: study aids from notebooks",
        "purpose_de": "Macht aus den Quellen eines Notizbuchs Leitfäden, Quizfragen, Karten und Gespräche zum Anhören. "
        "Jeder Eintrag wird gegen seine Stelle geprüft; ohne eingestelltes Sprachmodell wird nur zitiert.",
        "purpose_en": "Makes guides, quizzes, cards and audio scripts from a notebook's sources. Every item is checked "
        "against its passage; without a chat model by setting, sources are only quoted.",
    },
    "hatpin-dashboard": {
        "name_de": "Hatpin: Fragen an die Auswertungen",
        "name_en": "Hatpin: questions to the reports",
        "purpose_de": "Findet zu einer Frage den passenden Bericht der geschlossenen Liste, wo ein Sprachmodell "
        "eingestellt ist. Der Dienst erhält die Frage und die Liste, aber keine Zahl und keinen Namen; was er "
        "schreibt, wird nicht gezeigt.",
        "purpose_en": "Finds the report of the closed menu that fits a question, where a chat model is set up. The "
        "service is sent the question and the menu, no figure and no name; nothing of what it writes is shown.",
    },
    "hatpin-role-play": {
        "name_de": "Hatpin: Gespräche üben",
        "name_en": "Hatpin: practising conversations",
        "purpose_de": "Spielt bei einer Übung das Gegenüber und gibt Rückmeldung, die sich auf die Quellen eines "
        "Notizbuchs stützt, wo ein Sprachmodell eingestellt ist. Nur wer übt, sieht das Gespräch; gezählt wird ohne "
        "Person.",
        "purpose_en": "Plays the other person in an exercise and gives feedback that rests on a notebook's sources, "
        "where a chat model is set up. Only the learner sees the conversation; uses are counted without a person.",
    },
    "hatpin-speech": {
        "name_de": "Hatpin: Hörüberblick als Datei",
        "name_en": "Hatpin: audio overview as a file",
        "purpose_de": "Lässt den Text eines Hörüberblicks vorlesen, wo ein Sprachdienst eingestellt ist. Der Dienst "
        "erhält den Text und keinen Namen; ohne ihn liest der Browser vor.",
        "purpose_en": "Has the script of an audio overview read aloud where a speech service is set up. The service is "
        "sent the script and no name; without it the browser reads.",
    },
    "hatpin-voice": {
        "name_de": "Hatpin: gesprochene Fragen und Vorschläge",
        "name_en": "Hatpin: spoken questions and proposals",
        "purpose_de": "Macht aus einer gesprochenen Frage oder einem Vorschlag Text, wo ein Dienst dafür eingestellt "
        "ist. Die Aufnahme wird weder gespeichert noch protokolliert; der Text steht im Eingabefeld und wird erst von "
        "Hand gesendet.",
        "purpose_en": "Turns a spoken question or proposal into text where a service for it is set up. The recording "
        "is neither stored nor logged; the text stands in the box and is sent by hand only.",
    },
}


def own_system(slug: str) -> AISystem:
    """The register's row of one of Hatpin's own uses, made when it is missing. Raises KeyError for another."""
    system, _created = AISystem.objects.get_or_create(
        slug=slug, defaults={**OWN_SYSTEMS[slug], "is_own": True}
    )
    return system
