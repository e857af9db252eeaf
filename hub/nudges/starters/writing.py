"""Tips for writing."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import WRITING_DE, WRITING_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment

TIPS = (
    StarterTip(
        "friendlier-mail",
        "mail",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.MAIL,
        saves_minutes=6,
        de=Words(
            "Schreib erst, was du denkst. Dann lass es freundlich machen",
            "Die schwierige Mail kostet zwanzig Minuten, weil du Inhalt und Ton zugleich suchst. "
            "Trenne beides: erst die Sache in drei groben Sätzen, dann der Ton.",
            [
                "Notiere ungeschönt, was du willst, bis wann und warum. Ohne Namen und ohne Vertrauliches.",
                "„Schreib daraus eine kurze, freundliche Mail. Bitte und Termin bleiben klar. "
                "Höchstens 90 Wörter.“",
                "Streich jeden Satz, den du so nie sagen würdest. Erst dann klingt sie nach dir.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "Write it bluntly, then ask for a kinder version",
            "A difficult email takes twenty minutes because you’re searching for the content and "
            "the tone at the same time. Split the job: first the substance in three rough "
            "sentences, then the tone.",
            [
                "Jot down bluntly what you want, by when and why. No names, nothing confidential.",
                "“Turn this into a short, friendly email. Keep the request and the deadline "
                "clear. 90 words at most.”",
                "Cross out any sentence you’d never say yourself. Only then will it sound like you.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "translate-with-purpose",
        "mail",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.TRANSLATING + places.MAIL,
        saves_minutes=10,
        de=Words(
            "Übersetzen lassen, und dazusagen, für wen",
            "„Übersetze das“ gibt dir Wörter. „Für eine Einkäuferin in Leeds, die wir gut kennen“ "
            "gibt dir den Ton. Und drei Fachwörter mitzugeben, erspart die peinlichste Korrektur.",
            [
                "Sag, wer liest, wie ihr zueinander steht und welche Fachwörter wie heißen müssen.",
                "„Übersetze ins Englische. Markiere Stellen, die man missverstehen kann.“",
                "Lass das Ergebnis zurückübersetzen. Steht noch da, was du meintest? Verträge "
                "prüft ein Mensch.",
            ],
        ),
        en=Words(
            "Having something translated? Say who it’s for",
            "“Translate this” gets you words. “For a buyer in Stuttgart we know well” gets you "
            "the tone. And supplying three technical terms up front spares you the most "
            "embarrassing correction.",
            [
                "Say who’ll be reading it, how well you know each other and which technical terms to use.",
                "“Translate this into German. Flag anything that could be misunderstood.”",
                "Have the result translated back. Does it still say what you meant? Contracts "
                "need a person to check them.",
            ],
        ),
    ),
    StarterTip(
        "prompt-recipe",
        "chat",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.CHAT,
        de=Words(
            "Rolle, Aufgabe, Umstände, Form: ein Rezept für fast alles",
            "Wer nur „Schreib was zu Lieferzeiten“ eingibt, bekommt irgendwas. Vier Zutaten "
            "machen daraus deine Antwort, und du kannst sie dir an einer Hand abzählen.",
            [
                "Rolle: „Du hilfst im Vertriebsinnendienst.“ Aufgabe: „Erkläre, warum die "
                "Lieferung zwei Wochen später kommt.“",
                "Umstände: „Der Kunde wartet zum zweiten Mal.“ Form: „Vier Sätze, ohne Floskeln.“",
                "Speichere das Rezept dort, wo du es morgen wiederfindest. Tausch nur die Aufgabe aus.",
            ],
        ),
        en=Words(
            "Role, task, context, format: a recipe for almost anything",
            "“Write something about delivery times” gets you just that: something. Four "
            "ingredients make the answer yours, and you can count them on one hand.",
            [
                "Role: “You work in sales support.” Task: “Explain why the delivery will be two weeks late.”",
                "Context: “It’s the second time this customer has had to wait.” Format: “Four "
                "sentences, no stock phrases.”",
                "Save the recipe where you’ll find it tomorrow. Change nothing but the task.",
            ],
        ),
    ),
    StarterTip(
        "ask-me-first",
        "chat",
        minutes=2,
        moments=(Moment.WRITING, Moment.PLANNING),
        pages=places.CHAT,
        de=Words(
            "Lass dich zuerst fragen",
            "Oft ist die Antwort mittelmäßig, weil du etwas für selbstverständlich gehalten hast. "
            "Dreh es um: Erst stellt der Assistent Fragen, dann antwortet er.",
            [
                "Beschreib in einem Satz, was am Ende dastehen soll.",
                "„Stell mir vorher die fünf Fragen, deren Antworten das Ergebnis am meisten "
                "ändern. Eine nach der anderen.“",
                "Antworte kurz. „Weiß ich nicht“ ist erlaubt und meist die nützlichste Antwort.",
            ],
        ),
        en=Words(
            "Let the assistant ask you first",
            "A so-so answer often comes down to something you took for granted. Turn it round: "
            "the assistant asks its questions first, and answers afterwards.",
            [
                "Describe in one sentence what you want to end up with.",
                "“Before you start, ask me the five questions whose answers would change the "
                "result most. One at a time.”",
                "Keep your replies short. “I don’t know” is allowed, and is usually the most useful one.",
            ],
        ),
    ),
    StarterTip(
        "half-as-long",
        "documents",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.DOCUMENTS,
        saves_minutes=6,
        de=Words(
            "Halb so lang, und es fehlt nichts",
            "Kürzen fällt schwer, weil man jeden Satz selbst geschrieben hat. Eine Maschine hängt "
            "an keinem. Du entscheidest nur noch, was davon zu viel weggenommen ist.",
            [
                "Nimm einen Absatz, der hinausdarf: ohne Namen, ohne Zahlen, die vertraulich sind.",
                "„Kürze auf die Hälfte. Behalte jede Aussage und jede Frist. Schreib darunter, "
                "was du weggelassen hast.“",
                "Lies zuerst die Liste des Weggelassenen. Was dir davon fehlt, holst du zurück.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "Half as long, and nothing missing",
            "Cutting is hard because you wrote every sentence yourself. A machine isn’t attached "
            "to any of them. All you have to decide is where it took too much.",
            [
                "Pick a paragraph that may leave the house: no names, no confidential figures.",
                "“Cut this by half. Keep every statement and every deadline. List below what you left out.”",
                "Read the list of cuts first. Whatever you miss, put back.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "long-thread",
        "mail",
        minutes=1,
        moments=(Moment.LONG_MAIL, Moment.READING),
        pages=places.MAIL,
        saves_minutes=5,
        de=Words(
            "Zwölf Antworten untereinander, und du sollst entscheiden",
            "In langen Mailwechseln steht dreimal dasselbe und einmal das Wichtige. Lass dir "
            "sagen, was man von dir will. Entscheiden wirst du selbst.",
            [
                "Nimm den Assistenten in deinem Mailprogramm. Kopierst du den Verlauf in ein "
                "fremdes Werkzeug, gehen alle Namen mit.",
                "„Wer will was von mir, und bis wann? Was ist schon entschieden? Höchstens fünf Zeilen.“",
                "Lies die letzte Mail trotzdem selbst: Dort steht meist, was sich gerade geändert hat.",
            ],
        ),
        en=Words(
            "Twelve replies in a row, and they want a decision from you",
            "A long email thread says the same thing three times and the important thing once. "
            "Have it tell you what people want from you. The deciding is yours.",
            [
                "Use the assistant inside your mail program. Pasting the thread into another tool "
                "would take every name along with it.",
                "“Who wants what from me, and by when? What has already been decided? Five lines at most.”",
                "Still read the latest email yourself: that’s usually where something has just changed.",
            ],
        ),
    ),
)
