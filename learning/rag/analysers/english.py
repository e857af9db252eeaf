"""English."""

import re

from learning.rag.analysers.language import Language

STOP_WORDS = """
a about above after again against all am an and any are as at be because been before being below between
both but by can could did do does doing don down during each few for from further had has have having he her
here hers herself him himself his i if in into is it its itself just ll may me might more most must my
myself no nor not now of off on once only or other our ours ourselves out over own re s same she should so
some such t than that the their theirs them themselves then there these they this those through to too under
until up upon ve very was we were will with would you your yours yourself yourselves
"""
QUESTION_WORDS = "what when where which who whom whose why how many much long often please tell name"
MARKERS = """
a about after and any are as at be because been before being between both but by can could did do does each
for from had has have he her his how i if into is it its may might more most must my no not of off on only
or other our out over own same she should some such than that the their them then there these they this
those through to too under until up very were what when where which while who whom whose why with would you
your
"""
ABBREVIATIONS = """
al approx art assn assoc aug ave blvd bros ca capt cf ch chap co col corp dec dept dr e ed eds eg eq est etc
ex feb fig figs gen gov hon hr i ie inc jan jr jul jun lt ltd m maj mar max min misc mr mrs ms mt no nos nov
oct op p par pl pp prof pt r ref refs rep resp rev sec sen sep sept sgt sr st tab tel u v viz vol vols vs
"""
MONTHS = "january february march april may june july august september october november december"

PREPOSITIONS = "in at for with without on after before from to by since until over under during about"
OPENS = re.compile(r"^(?:and|but|or|also)\b|^(?:what|how) about\b|^(?:is|does) (?:that|it)\b", re.IGNORECASE)
# "it" and "there" mostly stand for nothing ("how long does it take", "are there").
LEANS = re.compile(
    r"^[^,]*\b(?:he|she|they|them|him)\b"
    r"|^[^,]*\b(?:it|that|this|those|these)(?:\?*$| (?:too|also|then|exactly|still)\b)",
    re.IGNORECASE,
)

ENGLISH = Language(
    code="en",
    stemmer="english",
    stop_words=frozenset(STOP_WORDS.split()),
    question_words=frozenset(QUESTION_WORDS.split()),
    markers=frozenset(MARKERS.split()),
    endings=("ing", "tion", "tions", "ness", "ment", "ments", "ity", "ies", "ously", "ally"),
    abbreviations=frozenset(ABBREVIATIONS.split()),
    months=frozenset(MONTHS.split()),
    cues=(
        ("time", ("when", "what year", "which year", "what date", "what day", "which day", "what month")),
        ("number", ("how many", "how much", "how long", "how often", "how old", "how far", "how large")),
        ("number", ("how big", "how high", "how tall", "how fast")),
        ("number", ("what percent", "percentage", "what number", "what rate", "what proportion")),
    ),
    refusals=("the sources do not answer", "sources don't answer", "not answered by the sources"),
    prepositions=tuple((word, word) for word in PREPOSITIONS.split()),
    opens=OPENS,
    leans=LEANS,
)
