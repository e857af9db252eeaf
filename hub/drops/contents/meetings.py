"""Twelve working days of better meetings: a beginning to copy."""

from hub.drops.contents.shape import Starter, door

MEETINGS = Starter(
    key="meetings",
    titles={"de": "Zwölf Tage bessere Besprechungen", "en": "Twelve days of better meetings"},
    intros={
        "de": "Jeden Tag ein Handgriff, nach dem eine Besprechung kürzer wird oder klüger. Oder ausfällt.",
        "en": "Every day one small move after which a meeting is shorter or wiser. Or does not take place.",
    },
    working_days_only=True,
    doors=(
        door(
            "dare",
            de=(
                "Die Frage vor der Einladung",
                "Nimm deine nächste Einladung und lass den Assistenten daraus einen einzigen Satz machen: Was ist "
                "danach entschieden? Findet er keinen, gibt es vielleicht keinen. Dann reicht eine Mail.",
            ),
            en=(
                "The question before the invitation",
                "Take your next invitation and have the assistant boil it down to one sentence: what will be decided "
                "afterwards? If it finds none, there may be none. Then an email will do.",
            ),
        ),
        door(
            "tip",
            de=(
                "Untertitel an",
                "Schalte in der nächsten Videobesprechung die Live-Untertitel ein. Wer spät dazukommt, schlecht hört "
                "oder im Zug sitzt, liest einfach mit. Und Namen schreibt man danach öfter richtig.",
            ),
            en=(
                "Captions on",
                "Switch on live captions in your next video meeting. Whoever joins late, hears badly or sits on a "
                "train simply reads along. And names get spelled right more often.",
            ),
        ),
        door(
            "fact",
            de=(
                "Warum eine Stunde",
                "Cyril Northcote Parkinson schrieb 1955 im „Economist“, Arbeit dehne sich so weit aus, wie Zeit für "
                "sie da ist. Kalender schlagen sechzig Minuten vor. Versuch es heute mit fünfundzwanzig.",
            ),
            en=(
                "Why an hour",
                "In 1955, Cyril Northcote Parkinson wrote in The Economist that work expands so as to fill the time "
                "available for it. Calendars suggest sixty minutes. Try twenty-five today.",
            ),
        ),
        door(
            "tip",
            de=(
                "Erst lesen, dann reden",
                "Gib dem Assistenten die Unterlage (wenn sie hineindarf) und bitte um drei Fragen, die jemand stellen "
                "würde, der nicht überzeugt ist. Mit diesen dreien gehst du hinein.",
            ),
            en=(
                "Read first, talk later",
                "Give the assistant the paper (if it may go in) and ask for three questions that somebody "
                "unconvinced would ask. Walk in with those three.",
            ),
        ),
        door(
            "smile",
            de=(
                "Du bist stumm",
                "Der meistgesprochene Satz der Jahre mit Kamera hat drei Wörter und hilft bis heute keinem Assistenten "
                "auf die Sprünge: Er hört dich dann nämlich auch nicht.",
            ),
            en=(
                "You are on mute",
                "The most spoken sentence of the camera years has four words, and to this day it helps no "
                "assistant along: it cannot hear you either.",
            ),
        ),
        door(
            "tip",
            de=(
                "Beschlüsse statt Nacherzählung",
                "„Nenne nur, was entschieden wurde, wer was bis wann tut, und was offen blieb.“ Dieser Satz macht aus "
                "einer Mitschrift vier Zeilen, die jemand liest. Gegenlesen bleibt deine Sache.",
            ),
            en=(
                "Decisions instead of a retelling",
                "“Only name what was decided, who does what by when, and what stayed open.” This sentence turns a "
                "transcript into four lines that somebody reads. Checking them stays yours.",
            ),
        ),
        door(
            "dare",
            de=(
                "Fünf Minuten früher Schluss",
                "Beende heute eine Besprechung fünf Minuten vor der Zeit und sag laut, dass du sie verschenkst. Schau "
                "in die Gesichter.",
            ),
            en=(
                "Five minutes early",
                "End one meeting today five minutes before time, and say aloud that they are a present. Then look at "
                "the faces.",
            ),
        ),
        door(
            "tip",
            de=(
                "Der Zwilling der Tagesordnung",
                "Lass zu jedem Punkt der Tagesordnung ergänzen: Information, Beratung oder Entscheidung? Punkte, bei "
                "denen nur Information steht, schickst du vorher herum.",
            ),
            en=(
                "The agenda’s twin",
                "Have every item of the agenda marked: information, discussion or decision? Whatever is information "
                "only goes round beforehand.",
            ),
        ),
        door(
            "fact",
            de=(
                "Im Stehen kürzer",
                "Allen Bluedorn und andere ließen 1999 mehr als hundert Gruppen dieselbe Aufgabe lösen, im Sitzen oder "
                "im Stehen. Die Sitzenden brauchten ein Drittel länger; besser entschieden haben sie nicht.",
            ),
            en=(
                "Shorter on one’s feet",
                "In 1999, Allen Bluedorn and others had more than a hundred groups solve the same task, sitting or "
                "standing. Those who sat took a third longer; they did not decide any better.",
            ),
        ),
        door(
            "tip",
            de=(
                "Wer fehlt?",
                "Beschreib dem Assistenten ohne Namen, worum es geht und welche Rollen eingeladen sind. Frag: „Wer "
                "müsste mit am Tisch sitzen, und wer kann sich die Stunde sparen?“",
            ),
            en=(
                "Who is missing?",
                "Describe to the assistant, without names, what it is about and which roles are invited. Ask: “Who "
                "ought to be at the table, and who can save the hour?”",
            ),
        ),
        door(
            "dare",
            de=(
                "Die Serie auf den Prüfstand",
                "Such dir heute einen Termin, der jede Woche kommt, und lass ihn einmal ausfallen. Fragt bis Freitag "
                "niemand danach, weißt du mehr als vorher.",
            ),
            en=(
                "The series on trial",
                "Pick a meeting today that comes every week, and let it drop once. If nobody asks by Friday, you know "
                "more than before.",
            ),
        ),
        door(
            "smile",
            de=(
                "Das Protokoll des letzten Tages",
                "Anwesend: du. Beschlossen: Es waren zwölf gute Tage. Offen: welcher Handgriff bleibt. Nächster "
                "Termin: entfällt.",
            ),
            en=(
                "Minutes of the last day",
                "Present: you. Decided: these were twelve good days. Open: which of the moves will stay. Next meeting: "
                "cancelled.",
            ),
        ),
    ),
)
