"""What the two voices of an audio overview say around the quotes, in German and in English.

A asks and B answers from the sources. Lines are taken in turns, so that a long script does not repeat itself
at once. They stay in the language of the script, hence no gettext.
"""

from collections.abc import Mapping, Sequence

GREETING = "greeting"
ABOUT = "about"
SOURCES = "sources"
SECTION = "section"
PLAIN = "plain"
MORE = "more"
LEAD = "lead"
STANDS = "stands"
QUESTION = "question"
TURN = "turn"
CLOSING = "closing"
NEXT = "next"

LINES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "de": {
        GREETING: ("Hallo und willkommen. Heute geht es um „{title}“.",),
        ABOUT: (
            "Ich habe die Unterlagen gelesen, du stellst die Fragen. "
            "Alles, was ich zitiere, steht genau so in den Quellen.",
        ),
        SOURCES: ("Womit fangen wir an?",),
        SECTION: (
            "Reden wir über „{heading}“. Was muss man da wissen?",
            "Und „{heading}“: Was steht dazu in den Unterlagen?",
            "Der nächste Punkt heißt „{heading}“. Worauf kommt es an?",
            "Was sagen die Quellen zu „{heading}“?",
        ),
        PLAIN: ("Was ist noch wichtig?", "Was sollte ich mir noch merken?", "Und was noch?"),
        MORE: (
            "Gibt es dazu noch etwas?",
            "Was gehört noch dazu?",
            "Steht da noch mehr?",
            "Und weiter?",
            "Was sollte ich dazu noch wissen?",
        ),
        LEAD: (
            "Da heißt es: {quote}",
            "Ich lese vor: {quote}",
            "Wörtlich: {quote}",
            "Dazu steht da: {quote}",
        ),
        STANDS: (
            "Das steht in „{source}“.",
            "Nachzulesen in „{source}“.",
            "Die Stelle findest du in „{source}“.",
        ),
        QUESTION: ("Eine Frage dazu: {question}", "Dann frage ich direkt: {question}"),
        TURN: ("Nun zu „{heading}“: {question}", "Weiter mit „{heading}“: {question}"),
        CLOSING: ("Danke, das hilft mir. Was mache ich jetzt damit?",),
        NEXT: (
            "Öffne im Notizbuch eine der Stellen und lies den Absatz darum herum. "
            "Danach zeigt dir das Quiz, was hängen geblieben ist. Bis zum nächsten Mal.",
        ),
    },
    "en": {
        GREETING: ("Hello and welcome. Today is about “{title}”.",),
        ABOUT: (
            "I have read the documents, you ask the questions. Whatever I quote stands in the sources just like that.",
        ),
        SOURCES: ("Where do we begin?",),
        SECTION: (
            "Let us talk about “{heading}”. What does one need to know?",
            "And “{heading}”: what do the documents say?",
            "The next point is called “{heading}”. What matters there?",
            "What do the sources say about “{heading}”?",
        ),
        PLAIN: ("What else is important?", "What else should I keep in mind?", "And what else?"),
        MORE: (
            "Is there more to it?",
            "What else belongs here?",
            "Does it say anything else?",
            "Go on.",
            "What else should I know about it?",
        ),
        LEAD: (
            "It says: {quote}",
            "Let me read it out: {quote}",
            "Word for word: {quote}",
            "Here it is: {quote}",
        ),
        STANDS: (
            "That stands in “{source}”.",
            "You can read it in “{source}”.",
            "You find the passage in “{source}”.",
        ),
        QUESTION: ("A question about that: {question}", "Then let me ask: {question}"),
        TURN: ("Now to “{heading}”: {question}", "On to “{heading}”: {question}"),
        CLOSING: ("Thank you, that helps. What do I do with it now?",),
        NEXT: (
            "Open one of the passages in the notebook and read the paragraph around it. "
            "After that the quiz shows you what has stuck. Until next time.",
        ),
    },
}


MARKS: Mapping[str, str] = {"de": "„{}“", "en": "“{}”"}


class Lines:
    """The lines of one language, each kind in turns."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LINES else "en"
        self.used: dict[str, int] = {}

    def say(self, kind: str, **blanks: str) -> str:
        choices = LINES[self.language][kind]
        number = self.used.get(kind, 0)
        self.used[kind] = number + 1
        return choices[number % len(choices)].format(**blanks)

    def quoted(self, quote: str) -> str:
        """Between quotation marks, unless it has some of its own."""
        return quote if any(mark in quote for mark in '„“”"»«') else MARKS[self.language].format(quote)
