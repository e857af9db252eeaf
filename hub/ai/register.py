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
}


def own_system(slug: str) -> AISystem:
    """The register's row of one of Hatpin's own uses, made when it is missing. Raises KeyError for another."""
    system, _created = AISystem.objects.get_or_create(
        slug=slug, defaults={**OWN_SYSTEMS[slug], "is_own": True}
    )
    return system
