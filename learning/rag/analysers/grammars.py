"""The grammars, one module a language; adding one is that module and one line here."""

from learning.rag.analysers.english_grammar import ENGLISH_GRAMMAR
from learning.rag.analysers.german_grammar import GERMAN_GRAMMAR
from learning.rag.analysers.grammar import Grammar

GRAMMARS: dict[str, Grammar] = {"de": GERMAN_GRAMMAR, "en": ENGLISH_GRAMMAR}
