"""Tips for human resources."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import WRITING_DE, WRITING_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "checklist",
        "documents",
        minutes=2,
        moments=(Moment.PLANNING, Moment.WRITING),
        pages=places.DOCUMENTS,
        saves_minutes=20,
        de=Words(
            "Was du im Schlaf kannst, als Liste für die Vertretung",
            "Du machst es seit Jahren, deshalb steht es nirgends. Erzähl es, wie du es einer "
            "Kollegin erzählen würdest, und lass daraus eine Liste zum Abhaken machen.",
            [
                "Diktier oder tipp zwei Minuten lang, was du der Reihe nach tust. Ohne "
                "Passwörter, ohne Kundendaten.",
                "„Mach daraus eine Checkliste mit höchstens zehn Punkten. Was fehlt jemandem, der "
                "das noch nie gemacht hat?“",
                "Beantworte die Rückfragen. Genau die hättest du am Urlaubstelefon beantwortet.",
            ],
        ),
        en=Words(
            "The job you can do in your sleep, as a checklist for your stand-in",
            "You’ve done it for years, so it isn’t written down anywhere. Describe it as you "
            "would to a colleague, and have that turned into a list to tick off.",
            [
                "Spend two minutes dictating or typing what you do, in order. No passwords, no "
                "customer data.",
                "“Turn this into a checklist of no more than ten points. What’s missing for "
                "someone who has never done it?”",
                "Answer the questions that come back. They’re the ones you’d have been rung about "
                "on holiday.",
            ],
        ),
    ),
    StarterTip(
        "what-changed",
        "documents",
        minutes=2,
        moments=(Moment.READING, Moment.COMPARING),
        pages=places.LONG_READING,
        hub_page=places.NOTEBOOKS,
        saves_minutes=15,
        de=Words(
            "Zwei Fassungen, eine Frage: Was ist jetzt anders?",
            "Die neue Richtlinie kommt ohne Hinweis, was neu ist. Lass die Unterschiede "
            "heraussuchen, und zwar die, die etwas ändern, nicht die Kommas.",
            [
                "Gib beide Fassungen in ein Werkzeug, in das sie dürfen, oder hier in ein Notizbuch.",
                "„Was ändert sich für mich? Alt gegen neu, mit Absatz. Wortlaut zitieren, nicht "
                "umschreiben.“",
                "Such zwei Zitate im Original. Findest du sie nicht, fang von vorn an.",
            ],
        ),
        en=Words(
            "Two versions, one question: what’s different?",
            "The new policy arrives without a word about what has changed. Have the differences "
            "picked out: the ones that matter, not the commas.",
            [
                "Put both versions into a tool that’s approved for them, or into a notebook here.",
                "“What changes for me? Show old against new, with the paragraph. Quote the "
                "wording; don’t paraphrase.”",
                "Look up two of the quotes in the original. If you can’t find them, start again.",
            ],
        ),
    ),
    StarterTip(
        "job-ad",
        "documents",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.HIRING,
        roles=(RoleGroup.HR, RoleGroup.LEADERSHIP),
        saves_minutes=6,
        de=Words(
            "Eine Stellenanzeige, in der sich mehr Menschen wiedererkennen",
            "Lange Wunschlisten schrecken gerade die ab, die alles ernst nehmen. Drei Dinge, die "
            "man wirklich können muss, genügen meist.",
            [
                "Nimm den Entwurf der Anzeige. Unterlagen von Bewerbern gehören in keinen Assistenten.",
                "„Was davon braucht man am ersten Tag, was lernt man in drei Monaten? Markiere "
                "Wörter, die jemanden ausschließen könnten.“",
                "Streich, was man lernen kann. Die Auswahl der Menschen trefft ihr selbst.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "A job ad in which more people recognise themselves",
            "Long wish lists put off exactly those who take everything seriously. Three things "
            "one really has to know are usually enough.",
            [
                "Take your draft of the ad. Applicants’ documents don’t belong in any assistant.",
                "“Which of these does one need on the first day, and which can be learned in "
                "three months? Flag words that might shut somebody out.”",
                "Cut what can be learned. Choosing the person stays with you.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "first-week",
        "chat",
        minutes=2,
        moments=(Moment.PLANNING,),
        roles=(RoleGroup.HR, RoleGroup.LEADERSHIP),
        saves_minutes=10,
        de=Words(
            "Die erste Woche aus Sicht der Neuen",
            "Man plant die Einarbeitung von innen: Zugänge, Rundgang, Unterlagen. Wer neu ist, "
            "fragt etwas anderes: Wen darf ich stören?",
            [
                "Beschreib die Stelle in zwei Sätzen. Kein Name, kein Lebenslauf.",
                "„Schreib auf, was ein neuer Mensch an den ersten fünf Tagen wissen will und sich "
                "nicht zu fragen traut. Je Tag drei Fragen.“",
                "Such zu jedem Tag eine Person, die antwortet. Das ist dein Plan.",
            ],
        ),
        en=Words(
            "The first week as the newcomer sees it",
            "We plan people’s first days from the inside: accounts, a tour, documents. A newcomer "
            "is wondering something else: who may I disturb?",
            [
                "Describe the job in two sentences. No name, no CV.",
                "“Write down what somebody new would like to know in the first five days but "
                "doesn’t dare to ask. Three questions a day.”",
                "For each day, find one person who’ll answer. That’s your plan.",
            ],
        ),
    ),
    StarterTip(
        "interview-questions",
        "chat",
        minutes=2,
        moments=(Moment.BEFORE_MEETING,),
        pages=places.HIRING,
        roles=(RoleGroup.HR, RoleGroup.LEADERSHIP),
        de=Words(
            "Fragen fürs Bewerbungsgespräch, die für alle gleich sind",
            "Fair ist ein Gespräch, wenn alle dieselben Fragen bekommen. Gute zu finden dauert; "
            "dabei darf eine Maschine helfen. Beim Urteil nicht.",
            [
                "Nenne drei Aufgaben der Stelle. Nichts über Bewerberinnen und Bewerber, auch "
                "nicht ohne Namen.",
                "„Zu jeder Aufgabe eine Frage nach einer Situation, die jemand schon erlebt hat. "
                "Dazu: Woran erkenne ich eine gute Antwort?“",
                "Frag alle in derselben Reihenfolge. Gesagtes bewerten Menschen, kein Werkzeug.",
            ],
        ),
        en=Words(
            "Interview questions that are the same for everyone",
            "An interview is fair when everyone gets the same questions. Finding good ones takes "
            "time, and there a machine may help. With the verdict it may not.",
            [
                "Name three tasks of the job. Nothing about applicants, not even without their names.",
                "“For each task, one question about a situation that somebody has been in before. "
                "And: how do I recognise a good answer?”",
                "Ask everyone in the same order. What they say is judged by people, not by a tool.",
            ],
        ),
    ),
)
