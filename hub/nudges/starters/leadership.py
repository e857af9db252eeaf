"""Tips for leadership."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import WRITING_DE, WRITING_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "difficult-talk",
        "chat",
        minutes=2,
        moments=(Moment.BEFORE_MEETING,),
        roles=(RoleGroup.LEADERSHIP, RoleGroup.HR, RoleGroup.PROJECTS),
        de=Words(
            "Üb das schwierige Gespräch mit jemandem, der nichts weitererzählt",
            "Die ersten zwei Sätze entscheiden, und die kann man üben. Wichtig: keine Namen, "
            "keine Einzelheiten, an denen man jemanden erkennt. Es geht um deine Worte, nicht um "
            "die andere Person.",
            [
                "„Ich muss ansprechen, dass Zusagen nicht gehalten werden. Spiel mein Gegenüber, "
                "erst erstaunt, dann verärgert.“",
                "Antworte drei Mal so, wie du es wirklich sagen würdest.",
                "„Welcher meiner Sätze war ein Vorwurf? Wie klänge er als Beobachtung?“",
            ],
        ),
        en=Words(
            "Rehearse a difficult conversation with someone who won’t gossip",
            "The first two sentences decide how it goes, and those you can practise. Leave out "
            "names and any detail that could identify someone. This is about your words, not "
            "about the other person.",
            [
                "“I need to raise the fact that promises aren’t being kept. Play the other "
                "person: surprised at first, then annoyed.”",
                "Reply three times, in the words you’d really use.",
                "“Which of my sentences sounded like blame? How could I put it as an observation?”",
            ],
        ),
    ),
    StarterTip(
        "second-opinion",
        "chat",
        minutes=2,
        moments=(Moment.BEFORE_MEETING, Moment.PLANNING),
        pages=places.CHAT,
        de=Words(
            "Frag nach dem, was gegen deine Idee spricht",
            "Assistenten stimmen gern zu. Deshalb musst du Widerspruch bestellen. Am besten in "
            "einem neuen Gespräch, in dem noch niemand gelobt wurde.",
            [
                "Öffne ein neues Gespräch. Beschreib die Sache, als wäre es die Idee von jemand anderem.",
                "„Was müsste wahr sein, damit das scheitert? Nenne die drei wahrscheinlichsten Gründe.“",
                "Einer davon lässt sich heute noch prüfen. Welcher?",
            ],
        ),
        en=Words(
            "Ask for the case against your idea",
            "Assistants like to agree with you, so if you want an argument, you have to ask for "
            "one. A new chat is best, where nobody has been praised yet.",
            [
                "Start a new chat. Describe the idea as though it were someone else’s.",
                "“What would have to be true for this to fail? Give me the three most likely reasons.”",
                "You can check one of those today. Which?",
            ],
        ),
    ),
    StarterTip(
        "half-a-page",
        "documents",
        minutes=2,
        moments=(Moment.WRITING, Moment.BEFORE_MEETING),
        pages=places.DOCUMENTS,
        roles=(RoleGroup.LEADERSHIP, RoleGroup.PROJECTS),
        saves_minutes=6,
        de=Words(
            "Eine Entscheidung, die auf eine halbe Seite passt",
            "Wer zwanzig Folien bekommt, entscheidet über die Folien. Eine halbe Seite zwingt "
            "dazu, selbst schon entschieden zu haben.",
            [
                "Schreib ungeordnet auf: worum es geht, welche Wege es gibt, welchen du willst. "
                "Ohne Beträge, ohne Namen.",
                "„Ordne: Frage, Vorschlag, zwei Gründe, was dagegen spricht, was wir tun, wenn es "
                "nicht klappt. Höchstens 150 Wörter.“",
                "Lies den Absatz „was dagegen spricht“ laut. Klingt er schwach, hast du ihn nicht "
                "ernst genommen.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "A decision that fits on half a page",
            "Give people twenty slides and they’ll decide about the slides. Half a page forces "
            "you to have made up your own mind first.",
            [
                "Write down in any order: what it’s about, what the options are, which one you "
                "want. No amounts, no names.",
                "“Arrange it as: question, proposal, two reasons, what speaks against it, what we "
                "do if it doesn’t work. 150 words at most.”",
                "Read out the part that speaks against it. If it sounds weak, you haven’t taken "
                "it seriously.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "praise-that-lands",
        "mail",
        minutes=1,
        moments=(Moment.AFTER_MEETING, Moment.WRITING),
        roles=(RoleGroup.LEADERSHIP, RoleGroup.PROJECTS),
        de=Words(
            "Ein Dank, dem man anmerkt, dass du hingesehen hast",
            "„Super gemacht“ freut eine Minute lang. Was genau geholfen hat und wem, das behält "
            "man. Den Stoff dafür hast nur du, beim Satzbau darf dir jemand helfen.",
            [
                "Notier: Was hat die Person getan, was wäre sonst passiert? Ohne Namen, und ohne "
                "Beurteilung.",
                "„Frag mich so lange nach Einzelheiten, bis daraus drei ehrliche Sätze werden. "
                "Keine Superlative.“",
                "Schreib sie am Ende mit eigenen Worten, und schick sie heute. Beurteilungen "
                "gehören nie in einen Assistenten.",
            ],
        ),
        en=Words(
            "A thank-you that shows you were watching",
            "“Great job” pleases for a minute. What exactly helped, and whom, is what people "
            "remember. Only you have the material; with the sentences you may have help.",
            [
                "Note: what did the person do, and what would have happened otherwise? No name, "
                "and no appraisal.",
                "“Keep asking me for details until they make three honest sentences. No superlatives.”",
                "Put it in your own words at the end, and send it today. Appraisals never belong "
                "in an assistant.",
            ],
        ),
    ),
    StarterTip(
        "better-question",
        "chat",
        minutes=1,
        moments=(Moment.BEFORE_MEETING, Moment.IN_MEETING),
        roles=(RoleGroup.LEADERSHIP, RoleGroup.PROJECTS, RoleGroup.HR),
        de=Words(
            "Eine Frage, auf die man nicht mit „läuft“ antworten kann",
            "„Wie läuft’s?“ „Läuft.“ So erfährt niemand etwas. Eine gute Frage zielt auf das, was "
            "du noch nicht weißt, und macht es leicht, ehrlich zu sein.",
            [
                "Beschreib das Vorhaben in einem Satz und was dich beunruhigt. Ohne Namen.",
                "„Formuliere fünf Fragen, die niemanden bloßstellen und auf die man mit einem "
                "Beispiel antwortet.“",
                "Nimm eine einzige mit hinein. Und halt danach zehn Sekunden Stille aus.",
            ],
        ),
        en=Words(
            "A question nobody can answer with “fine”",
            "“How’s it going?” “Fine.” And nobody is any the wiser. A good question aims at what "
            "you don’t know yet and makes it easy to be honest.",
            [
                "Describe the project in one sentence, and what worries you. No names.",
                "“Word five questions that put nobody on the spot and that people answer with an example.”",
                "Take just one of them in with you. Then bear ten seconds of silence.",
            ],
        ),
    ),
    StarterTip(
        "your-week-from-outside",
        "chat",
        minutes=2,
        moments=(Moment.PLANNING,),
        pages=places.CALENDAR,
        roles=(RoleGroup.LEADERSHIP, RoleGroup.PROJECTS),
        de=Words(
            "Deine Woche, von außen betrachtet",
            "Was einem wichtig ist, sagt man. Was einem wirklich wichtig ist, steht im Kalender. "
            "Der Abgleich tut kurz weh und hilft lange.",
            [
                "Schreib fünf Arten von Terminen auf, mit Stunden, und deine drei Ziele. Keine "
                "Titel, keine Namen aus dem Kalender.",
                "„Was würde ein Fremder aus dieser Woche über meine Ziele schließen? Welche "
                "Stunde passt am wenigsten dazu?“",
                "Gib diese eine Stunde frei, gleich jetzt. Freitags wäre noch Platz für die Lernstunde.",
            ],
        ),
        en=Words(
            "Your week, seen from outside",
            "What matters to us, we say. What really matters to us is in the calendar. Comparing "
            "the two stings briefly and helps for long.",
            [
                "Note five kinds of appointments with their hours, and your three goals. No "
                "titles, no names from your calendar.",
                "“What would a stranger conclude about my goals from this week? Which hour fits them least?”",
                "Free up that one hour, right now. On Fridays there’d be room for the learning hour.",
            ],
        ),
    ),
)
