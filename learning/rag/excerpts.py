"""What of a short source goes into a prompt: the sentences that bear on the question, never the whole source."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from learning.rag.evidence import Evidence
from learning.rag.extract import odds
from learning.rag.index import LexicalIndex
from learning.rag.retrieve import Hit

MOST = 0.75  # of a source's words
WHOLE = 2  # sentences; to leave one of so few out would leave nothing to understand
GAP = " […] "


def excerpted(index: LexicalIndex, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits, each with as much of its passage as a model may see; one of which nothing is left falls out.

    Most passages stay whole, as they are a small part of their source. Where a source would go in with
    more than MOST of its words, only its likeliest sentences and their neighbours do, and at least one; a source
    of one or two sentences stays whole. Only texts change: offsets still say where the whole passage stands.
    """
    by_source = defaultdict(list)
    for place, hit in enumerate(hits):
        by_source[hit.passage.source_id].append(place)
    texts = {place: hit.passage.text for place, hit in enumerate(hits)}
    query = index.analyse(question)
    for places in by_source.values():
        room = MOST * hits[places[0]].passage.source_words
        if not room or sum(len(texts[place].split()) for place in places) <= room:
            continue
        shown = [hits[place] for place in places]
        laid_out = [Evidence(query, hit.passage) for hit in shown]
        if sum(len(evidence.sentences) for evidence in laid_out) > WHOLE:
            texts |= zip(places, likeliest(room, question, shown, laid_out), strict=True)
    return [
        replace(hit, passage=replace(hit.passage, text=texts[place]))
        for place, hit in enumerate(hits)
        if texts[place]
    ]


def likeliest(room: float, question: str, hits: Sequence[Hit], laid_out: Sequence[Evidence]) -> list[str]:
    """Of each passage the chosen sentences in their order, together at most `room` words."""
    likely = {
        (place, sentence): worth
        for place, row in enumerate(odds(question, hits, laid_out))
        for sentence, worth in enumerate(row)
    }
    length = {
        (place, sentence): len(
            laid_out[place].passage.text[slice(*laid_out[place].sentences[sentence])].split()
        )
        for place, sentence in likely
    }
    chosen: set[tuple[int, int]] = set()
    for place, sentence in sorted(likely, key=lambda found: -likely[found]):
        for found in ((place, sentence), (place, sentence - 1), (place, sentence + 1)):
            if found not in likely or found in chosen:
                continue
            if length[found] <= room or not chosen:
                chosen.add(found)
                room -= length[found]
    return [
        joined(evidence, sorted(s for p, s in chosen if p == place))
        for place, evidence in enumerate(laid_out)
    ]


def joined(evidence: Evidence, sentences: Sequence[int]) -> str:
    """The sentences as they stand, with a mark where something was left out."""
    text, result = evidence.passage.text, ""
    for sentence in sentences:
        start, end = evidence.sentences[sentence]
        if result and sentence - 1 in sentences:
            result += text[evidence.sentences[sentence - 1][1] : end]
        else:
            result += (GAP if result else "") + text[start:end]
    return result
