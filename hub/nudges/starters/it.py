"""Tips for IT operations."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import WRITING_DE, WRITING_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "what-stays-out",
        "chat",
        minutes=1,
        moments=(Moment.WRITING,),
        pages=places.CHAT,
        hub_page=places.MAY_I,
        de=Words(
            "Drei Dinge, die draußen bleiben, und wie es trotzdem geht",
            "Personendaten, Geschäftsgeheimnisse und Passwörter gehören in kein Werkzeug, das "
            "dafür nicht freigegeben ist. Fast immer braucht man sie für die Frage auch gar "
            "nicht.",
            [
                "Nimm deinen letzten Prompt: Stand da ein Name, ein Preis, eine Kundennummer?",
                "Ersetz sie durch „Person A“, „Betrag X“, „Kunde 1“. Die Antwort bleibt so gut wie vorher.",
                "Unsicher? Frag, bevor du einfügst. Zurückholen kann man nichts.",
            ],
        ),
        en=Words(
            "Three things to leave out, and how to manage without them",
            "Personal data, trade secrets and passwords don’t belong in any tool that hasn’t been "
            "approved for them. And your question can almost always do without them.",
            [
                "Look at your last prompt: was there a name, a price or a customer number in it?",
                "Swap them for “Person A”, “Amount X” and “Customer 1”. The answer will be just as good.",
                "Not sure? Ask before you paste. You can’t take it back afterwards.",
            ],
        ),
    ),
    StarterTip(
        "incident-for-everyone",
        "mail",
        minutes=2,
        moments=(Moment.WRITING, Moment.REPORTING),
        pages=places.TICKETS,
        roles=(RoleGroup.IT, RoleGroup.SERVICE),
        saves_minutes=6,
        de=Words(
            "Die Störungsmeldung, nach der niemand mehr anruft",
            "Wer nicht arbeiten kann, will vier Dinge wissen: was geht nicht, was geht noch, wie "
            "lange, und was soll ich tun. Der Rest ist für den Bericht.",
            [
                "Notier die vier Antworten in Stichworten. Servernamen, Adressen und "
                "Sicherheitslücken bleiben draußen.",
                "„Schreib daraus eine Meldung für alle im Haus. Vier Sätze, keine Abkürzungen, "
                "mit der Uhrzeit der nächsten Nachricht.“",
                "Halte die Uhrzeit ein, auch wenn es nichts Neues gibt. Das beruhigt mehr als jede Ursache.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "The outage notice after which nobody rings",
            "People who can’t work want to know four things: what’s down, what still works, how "
            "long, and what should I do. The rest is for the report.",
            [
                "Note the four answers in key words. Server names, addresses and security holes stay out.",
                "“Turn this into a notice for everyone in the company. Four sentences, no "
                "abbreviations, with the time of the next update.”",
                "Keep to that time even when there’s nothing new. It calms people more than any cause.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "log-without-secrets",
        "chat",
        minutes=2,
        moments=(Moment.READING,),
        pages=places.TICKETS + places.CODE,
        roles=(RoleGroup.IT, RoleGroup.ENGINEERING, RoleGroup.SERVICE),
        saves_minutes=10,
        de=Words(
            "Protokollzeilen erklären lassen, ohne etwas zu verraten",
            "In einer Logzeile stehen mehr Geheimnisse, als man denkt: Namen, Adressen, "
            "Schlüssel. Der Fehler selbst braucht davon fast nichts.",
            [
                "Kopier fünf Zeilen um den Fehler. Ersetz Benutzer, Rechner, Adressen und alles, "
                "was nach einem Schlüssel aussieht, durch „X“.",
                "„Was ist wahrscheinlich passiert? Nenne zwei Ursachen und je einen Befehl, der "
                "nur liest und nichts ändert.“",
                "Verstehst du den Befehl? Wenn nicht, lass ihn dir erklären, bevor du ihn ausführst.",
            ],
        ),
        en=Words(
            "Have log lines explained without giving anything away",
            "A log line holds more secrets than one thinks: names, addresses, keys. The error "
            "itself needs hardly any of them.",
            [
                "Copy five lines around the error. Replace users, machines, addresses and "
                "anything that looks like a key with “X”.",
                "“What probably happened? Give two causes, and for each a command that only reads "
                "and changes nothing.”",
                "Do you understand the command? If not, have it explained before you run it.",
            ],
        ),
    ),
    StarterTip(
        "runbook-from-the-night",
        "documents",
        minutes=2,
        moments=(Moment.AFTER_MEETING, Moment.WRITING),
        pages=places.TICKETS,
        roles=(RoleGroup.IT, RoleGroup.SERVICE, RoleGroup.ENGINEERING),
        saves_minutes=15,
        de=Words(
            "Was du nachts um drei getan hast, als Ablauf für alle",
            "Nach einer Störung ist alles noch da: was du versucht hast, was half, was du besser "
            "gelassen hättest. Morgen ist es weg.",
            [
                "Diktier zwei Minuten lang, der Reihe nach. Passwörter, Adressen und Kundennamen "
                "lässt du aus.",
                "„Mach daraus einen Ablauf: woran man es erkennt, Schritte, woran man merkt, dass "
                "es wieder geht, wen man wann weckt.“",
                "Schreib dazu, welcher Schritt nicht rückgängig zu machen ist. Den liest der Nächste zuerst.",
            ],
        ),
        en=Words(
            "What you did at three in the morning, as steps for everyone",
            "After an incident it’s all still there: what you tried, what helped, what you’d "
            "better have left alone. Tomorrow it’s gone.",
            [
                "Dictate for two minutes, in order. Leave out passwords, addresses and customers’ names.",
                "“Turn this into a runbook: how to recognise it, the steps, how you know it works "
                "again, whom to wake and when.”",
                "Add which step can’t be undone. That’s the one the next person reads first.",
            ],
        ),
    ),
    StarterTip(
        "explain-before-you-run",
        "chat",
        minutes=1,
        moments=(Moment.READING,),
        pages=places.CODE,
        roles=(RoleGroup.IT, RoleGroup.ENGINEERING),
        de=Words(
            "Erst erklären lassen, dann ausführen",
            "Ein Skript aus dem Netz läuft auch dann, wenn man es nicht verstanden hat. Genau das "
            "ist das Problem.",
            [
                "Gib das Skript hinein, ohne Zugangsdaten und ohne Adressen aus unserem Netz.",
                "„Was ändert es, was löscht es, was schickt es wohin? Was passiert, wenn es zweimal läuft?“",
                "Stimmt eine Antwort nicht mit dem überein, was du selbst liest, führst du es "
                "nicht aus. Sonst zuerst dort, wo es nicht schadet.",
            ],
        ),
        en=Words(
            "Have it explained first, then run it",
            "A script from the internet runs even if nobody understood it. That’s exactly the trouble.",
            [
                "Put in the script, without passwords or keys and without addresses from our network.",
                "“What does it change, what does it delete, what does it send, and where to? What "
                "happens if it runs twice?”",
                "If an answer doesn’t match what you read yourself, don’t run it. Otherwise run "
                "it first where it can do no harm.",
            ],
        ),
    ),
)
