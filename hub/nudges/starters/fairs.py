"""Tips for trade-fair leads."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import WRITING_DE, WRITING_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "lead-in-forty-words",
        "chat",
        minutes=1,
        moments=(Moment.AFTER_MEETING,),
        pages=places.LEADS,
        roles=(RoleGroup.SALES,),
        saves_minutes=5,
        de=Words(
            "Das Messegespräch in vierzig Wörtern, bevor das nächste kommt",
            "Am Abend weißt du noch, dass es nett war. Wer was wollte, weißt du jetzt. Zwei "
            "gesprochene Sätze genügen.",
            [
                "Sprich zwischen zwei Gesprächen hinein: Was hat die Person vor, was braucht sie, "
                "was hast du versprochen? Namen und Firma lässt du weg, die stehen auf der Karte.",
                "„Forme daraus: Vorhaben, Bedarf, Zusage, bis wann. Höchstens 40 Wörter.“",
                "Schreib die Nummer der Karte dazu. Am Abend kommen Text und Karte im Kundensystem zusammen.",
            ],
        ),
        en=Words(
            "The trade-fair talk in forty words, before the next one starts",
            "In the evening you’ll remember that it was nice. Who wanted what, you know now. Two "
            "spoken sentences are enough.",
            [
                "Say it aloud between two talks: what are they planning, what do they need, what "
                "did you promise? Leave out names and company; those are on the card.",
                "“Set this out as: plan, need, promise, by when. 40 words at most.”",
                "Add the number of the card. In the evening, text and card meet in the customer system.",
            ],
        ),
    ),
    StarterTip(
        "mail-after-the-fair",
        "mail",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.LEADS,
        roles=(RoleGroup.SALES,),
        saves_minutes=6,
        de=Words(
            "Die Mail nach der Messe, bei der man weiß, wer du warst",
            "Am Montag liegen im Postfach zwanzig Mails, die alle gleich klingen. Deine nennt den "
            "einen Satz, den nur ihr beide kennt.",
            [
                "Notier zu drei Gesprächen je einen Satz, der dort fiel. Ohne Namen, ohne Firma.",
                "„Schreib drei kurze Mails. Jede beginnt mit diesem Satz und endet mit dem, was "
                "wir zugesagt haben. Höchstens 70 Wörter.“",
                "Setz Namen und Unterlagen selbst ein. Hast du etwas zugesagt, das du nicht "
                "halten kannst, sag es jetzt.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "The email after the fair that reminds them who you were",
            "On Monday there are twenty emails in the inbox that all sound the same. Yours has "
            "the one sentence only the two of you know.",
            [
                "For three talks, note one sentence that was said. No names, no company.",
                "“Write three short emails. Each begins with that sentence and ends with what we "
                "promised. 70 words at most.”",
                "Add names and documents yourself. If you promised something you can’t keep, say so now.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "opening-lines",
        "chat",
        minutes=2,
        moments=(Moment.PLANNING, Moment.BEFORE_CALL),
        roles=(RoleGroup.SALES, RoleGroup.ENGINEERING),
        de=Words(
            "Drei erste Sätze, die nicht „Kann ich helfen?“ heißen",
            "Auf „Kann ich helfen?“ gibt es eine Antwort, und die heißt Nein. Auf eine Frage zum "
            "Alltag am eigenen Arbeitsplatz antwortet fast jeder.",
            [
                "„Wir zeigen [Produktgruppe]. Nenne zehn Fragen, mit denen ein Gespräch am Stand "
                "beginnt. Keine, auf die man mit Nein antworten kann.“",
                "Streich alle, die du nie laut sagen würdest. Es bleiben meist drei.",
                "Sag sie einmal laut. Nimm die, bei der du nicht lachen musst.",
            ],
        ),
        en=Words(
            "Three opening lines that aren’t “Can I help you?”",
            "“Can I help you?” has one answer, and it’s no. Almost everyone will answer a "
            "question about their own working day.",
            [
                "“We’re showing [product group]. Give me ten questions that start a conversation "
                "at the stand. None that can be answered with no.”",
                "Cross out those you’d never say aloud. Usually three are left.",
                "Say them once, out loud. Keep the one that doesn’t make you laugh.",
            ],
        ),
    ),
    StarterTip(
        "sort-leads-by-rule",
        "tables",
        minutes=2,
        moments=(Moment.PLANNING, Moment.REPORTING),
        pages=places.LEADS,
        roles=(RoleGroup.SALES,),
        saves_minutes=15,
        de=Words(
            "Hundert Kontakte nach Regel sortieren statt nach Bauchgefühl",
            "Nach der Messe ruft jeder zuerst die Netten an. Drei Merkmale und eine Formel sagen, "
            "wer nicht warten kann.",
            [
                "Leg drei Merkmale fest, etwa: Bedarf in diesem Jahr, entscheidet mit, Zusage "
                "offen. Je eine Spalte mit Ja oder Nein.",
                "„Welche Formel gibt aus drei Ja-Nein-Spalten die Gruppen heute, diese Woche, "
                "später?“ Namen und Firmen bleiben in deiner Tabelle.",
                "Prüf drei Zeilen von Hand. Ist die Regel falsch, änderst du sie, und nicht die Zeile.",
            ],
        ),
        en=Words(
            "Sort a hundred leads by a rule, not by gut feeling",
            "After a fair, everyone rings the nice ones first. Three features and a formula tell "
            "you who can’t wait.",
            [
                "Settle on three features, such as: needs it this year, has a say, we owe an "
                "answer. One column each, yes or no.",
                "“What formula turns three yes-or-no columns into the groups today, this week, "
                "later?” Names and companies stay in your sheet.",
                "Check three rows by hand. If the rule is wrong, change the rule, not the row.",
            ],
        ),
    ),
)
