"""How text becomes terms, one module a language; adding one is that module and one line here."""

from learning.rag.analysers.english import ENGLISH
from learning.rag.analysers.german import GERMAN
from learning.rag.analysers.language import Language

LANGUAGES: dict[str, Language] = {language.code: language for language in (GERMAN, ENGLISH)}
ALL_STOP_WORDS: frozenset[str] = frozenset().union(*(language.query_stops for language in LANGUAGES.values()))

__all__ = ["ALL_STOP_WORDS", "LANGUAGES", "Language"]
