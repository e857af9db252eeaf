"""Tips for project management."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import WRITING_DE, WRITING_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "status-report",
        "documents",
        minutes=2,
        moments=(Moment.REPORTING,),
        pages=places.TASKS,
        roles=(RoleGroup.PROJECTS, RoleGroup.ENGINEERING, RoleGroup.IT, RoleGroup.LEADERSHIP),
        saves_minutes=6,
        de=Words(
            "Der Statusbericht, den jemand zu Ende liest",
            "Drei Zeilen genügen: Was ist fertig, was hängt, was brauchst du. Den Rest will "
            "niemand lesen, und das Weglassen darf eine Maschine vorschlagen.",
            [
                "Wirf alles hinein, was diese Woche war, in beliebiger Reihenfolge.",
                "„Kürze auf drei Zeilen: erreicht, Risiko, Entscheidung, die ich brauche. Keine Adjektive.“",
                "Prüf das Risiko: Steht es so ernst da, wie du es meinst? Maschinen reden gern schön.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "A status report people read to the end",
            "Three lines will do: what’s done, what’s stuck, what you need. Nobody wants to read "
            "the rest, and a machine can suggest what to cut.",
            [
                "Throw in everything that happened this week, in any order.",
                "“Cut this to three lines: what’s done, the risk, the decision I need. No adjectives.”",
                "Check the risk: does it sound as serious as you mean it to? Machines like to "
                "gloss things over.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "premortem",
        "chat",
        minutes=2,
        moments=(Moment.PLANNING, Moment.BEFORE_MEETING),
        roles=(RoleGroup.PROJECTS, RoleGroup.ENGINEERING, RoleGroup.LEADERSHIP),
        de=Words(
            "Das Projekt ist gescheitert. Erzähl, wie es dazu kam",
            "Nach Risiken gefragt, nennt man die üblichen. Stellt man sich vor, es sei schon "
            "schiefgegangen, fallen einem die wirklichen ein.",
            [
                "Beschreib das Vorhaben in vier Sätzen, ohne Kunden und Namen.",
                "„Es ist ein Jahr später, und das Projekt ist gescheitert. Erzähl drei "
                "verschiedene Gründe, jeder mit dem ersten Anzeichen, das man hätte sehen "
                "können.“",
                "Welches Anzeichen könntest du schon diese Woche prüfen? Das kommt in deinen Kalender.",
            ],
        ),
        en=Words(
            "The project has failed. Tell the story of how",
            "Ask people about risks and they list the usual ones. Imagine it has already gone "
            "wrong, and the real ones come to mind.",
            [
                "Describe the plan in four sentences, without customers or names.",
                "“It’s a year later and the project has failed. Give three different reasons, "
                "each with the first sign one could have noticed.”",
                "Which of those signs could you check this week? Put it in your calendar.",
            ],
        ),
    ),
    StarterTip(
        "backwards-from-the-date",
        "chat",
        minutes=2,
        moments=(Moment.PLANNING,),
        pages=places.TASKS,
        roles=(RoleGroup.PROJECTS, RoleGroup.ENGINEERING, RoleGroup.SALES),
        saves_minutes=15,
        de=Words(
            "Vom Termin rückwärts, bis du bei heute ankommst",
            "Vorwärts geplant passt immer alles. Rückwärts sieht man, dass die Freigabe schon "
            "vorgestern hätte kommen müssen.",
            [
                "Nenne Endtermin und die fünf größten Brocken mit ihrer Dauer. Kein Kunde, keine "
                "Namen; „Freigabe“ und „Prüfung“ genügen.",
                "„Plane rückwärts: spätester Beginn je Brocken, und was gleichzeitig laufen kann. "
                "Zeig, wo weniger als drei Tage Luft sind.“",
                "Rechne zwei der Daten nach, auch die Feiertage. Dann sprich über die Stelle ohne "
                "Luft, nicht über den ganzen Plan.",
            ],
        ),
        en=Words(
            "Backwards from the deadline until you reach today",
            "Planned forwards, everything always fits. Backwards, you see that the approval "
            "should have come the day before yesterday.",
            [
                "Give the end date and the five biggest chunks with how long they take. No "
                "customer, no names; “approval” and “testing” will do.",
                "“Plan backwards: the latest start for each chunk, and what can run at the same "
                "time. Show where there are fewer than three days to spare.”",
                "Check two of the dates yourself, public holidays included. Then talk about the "
                "spot with no slack, not about the whole plan.",
            ],
        ),
    ),
    StarterTip(
        "risk-in-one-sentence",
        "documents",
        minutes=1,
        moments=(Moment.REPORTING, Moment.BEFORE_MEETING),
        pages=places.TASKS,
        roles=(RoleGroup.PROJECTS, RoleGroup.ENGINEERING, RoleGroup.IT),
        de=Words(
            "Ein Risiko, bei dem jeder weiß, was zu tun ist",
            "„Ressourcenengpass“ steht in jeder Risikoliste und hilft niemandem. Ursache, "
            "Ereignis, Folge: Aus drei Teilen wird ein Satz, den man prüfen kann.",
            [
                "Nimm den vagsten Punkt deiner Liste. Personen nennst du nach ihrer Aufgabe, "
                "nicht mit Namen.",
                "„Schreib ihn als: Weil …, könnte …, und dann …. Dazu: Woran merken wir es "
                "zuerst, und was würde helfen?“",
                "Stimmt die Ursache? Wenn du sie nicht belegen kannst, ist das deine nächste Frage ans Team.",
            ],
        ),
        en=Words(
            "A risk that tells everyone what to do",
            "“Resource shortage” is in every risk list and helps nobody. Cause, event, effect: "
            "three parts make a sentence one can check.",
            [
                "Take the vaguest item on your list. Refer to people by their task, not by name.",
                "“Write it as: because …, it could happen that …, and then …. Also: what would we "
                "notice first, and what would help?”",
                "Is the cause right? If you can’t back it up, that’s your next question to the team.",
            ],
        ),
    ),
    StarterTip(
        "who-waits-for-whom",
        "tables",
        minutes=2,
        moments=(Moment.PLANNING, Moment.REPORTING),
        pages=places.TASKS,
        roles=(RoleGroup.PROJECTS, RoleGroup.IT, RoleGroup.ENGINEERING),
        saves_minutes=10,
        de=Words(
            "Wer wartet auf wen?",
            "Projekte stehen selten, weil jemand zu langsam ist. Sie stehen, weil zwei "
            "aufeinander warten und beide glauben, der andere sei dran.",
            [
                "Schreib die offenen Aufgaben untereinander, jede mit „braucht vorher …“. Rollen "
                "statt Namen.",
                "„Welche Aufgaben warten im Kreis? Welche eine würde die meisten anderen freigeben?“",
                "Geh mit dieser einen zu den beiden, die sie betrifft. Eine Frage genügt: Wer fängt an?",
            ],
        ),
        en=Words(
            "Who’s waiting for whom?",
            "Projects rarely stall because somebody is too slow. They stall because two people "
            "are waiting for each other, and each thinks it’s the other’s turn.",
            [
                "List the open tasks, each with “needs … first”. Roles instead of names.",
                "“Which tasks are waiting in a circle? Which single one would release most of the others?”",
                "Take that one to the two people concerned. One question will do: who starts?",
            ],
        ),
    ),
)
