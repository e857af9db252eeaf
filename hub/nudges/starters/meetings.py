"""Tips for meetings."""

from hub.nudges.starters import places
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "live-captions",
        "meetings",
        minutes=1,
        moments=(Moment.IN_MEETING,),
        pages=places.MEETINGS,
        de=Words(
            "Lass die nächste Besprechung mitschreiben, was gesagt wird",
            "Untertitel helfen allen: bei wackliger Leitung, nach einem Moment am Fenster, in "
            "einer Sprache, die nicht die eigene ist. Du liest nach, statt zu fragen, ob jemand "
            "das noch einmal sagen kann.",
            [
                "Öffne in der laufenden Besprechung das Menü mit den drei Punkten und schalte die "
                "Untertitel ein.",
                "Stell die Sprache ein, in der wirklich gesprochen wird: Davon hängt fast alles ab.",
                "Untertitel sind nur auf deinem Bildschirm. Willst du eine Abschrift behalten, "
                "frag vorher alle.",
            ],
        ),
        en=Words(
            "Turn on captions in your next meeting",
            "Captions help everyone: on a bad line, after a glance out of the window, in a "
            "language that isn’t your own. You can read back a line instead of asking someone to "
            "say it again.",
            [
                "During the meeting, open the three-dot menu and turn captions on.",
                "Set the language people are actually speaking: almost everything depends on it.",
                "Only you can see the captions. If you’d like to keep a transcript, ask everyone first.",
            ],
        ),
    ),
    StarterTip(
        "minutes-from-notes",
        "meetings",
        minutes=2,
        moments=(Moment.AFTER_MEETING,),
        pages=places.MEETINGS,
        saves_minutes=15,
        de=Words(
            "Aus Stichworten wird ein Protokoll, solange du sie noch verstehst",
            "Fünf Minuten nach der Besprechung weißt du noch, was „B. klärt Termin“ heißt. Lass "
            "daraus gleich ein Protokoll machen. Beschlüsse und Aufgaben getrennt, damit niemand "
            "suchen muss.",
            [
                "Füge deine Stichworte ein, Namen gern als Kürzel.",
                "„Mach daraus ein Protokoll: Beschlüsse, offene Fragen, Aufgaben mit Person und "
                "Datum. Erfinde nichts; was fehlt, markiere mit [?].“",
                "Lies jede Aufgabe gegen deine Stichworte. Verschickt wird, was du unterschreiben würdest.",
            ],
        ),
        en=Words(
            "Turn your notes into minutes while they still make sense",
            "Five minutes after the meeting, you still know what “B. checks date” means. Have "
            "your notes written up there and then, with decisions and tasks kept apart so that "
            "nobody has to hunt for them.",
            [
                "Paste in your notes. Initials will do for names.",
                "“Turn this into minutes: decisions, open questions, tasks with a name and a "
                "date. Don’t make anything up; mark gaps with [?].”",
                "Check every task against your notes. Send only what you’d put your name to.",
            ],
        ),
    ),
    StarterTip(
        "notes-to-tasks",
        "chat",
        minutes=2,
        moments=(Moment.AFTER_MEETING, Moment.PLANNING),
        pages=places.TASKS + places.MEETINGS,
        saves_minutes=10,
        de=Words(
            "Ein Zettel voller Notizen, eine Liste voller Taten",
            "In Notizen verstecken sich Versprechen. Lass sie heraussuchen: wer, was, bis wann. "
            "Oft sind es mehr, als du dachtest, und zwei davon sind deine.",
            [
                "Füge die Notizen ein, Kundennamen vorher durch „Kunde A“ ersetzen.",
                "„Welche Aufgaben stecken darin? Tabelle mit Aufgabe, Person, Termin. Leer "
                "lassen, was nicht dasteht.“",
                "Trag deine eigenen gleich in den Kalender ein. Frag nach, wo eine Person fehlt.",
            ],
        ),
        en=Words(
            "Turn a page of notes into a to-do list",
            "There are promises buried in your notes. Have them picked out: who, what, by when. "
            "There are often more than you thought, and two of them are yours.",
            [
                "Replace customers’ names with “Customer A”, then paste in your notes.",
                "“What tasks are in here? Give me a table of task, person and date. Leave blank "
                "anything the notes don’t say.”",
                "Put your own in the calendar straight away. Where nobody is named, ask.",
            ],
        ),
    ),
    StarterTip(
        "objections",
        "chat",
        minutes=2,
        moments=(Moment.BEFORE_MEETING,),
        pages=places.CALENDAR + places.SLIDES,
        roles=(RoleGroup.SALES, RoleGroup.PROJECTS, RoleGroup.LEADERSHIP, RoleGroup.PURCHASING),
        de=Words(
            "Hör die Einwände, bevor sie im Raum stehen",
            "Dein Vorschlag ist gut, und morgen fragt trotzdem jemand nach den Kosten. Lass dir "
            "die unbequemen Fragen heute stellen, wenn noch niemand zuhört.",
            [
                "Beschreib den Vorschlag in fünf Sätzen, ohne Zahlen, die nicht hinausdürfen.",
                "„Nenne die fünf stärksten Einwände: einmal als Controlling, einmal als "
                "Betriebsrat, einmal als Kunde.“",
                "Such den einen, der wehtut, und schreib deine ehrliche Antwort darauf auf.",
            ],
        ),
        en=Words(
            "Hear the objections before the meeting does",
            "It’s a good proposal, and tomorrow someone will still ask what it costs. Get the "
            "awkward questions asked today, while nobody else is listening.",
            [
                "Describe the proposal in five sentences, leaving out any figures that mustn’t "
                "leave the company.",
                "“Give me the five strongest objections, as finance, the works council and a "
                "customer would put them.”",
                "Find the one that stings, and write down your honest answer.",
            ],
        ),
    ),
    StarterTip(
        "agenda-as-questions",
        "chat",
        minutes=2,
        moments=(Moment.BEFORE_MEETING, Moment.PLANNING),
        pages=places.CALENDAR,
        saves_minutes=5,
        de=Words(
            "Eine Tagesordnung aus Fragen statt aus Überschriften",
            "„Jour fixe, 60 Minuten“ verrät niemandem, was er mitbringen soll. Stehen in der "
            "Einladung Fragen, kommt man vorbereitet. Oder alle merken, dass eine Mail gereicht "
            "hätte.",
            [
                "Schreib in drei Stichworten auf, was am Ende entschieden sein soll. Namen und "
                "Kunden brauchst du dafür nicht.",
                "„Mach daraus eine Tagesordnung für 30 Minuten: höchstens vier Punkte, jeder als "
                "Frage, mit Minutenangabe.“",
                "Streich den Punkt, den man auch schriftlich klären kann. Der Rest kommt in die Einladung.",
            ],
        ),
        en=Words(
            "An agenda made of questions, not headings",
            "“Weekly meeting, 60 minutes” tells nobody what to bring. Put questions in the "
            "invitation and people arrive prepared. Or everyone notices that an email would have "
            "done.",
            [
                "Jot down in three key words what should be decided by the end. You won’t need "
                "names or customers for that.",
                "“Turn this into an agenda for 30 minutes: four items at most, each one a "
                "question, with the minutes.”",
                "Cross out the item that could be settled in writing. The rest goes into the invitation.",
            ],
        ),
    ),
    StarterTip(
        "missed-meeting",
        "meetings",
        minutes=2,
        moments=(Moment.AFTER_MEETING,),
        pages=places.MEETINGS,
        saves_minutes=20,
        de=Words(
            "Nicht dabei gewesen? Frag die Abschrift, statt sie zu lesen",
            "Eine Aufzeichnung anzusehen dauert so lange wie die Besprechung selbst. Gibt es eine "
            "Abschrift, mit der alle einverstanden waren, dann stell ihr deine drei Fragen.",
            [
                "Öffne die Abschrift dort, wo sie liegt. Kopier sie nicht in ein anderes "
                "Werkzeug: Sie gehört allen, die gesprochen haben.",
                "„Was wurde beschlossen? Was betrifft mein Thema? Was blieb offen? Nenne zu jedem "
                "Punkt die Uhrzeit.“",
                "Spring zu zwei der Stellen und hör selbst hinein. Ist etwas unklar, frag "
                "jemanden, der dabei war.",
            ],
        ),
        en=Words(
            "Missed the meeting? Question the transcript instead of reading it",
            "Watching a recording takes as long as the meeting did. If there’s a transcript that "
            "everyone agreed to, put your three questions to it.",
            [
                "Open the transcript where it’s kept. Don’t copy it into another tool: it belongs "
                "to everyone who spoke.",
                "“What was decided? What concerns my topic? What was left open? Give the time for "
                "each point.”",
                "Jump to two of those moments and listen for yourself. If anything’s unclear, ask "
                "somebody who was there.",
            ],
        ),
    ),
)
