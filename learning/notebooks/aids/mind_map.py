"""A mind map: the notebook, its sources, their headings, and what each of them speaks of."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.generating import Element, Request, Unfit, better
from learning.notebooks.aids.statements import Heading, Statement, by_section
from learning.notebooks.aids.survey import Survey
from learning.rag.analysers.terms import stems, words
from learning.rag.generate import Chat
from learning.rag.nouns import occurrences

NODES = {"short": 25, "medium": 45, "long": 60}
LONGEST_LABEL = 60  # characters
GENERATED = {"short": 12, "medium": 24, "long": 40}  # nodes that a model is asked for
PHRASES = 3  # of one section
LEAST_WEIGHT = 1.0
DEEPEST = 3


@dataclass
class Branch:
    """A node and its children; depths are counted at the end."""

    item: ItemDraft
    children: list["Branch"]


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """At most four levels and 25, 45 or 60 nodes; [] for a material without text."""
    if not material.passages:
        return Made(())
    survey = Survey(material, tick)
    root = Branch(ItemDraft("node", label(material.title)), list(sources(survey)))
    if len(root.children) == 1 and root.children[0].children:
        root = Branch(root.item, root.children[0].children)
    tick(90)
    own = drawn(root, wish.length)
    made = better(
        survey,
        own,
        REQUEST,
        chat=chat,
        count=GENERATED[wish.length],
        own_count=min(len(own), GENERATED["short"]),
        arrange=lambda items: drawn(of_topics(root.item, items), wish.length),
    )
    tick(100)
    return made


def drawn(root: Branch, length: str) -> list[ItemDraft]:
    return list(flat(root, within(root, NODES[length])))


def build(element: Element) -> ItemDraft:
    """A node that its passage bears out; `data["topic"]` is the branch it hangs on."""
    topic, own = element.text("topic"), element.text("label")
    if len(topic) > LONGEST_LABEL or len(own) > LONGEST_LABEL:
        raise Unfit("label")
    note = element.supported(element.text("note"))
    element.supported(own)
    element.supported(topic)
    return ItemDraft("node", own, note, (element.quote,), data={"topic": topic})


REQUEST = Request(
    'Each one is a node of a mind map: "topic" is the branch it belongs to, the same words for all of one branch, '
    'in words of the passage; "label" is a key phrase of at most five words; "note" is one sentence on it.',
    ("topic", "label", "note"),
    build,
)


def of_topics(root: ItemDraft, items: list[ItemDraft]) -> Branch:
    """The nodes below their topics, in reading order."""
    topics: dict[str, Branch] = {}
    for item in items:
        topic = str(item.data["topic"])
        branch = topics.setdefault(topic.casefold(), Branch(ItemDraft("node", topic, quotes=item.quotes), []))
        branch.children.append(Branch(replace(item, data={}), []))
    return Branch(root, list(topics.values()))


def sources(survey: Survey) -> Iterator[Branch]:
    """A branch for every source, in reading order, with its headings and their key phrases."""
    places = {
        (heading.passage.source_id, heading.path): heading for heading in reversed(survey.layout.headings)
    }
    sections: dict[object, list[list[Statement]]] = defaultdict(list)
    for (source, _path), held in by_section(survey.statements).items():
        sections[source].append(held)
    titles: dict[object, str] = {}
    for passage in survey.material.passages:
        titles.setdefault(passage.source_id, passage.title)
    for source, title in titles.items():
        told: set[str] = set()
        branches = [
            _section(survey, title, held, places.get(held[0].section), told)
            for held in sections.get(source, ())
        ]
        yield Branch(ItemDraft("node", label(title)), _merged([one for one in branches if one]))


def _section(
    survey: Survey, title: str, held: list[Statement], place: Heading | None, told: set[str]
) -> Branch | None:
    """A heading with its best sentence and its key phrases; None where there is nothing to show."""
    path = held[0].path
    if not path or path[-1].casefold() == title.casefold():
        phrases = [Branch(item, []) for item in key_phrases(survey, held, told)]
        return Branch(ItemDraft("node"), phrases) if phrases else None
    best = max((one for one in held if survey.stands(one)), key=survey.worth, default=None)
    if best:
        told.add(best.text)
    quote = best.quote if best else place.quote if place else held[0].quote
    phrases = [Branch(item, []) for item in key_phrases(survey, held, told)]
    return Branch(ItemDraft("node", label(path[-1]), best.text if best else "", (quote,)), phrases)


def _merged(branches: list[Branch]) -> list[Branch]:
    """What stands under no heading of its own hangs directly on the source."""
    found: list[Branch] = []
    for branch in branches:
        if branch.item.heading:
            found.append(branch)
        else:
            found += branch.children
    return found


def key_phrases(survey: Survey, held: list[Statement], told: set[str]) -> Iterator[ItemDraft]:
    """Nouns that the section's source keeps coming back to, with a sentence that holds each.

    What stands in `told` (stems and sentences) is not told again; it grows.
    """
    weights: dict[str, tuple[float, str, str, Statement]] = {}
    titles = {stem for one in held[:1] for title in one.path for stem in stems(words(title), one.language)}
    for one in held:
        for noun in occurrences(one.text, one.language) if one.language else ():
            stem = stems(words(noun.word), one.language)[0]
            if stem in titles or stem in told or not survey.nouns.is_sure(noun.word, one.language):
                continue
            weight = survey.salience.weight(one.passage.source_id, stem)
            if weight >= LEAST_WEIGHT and stem not in weights:
                weights[stem] = (weight, stem, noun.word, one)
    for _, stem, word, one in sorted(weights.values(), key=lambda found: (-found[0], found[1]))[:PHRASES]:
        body = one.text if survey.stands(one) and one.text not in told else ""
        told |= {stem, one.text}
        yield ItemDraft("node", f"{word[0].upper()}{word[1:]}", body, (one.quote,))


def within(root: Branch, most: int) -> set[int]:
    """Which nodes fit: level by level, on each level the branches in turns."""
    kept, level = {id(root)}, [root]
    while level and len(kept) < most:
        longest = max((len(branch.children) for branch in level), default=0)
        turns = [branch.children[n] for n in range(longest) for branch in level if n < len(branch.children)]
        taken = turns[: most - len(kept)]
        kept |= {id(branch) for branch in taken}
        level = [child for branch in level for child in branch.children if id(child) in kept]
    return kept


def flat(branch: Branch, kept: set[int], depth: int = 0) -> Iterator[ItemDraft]:
    """The nodes in the order of an outline."""
    yield replace(branch.item, depth=depth)
    for child in branch.children:
        if id(child) in kept and depth < DEEPEST:
            yield from flat(child, kept, depth + 1)


def label(text: str) -> str:
    """At most LONGEST_LABEL characters, cut at a blank."""
    folded = " ".join(text.split())
    if len(folded) <= LONGEST_LABEL:
        return folded
    return f"{folded[: LONGEST_LABEL - 1].rpartition(' ')[0] or folded[: LONGEST_LABEL - 1]}…"
