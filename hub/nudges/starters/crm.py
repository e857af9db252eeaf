"""Tips for keeping the CRM up to date."""

from hub.nudges.starters import places
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "crm-note",
        "chat",
        minutes=2,
        moments=(Moment.AFTER_MEETING,),
        pages=places.CRM,
        roles=(RoleGroup.SALES, RoleGroup.SERVICE),
        saves_minutes=5,
        de=Words(
            "Gleich nach dem Anruf: zwei Sätze werden ein sauberer Eintrag",
            "Der Eintrag im Kundensystem bleibt liegen, weil er Form verlangt. Gib die Form ab "
            "und behalte den Inhalt. Nur in ein Werkzeug, in das Kundendaten auch dürfen.",
            [
                "Sprich oder tipp zwei Sätze: worum es ging und wie es weitergeht.",
                "„Forme daraus: Anlass, Ergebnis, nächster Schritt, Termin. Höchstens 60 Wörter.“",
                "Stimmen Beträge und Datum? Dann einfügen, und der Anruf ist wirklich vorbei.",
            ],
        ),
        en=Words(
            "Straight after the call: two sentences become a tidy record",
            "The entry in the customer system gets put off because it has to look right. Hand "
            "over the layout and keep the content. Just make sure the tool is cleared for "
            "customer data.",
            [
                "Say or type two sentences: what it was about and what happens next.",
                "“Set this out as: reason for the call, outcome, next step, date. 60 words at most.”",
                "Are the amounts and the date right? Paste it in, and the call really is over.",
            ],
        ),
    ),
    StarterTip(
        "find-duplicates",
        "tables",
        minutes=2,
        moments=(Moment.PLANNING,),
        pages=places.CRM,
        roles=(RoleGroup.SALES, RoleGroup.SERVICE),
        saves_minutes=10,
        de=Words(
            "Doppelte Einträge finden, ohne eine einzige Adresse herzugeben",
            "„Müller GmbH“ und „Mueller GmbH“ sind derselbe Kunde. Um das zu finden, braucht der "
            "Assistent deine Liste nicht, nur ihren Aufbau.",
            [
                "„Spalte A ist der Firmenname, B die Postleitzahl. Welche Formel markiert Zeilen, "
                "die trotz anderer Schreibweise dieselbe Firma sein können?“",
                "Setz die Formel bei dir ein und sieh dir die ersten zehn Treffer an.",
                "Zusammenführen musst du von Hand: Zwei Werke können dieselbe Postleitzahl haben.",
            ],
        ),
        en=Words(
            "Find duplicate records without giving away a single address",
            "“Smith & Sons” and “Smith and Sons Ltd” are the same customer. To find that out, the "
            "assistant doesn’t need your list, only how it’s built.",
            [
                "“Column A is the company’s name, B the postcode. What formula flags rows that "
                "may be the same company spelled differently?”",
                "Put the formula into your own sheet and look at the first ten hits.",
                "Do the merging by hand: two plants can share a postcode.",
            ],
        ),
    ),
    StarterTip(
        "next-step",
        "chat",
        minutes=1,
        moments=(Moment.PLANNING, Moment.AFTER_MEETING),
        pages=places.DEALS,
        roles=(RoleGroup.SALES,),
        de=Words(
            "Der älteste offene Vorgang bekommt einen nächsten Schritt",
            "Offene Vorgänge bleiben offen, weil niemand weiß, was jetzt dran wäre. Meist ist es "
            "etwas Kleines, das man noch heute tun kann.",
            [
                "Such den Eintrag heraus, der am längsten nicht angefasst wurde. Beschreib den "
                "Stand in einem Satz, ohne Kundennamen.",
                "„Nenne drei kleine nächste Schritte, die höchstens zehn Minuten dauern. Einer "
                "davon darf sein, die Sache zu schließen.“",
                "Such dir einen aus, trag ihn mit Datum ein, und schließ den Eintrag ruhig, wenn "
                "das der ehrlichste Schritt ist.",
            ],
        ),
        en=Words(
            "Give your oldest open deal a next step",
            "Open deals stay open because nobody knows what comes next. Usually it’s something "
            "small that can be done today.",
            [
                "Find the record that hasn’t been touched for longest. Describe in one sentence "
                "where it stands, without the customer’s name.",
                "“Suggest three small next steps that take ten minutes at most. One of them may "
                "be to close it.”",
                "Pick one and enter it with a date. If closing it is the honest step, close it.",
            ],
        ),
    ),
    StarterTip(
        "why-we-lost",
        "tables",
        minutes=2,
        moments=(Moment.REPORTING,),
        pages=places.DEALS + places.REPORTS,
        roles=(RoleGroup.SALES, RoleGroup.LEADERSHIP),
        de=Words(
            "Aus „zu teuer“ werden fünf Gründe, nach denen man filtern kann",
            "Im Freitextfeld steht bei jedem verlorenen Auftrag etwas anderes. Fünf feste Gründe "
            "genügen, und man sieht zum ersten Mal, woran es liegt.",
            [
                "Nimm zehn Begründungen, ohne Kunden, Personen und Beträge.",
                "„Ordne sie fünf Gruppen zu, die sich nicht überschneiden. Je Gruppe ein Name und "
                "ein Satz, wann sie gilt.“",
                "Probier die Gruppen an den nächsten drei Fällen aus. Passt einer nirgends hin, "
                "ändere die Gruppen und nicht den Fall.",
            ],
        ),
        en=Words(
            "Turn “too expensive” into five reasons one can filter by",
            "The free-text field says something different for each lost order. Five fixed reasons "
            "are enough, and for the first time you can see what’s behind it.",
            [
                "Take ten explanations, without customers, people or amounts.",
                "“Sort these into five groups that don’t overlap. A name for each, and one "
                "sentence on when it applies.”",
                "Try the groups on the next three cases. If one fits nowhere, change the groups, "
                "not the case.",
            ],
        ),
    ),
)
