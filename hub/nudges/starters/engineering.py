"""Tips for engineering."""

from hub.nudges.starters import places
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "explain-it",
        "documents",
        minutes=2,
        moments=(Moment.READING,),
        pages=places.LONG_READING,
        saves_minutes=10,
        de=Words(
            "Den Absatz verstehen, bei dem alle nur nicken",
            "Normen, Verträge, Fehlermeldungen: Niemand liest sie gern, und kaum einer fragt. "
            "Frag die Maschine, sie wundert sich nicht.",
            [
                "Kopier einen einzigen Absatz, der öffentlich ist oder hinausdarf.",
                "„Erkläre das jemandem, der neu bei uns anfängt. Mit einem Beispiel. Was müsste "
                "ich deshalb anders machen?“",
                "Bei Recht und Sicherheit ist das ein Anfang, keine Auskunft: Die gibt die Fachabteilung.",
            ],
        ),
        en=Words(
            "Make sense of the paragraph everyone just nods at",
            "Standards, contracts, error messages: nobody enjoys reading them, and hardly anyone "
            "asks. Ask the machine; it won’t raise an eyebrow.",
            [
                "Copy a single paragraph that’s public or allowed to leave the company.",
                "“Explain this to someone who’s new here. Give an example. What would I need to "
                "do differently because of it?”",
                "On legal or safety matters this is a start, not advice: for that, go to our own "
                "specialists.",
            ],
        ),
    ),
    StarterTip(
        "testable-requirement",
        "documents",
        minutes=2,
        moments=(Moment.WRITING, Moment.READING),
        pages=places.TASKS,
        roles=(RoleGroup.ENGINEERING, RoleGroup.PROJECTS, RoleGroup.IT),
        saves_minutes=10,
        de=Words(
            "Aus „robust“ wird etwas, das man prüfen kann",
            "„Schnell“, „robust“ und „einfach“ stehen in jedem Lastenheft. Gestritten wird "
            "darüber erst bei der Abnahme.",
            [
                "Nimm drei Anforderungen mit solchen Wörtern. Kunde, Produktname und Maße, die "
                "geheim sind, ersetzt du.",
                "„Formuliere jede so, dass zwei Leute bei der Prüfung zum selben Ergebnis kommen. "
                "Zahlen, die du nicht kennst, markiere mit [?].“",
                "Füll die [?] mit der Fachabteilung. Eine Zahl, die geraten ist, ist schlimmer als keine.",
            ],
        ),
        en=Words(
            "Turn “robust” into something you can test",
            "“Fast”, “robust” and “simple” are in every specification. People only argue about "
            "them at acceptance.",
            [
                "Take three requirements with words like these. Replace the customer, product "
                "names and any secret dimensions.",
                "“Reword each so that two people testing it would reach the same result. Mark "
                "figures you don’t know with [?].”",
                "Fill in the [?] with your specialists. A guessed figure is worse than none.",
            ],
        ),
    ),
    StarterTip(
        "contradictions-in-a-spec",
        "documents",
        minutes=2,
        moments=(Moment.READING, Moment.BEFORE_MEETING),
        pages=places.LONG_READING,
        hub_page=places.NOTEBOOKS,
        roles=(RoleGroup.ENGINEERING, RoleGroup.PROJECTS, RoleGroup.PURCHASING),
        saves_minutes=20,
        de=Words(
            "Wo sich das Lastenheft selbst widerspricht",
            "Kapitel 3 sagt 40 Grad, Anhang B sagt 35. Menschen lesen darüber hinweg, weil zwei "
            "Wochen dazwischenliegen.",
            [
                "Leg das Dokument hier in ein Notizbuch oder in ein Werkzeug, das für "
                "Vertrauliches freigegeben ist.",
                "„Welche Angaben zu [Thema] stehen im Dokument, jede mit Stelle und Wortlaut? "
                "Nicht zusammenfassen.“",
                "Leg die Stellen nebeneinander. Passen zwei nicht zusammen, frag, welche gilt, "
                "bevor jemand danach baut.",
            ],
        ),
        en=Words(
            "Where the specification contradicts itself",
            "Chapter 3 says 40 degrees, appendix B says 35. People read past it because there are "
            "two weeks in between.",
            [
                "Put the document into a notebook here, or into a tool that’s cleared for confidential data.",
                "“What does the document state about [topic]? Each statement with its place and "
                "wording. Don’t summarise.”",
                "Lay the passages side by side. If two don’t agree, ask which one counts before "
                "somebody builds to it.",
            ],
        ),
    ),
    StarterTip(
        "what-can-fail",
        "chat",
        minutes=2,
        moments=(Moment.PLANNING, Moment.BEFORE_MEETING),
        roles=(RoleGroup.ENGINEERING, RoleGroup.IT, RoleGroup.SERVICE),
        de=Words(
            "Was kann hier ausfallen? Eine erste Liste zum Streichen",
            "Vor der Fehleranalyse ist das leere Blatt das Schwierigste. Eine Liste, an der du "
            "etwas falsch findest, bringt dich schneller in Gang.",
            [
                "Beschreib die Baugruppe allgemein: was hineingeht, was herauskommt, wo sie "
                "steht. Keine Zeichnung, kein Kundenprojekt.",
                "„Nenne zwölf Arten, wie sie versagen kann, sortiert nach: mechanisch, "
                "elektrisch, Bedienung, Umgebung.“",
                "Streich, was bei uns nicht vorkommt. Das, was du beim Streichen vermisst, ist "
                "die eigentliche Liste.",
            ],
        ),
        en=Words(
            "What can fail here? A first list to cross things off",
            "Before a failure analysis, the blank sheet is the hardest part. A list you can find "
            "fault with gets you going faster.",
            [
                "Describe the assembly in general: what goes in, what comes out, where it stands. "
                "No drawing, no customer project.",
                "“Name twelve ways it can fail, grouped into: mechanical, electrical, handling, "
                "environment.”",
                "Cross out what doesn’t happen here. What you miss while doing so is the real list.",
            ],
        ),
    ),
    StarterTip(
        "datasheet-values",
        "documents",
        minutes=1,
        moments=(Moment.COMPARING, Moment.READING),
        roles=(RoleGroup.ENGINEERING, RoleGroup.PURCHASING),
        saves_minutes=10,
        de=Words(
            "Vier Datenblätter, drei Werte, eine Tabelle",
            "Jeder Hersteller nennt dieselbe Größe anders und misst sie bei einer anderen "
            "Temperatur. Gerade das soll in der Tabelle stehen.",
            [
                "Nimm öffentliche Datenblätter. Wofür du das Teil brauchst, musst du nicht dazusagen.",
                "„Tabelle mit [Wert 1], [Wert 2], [Wert 3]: Zahl, Einheit, Messbedingung, Seite. "
                "Was nicht dasteht, bleibt leer.“",
                "Schlag je Blatt einen Wert nach. Prüf besonders Einheit und Messbedingung, dort "
                "passieren die Fehler.",
            ],
        ),
        en=Words(
            "Four data sheets, three values, one table",
            "Every maker names the same quantity differently and measures it at another "
            "temperature. That’s exactly what the table should show.",
            [
                "Take public data sheets. You don’t have to say what you need the part for.",
                "“A table of [value 1], [value 2], [value 3]: figure, unit, test condition, page. "
                "Leave blank what isn’t stated.”",
                "Look up one value per sheet. Check unit and test condition above all; that’s "
                "where mistakes happen.",
            ],
        ),
    ),
)
