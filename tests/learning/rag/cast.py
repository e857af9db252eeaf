"""Notebooks in memory: passages, the index over them, and re-reading under a permission."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from learning.rag.index import LexicalIndex
from learning.rag.languages import detect
from learning.rag.retrieve import PassageText

HANDBOOK = (
    "Die Arbeitszeiterfassung erfolgt täglich am Terminal. Wer das vergisst, trägt die Zeit am nächsten Tag nach.",
    "Jede Betriebsvereinbarung wird schriftlich geschlossen. Sie gilt für alle Beschäftigten des Betriebs.",
    "Der Betriebsrat bestimmt nach § 87 Abs. 1 Nr. 6 BetrVG über technische Einrichtungen mit.",
    "Überstunden werden innerhalb von drei Monaten durch Freizeit ausgeglichen. Ausnahmen genehmigt Dr. Weber.",
    "Der Urlaubsantrag ist spätestens 14 Tage vor dem Urlaub zu stellen. Resturlaub verfällt am 31. März 2027.",
    "The travel policy covers flights and hotels. Employees book trains in first class above four hours.",
    "Laptops are replaced every 36 months. Broken screens are repaired by the service desk within two days.",
)


@dataclass
class Notebook:
    """Passages by id; `hidden` ids are what the reader may not see any more."""

    passages: Mapping[int, PassageText]
    hidden: Collection[int] = ()
    asked: list[int] = field(default_factory=list)

    @property
    def index(self) -> LexicalIndex:
        return LexicalIndex.build((passage.id, passage.text) for passage in self.passages.values())

    def reread(self, ids: Iterable[int]) -> dict[int, PassageText]:
        wanted = list(ids)
        self.asked += wanted
        return {id: self.passages[id] for id in wanted if id in self.passages and id not in self.hidden}


def make_notebook(texts: Iterable[str] = HANDBOOK, *, hidden: Collection[int] = ()) -> Notebook:
    """Each text is one passage of one source, 100 characters into it."""
    passages = {
        number: PassageText(
            id=number,
            source_id=1000 + number,
            title=f"Source {number}",
            text=text,
            start=100,
            end=100 + len(text),
            page=None,
            language=detect(text),
            source_words=len(text.split()),
        )
        for number, text in enumerate(texts, start=1)
    }
    return Notebook(passages, hidden)
