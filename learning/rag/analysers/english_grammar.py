"""English grammar, as far as single sentences need it."""

import re

from learning.rag.analysers.grammar import Definer, Grammar, Wording, points_back

DETERMINERS = "a an the no any every each some all our your their its his her my"
FINITE = """
is are was were has have had can could must may might will would should shall
"""
# Words that open a sentence which needs the one before it.
OPENERS = """
whose which where whom when he she it they we this that these those such there then thus therefore hence
however but and or nor so also here yet moreover furthermore otherwise instead still similarly likewise
finally first second third next now both either neither another other others its his her their nevertheless
nonetheless meanwhile consequently accordingly indeed again too although though while yes perhaps equally
together sometimes some many most one only alternatively subsequently afterwards later earlier overall more
what why who how conversely additionally specifically interestingly importantly unfortunately fortunately
clearly whereas hereby
"""
# Pronouns, words that do so anywhere in its first clause, and those that do so anywhere.
NEAR = "he she it they them him his her hers their its"
LEANING = """
also too however therefore thus instead likewise latter former our we us I my another
"""
POINTING = "this these those such(?!\\sas\\b)"
# Phrases that do what openers do, separated by commas.
PHRASES = """
in short, essence, other words, sum, let me, addition, for example, instance, as a result, such, contrast,
by turn, this, at the same time, because of, on other, not only, that, fact, of course, after us, latter,
former, others, same, first, second, third, next, last, above, results, two, that is, to this end,
particular, even so
"""
POINTS_BACK = points_back(
    OPENERS, NEAR, LEANING, POINTING, phrases=tuple(" ".join(phrase.split()) for phrase in PHRASES.split(","))
)
AWAY = (
    r"see (?:also|the|section|figure|fig|above|below|chapter|table|page|appendix|chart)",
    r"\(see",
    "above",
    "below",
    "following",
    "aforementioned",
    "herein",
    "figures?",
    r"fig\.",
    "tables?",
    r"charts?",
    r"(?:section|chapter|page|example) \d+",
    r"pp?\. \d",
    "appendix",
    "footnote",
    "equation",
    "this (?:document|paper|page|section|article)",
    "ibid",
    r"op\. cit",
    "et al",
)
POINTS_AWAY = re.compile(rf"\b(?:{'|'.join(AWAY)})(?!\w)", re.IGNORECASE)
WORD = r"[A-Za-z][\w'’]*(?:-\w+)*"
NO_NOUN = r"(?!(?:is|are|was|of|that|which|who|and|or|to|in|for)\b)"
TERM = (
    rf"(?P<term>(?:(?:An?|The)\s+)?{WORD}(?:\s+{NO_NOUN}{WORD}){{0,3}}?)"
    r"(?:\s+\([^()]{1,40}\))?"
)
NOUN_FOLLOWS = r"(?:an?|any|the|one of|every|everything|each|what|when|where|how)\s+\w"
DEFINERS = (
    Definer(re.compile(rf"^{TERM}\s+(?:is\s+{NOUN_FOLLOWS}|are\s+(?!an?\b){NOUN_FOLLOWS})")),
    Definer(
        re.compile(
            rf"^{TERM}\s+(?:means|refers\s+to|denotes|stands\s+for|is\s+defined\s+as|are\s+defined\s+as)\s+\w"
        ),
        is_sure=True,
    ),
    Definer(
        re.compile(
            rf"\b(?:is|are)\s+(?:called|known\s+as)\s+(?:an?\s+|the\s+)?[\"“]?(?P<term>{WORD}(?:\s+{WORD})?)[\"”]?[.]$"
        ),
        is_sure=True,
    ),
    Definer(
        re.compile(rf"^By\s+[\"“]?(?P<term>{WORD}(?:\s+{WORD})?)[\"”]?\s+(?:we|is)\s+(?:mean|meant)\b"),
        is_sure=True,
    ),
)
NUMBERS = "two three four five six seven eight nine ten eleven twelve"
UNITS = """
day:day days:day week:week weeks:week month:month months:month year:year years:year hour:hour hours:hour
minute:minute minutes:minute second:second seconds:second decade:decade decades:decade quarter:quarter
quarters:quarter century:century centuries:century
"""
PRONOUNS = (
    "I you he she it we they one this that these those there everybody everyone whoever nobody who what"
)
NOT_TERMS = """
lower higher better worse greater larger smaller fewer longer shorter less bad large small big new old high
low good great long short early late free full open clear common simple strong weak wide broad key major
minor state private public little few much middle statement ones one place return picture side sense role
whole lot kind sort rather around while basis order terms course case cases extent degree manner respect
addition variety means latter former past future first second third last next best worst most least only
main other another same thing things reason point question example answer result fact idea problem part way
goal aim rule attempt version page article paper chapter section text author time end beginning number
difference more rest consequence upshot implication lesson story challenge moral
"""
ENGLISH_GRAMMAR = Grammar(
    determiners=frozenset(DETERMINERS.split()),
    finite=frozenset(FINITE.split()),
    points_back=POINTS_BACK,
    points_away=POINTS_AWAY,
    definers=DEFINERS,
    months={
        name: number
        for number, names in enumerate(
            (
                ("january", "jan"),
                ("february", "feb"),
                ("march", "mar"),
                ("april", "apr"),
                ("may",),
                ("june", "jun"),
                ("july", "jul"),
                ("august", "aug"),
                ("september", "sep", "sept"),
                ("october", "oct"),
                ("november", "nov"),
                ("december", "dec"),
            ),
            start=1,
        )
        for name in names
    },
    numbers={word: number for number, word in enumerate(NUMBERS.split(), start=2)},
    units=dict(pair.split(":") for pair in UNITS.split()),
    wording=Wording(
        what_is="What is {term}?",
        what_are="What are {term}?",
        what_means="What does “{term}” mean?",
        how_many="how many",
        when="When",
    ),
    pronouns=frozenset(PRONOUNS.split()),
    not_terms=frozenset(NOT_TERMS.split()),
    gendered={},
    heads={},
)
