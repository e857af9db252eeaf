"""Tips for customer service."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import SERVICE_DE, SERVICE_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "angry-customer",
        "mail",
        minutes=2,
        moments=(Moment.WRITING, Moment.LONG_MAIL),
        pages=places.TICKETS,
        roles=(RoleGroup.SERVICE, RoleGroup.SALES),
        saves_minutes=3,
        de=Words(
            "Die Antwort an jemanden, der zu Recht verärgert ist",
            "Wer sich ärgert, liest zuerst, ob du ihn verstanden hast. Erst danach liest er die "
            "Lösung. In dieser Reihenfolge schreibt es sich auch leichter.",
            [
                "Gib den Sachverhalt in eigenen Worten hinein. Name, Kundennummer und die Mail "
                "selbst bleiben draußen.",
                "„Schreib eine Antwort: ein Satz, der zeigt, dass ich es verstanden habe; was wir "
                "tun; bis wann. Keine Entschuldigung im Passiv.“",
                "Steht da ein Termin, den wir halten? Wenn nicht, nenn den, der sicher ist.",
            ],
            SERVICE_DE,
        ),
        en=Words(
            "Replying to someone who’s rightly annoyed",
            "People who are annoyed read first whether you’ve understood them. Only then do they "
            "read the solution. It’s easier to write in that order, too.",
            [
                "Describe what happened in your own words. Name, customer number and the email "
                "itself stay out.",
                "“Write a reply: one sentence that shows I’ve understood; what we’re doing; by "
                "when. No apologies in the passive voice.”",
                "Does it give a date that we’ll keep? If not, name one that’s safe.",
            ],
            SERVICE_EN,
        ),
    ),
    StarterTip(
        "error-in-plain-words",
        "chat",
        minutes=1,
        moments=(Moment.IN_MEETING, Moment.READING),
        pages=places.TICKETS,
        roles=(RoleGroup.SERVICE, RoleGroup.IT, RoleGroup.ENGINEERING),
        saves_minutes=3,
        de=Words(
            "Die Fehlermeldung so erklären, dass der Kunde etwas damit anfangen kann",
            "Du verstehst „Timeout beim Handshake“, der Mensch am Telefon nicht. Ein Vergleich "
            "aus dem Alltag hilft oft mehr als eine genauere Erklärung.",
            [
                "Gib nur den Text der Meldung hinein. Seriennummern, Adressen und Namen nimmst du "
                "vorher heraus.",
                "„Erkläre das jemandem ohne Technikkenntnisse in zwei Sätzen. Dann: Was kann "
                "diese Person selbst prüfen?“",
                "Stimmt es mit unserem Handbuch überein? Nur dann gibst du es weiter.",
            ],
            SERVICE_DE,
        ),
        en=Words(
            "Explain the error so that the customer can do something with it",
            "You understand “handshake timeout”; the person on the phone doesn’t. A comparison "
            "from everyday life often helps more than a more precise explanation.",
            [
                "Put in the text of the message and nothing else. Take out serial numbers, "
                "addresses and names first.",
                "“Explain this in two sentences to somebody who isn’t technical. Then: what can "
                "they check themselves?”",
                "Does it agree with our manual? Only then pass it on.",
            ],
            SERVICE_EN,
        ),
    ),
    StarterTip(
        "third-time-asked",
        "documents",
        minutes=2,
        moments=(Moment.WRITING, Moment.AFTER_MEETING),
        pages=places.TICKETS,
        roles=(RoleGroup.SERVICE, RoleGroup.IT, RoleGroup.HR),
        saves_minutes=10,
        de=Words(
            "Dreimal dieselbe Frage? Dann steht die Antwort ab heute irgendwo",
            "Du hast die Antwort gerade zum dritten Mal geschrieben, also hast du den Text schon. "
            "Es fehlt nur die Form, in der andere ihn finden.",
            [
                "Nimm deine letzte Antwort und streich alles, was nur diesen einen Fall betrifft, "
                "besonders Namen und Nummern.",
                "„Mach daraus einen Hilfetext: die Frage als Überschrift, so wie Leute sie "
                "stellen, dann die Schritte. Höchstens 120 Wörter.“",
                "Lass jemanden die Schritte nachgehen, der das noch nie gemacht hat. Wo er "
                "stockt, fehlt ein Satz.",
            ],
        ),
        en=Words(
            "Asked for the third time? Then write it down where others find it",
            "You’ve just typed the answer for the third time, so the text is there. All it lacks "
            "is a form in which others will find it.",
            [
                "Take your last answer and cut whatever concerns that one case, above all names and numbers.",
                "“Turn this into a help article: the question as its title, the way people ask "
                "it, then the steps. 120 words at most.”",
                "Have somebody follow the steps who’s never done it. Where they hesitate, a "
                "sentence is missing.",
            ],
        ),
    ),
    StarterTip(
        "questions-that-save-a-call",
        "chat",
        minutes=1,
        moments=(Moment.BEFORE_CALL,),
        pages=places.TICKETS,
        roles=(RoleGroup.SERVICE, RoleGroup.IT),
        de=Words(
            "Die drei Rückfragen, die den zweiten Anruf sparen",
            "Der zweite Anruf kommt, weil beim ersten eine Angabe fehlte. Welche das ist, lässt "
            "sich fast immer vorher sagen.",
            [
                "Beschreib die Art der Störung in einem Satz. Kein Kunde, kein Gerät mit Nummer.",
                "„Welche drei Angaben braucht man, um die Ursache einzugrenzen? Die mit der "
                "größten Wirkung zuerst.“",
                "Frag sie, bevor du auflegst. Was davon immer fehlt, gehört ins Formular.",
            ],
        ),
        en=Words(
            "The three questions that save the second call",
            "The second call happens because something was missing from the first. What that is "
            "can nearly always be foreseen.",
            [
                "Describe the kind of fault in one sentence. No customer, no device number.",
                "“Which three details does one need to narrow down the cause? The one with the "
                "greatest effect first.”",
                "Ask for them before you hang up. Whatever’s always missing belongs in the form.",
            ],
        ),
    ),
)
