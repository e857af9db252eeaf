"""Thirty short passages in German and in English that say the same, and two questions on each in both languages.

Half is a company's handbook, half general knowledge; the questions do not repeat the passages word for word.
"""
# ruff: noqa: E501

# (German passage, English passage, ((German question, English question), (German question, English question)))
Entry = tuple[str, str, tuple[tuple[str, str], tuple[str, str]]]

PARALLEL: tuple[Entry, ...] = (
    (
        "Wer krank wird, meldet sich vor Beginn der Schicht bei seiner Führungskraft. Ab dem vierten Tag braucht "
        "die Personalabteilung eine Bescheinigung des Arztes.",
        "If you fall ill, call your manager before your shift starts. From the fourth day on, human resources "
        "needs a note from your doctor.",
        (
            ("Wem sage ich Bescheid, wenn ich krank bin?", "Who do I tell when I am sick?"),
            ("Ab wann muss ich ein Attest vorlegen?", "When do I have to hand in a medical certificate?"),
        ),
    ),
    (
        "Jeder Beschäftigte hat dreißig Tage Urlaub im Jahr. Was bis Ende März des folgenden Jahres nicht genommen "
        "wurde, verfällt.",
        "Every employee has thirty days of annual leave. Days that have not been taken by the end of March of the "
        "following year are lost.",
        (
            ("Wie viele Urlaubstage stehen mir zu?", "How many vacation days am I entitled to?"),
            (
                "Bis wann kann ich alten Urlaub noch nehmen?",
                "Until when can I still use last year's holiday?",
            ),
        ),
    ),
    (
        "Während der Probezeit beträgt die Kündigungsfrist zwei Wochen, danach drei Monate zum Ende eines Quartals.",
        "During probation the notice period is two weeks, afterwards three months to the end of a quarter.",
        (
            (
                "Welche Frist gilt, wenn ich nach der Probezeit kündige?",
                "How much notice must I give after probation?",
            ),
            (
                "Wie schnell kann man in den ersten Monaten gehen?",
                "How soon can a contract be terminated while on trial?",
            ),
        ),
    ),
    (
        "Überstunden werden vorher von der Leitung genehmigt und innerhalb von drei Monaten durch Freizeit "
        "ausgeglichen. Bezahlt werden sie nur ausnahmsweise.",
        "Overtime is approved by the head of department in advance and compensated with time off within three "
        "months. It is paid only as an exception.",
        (
            (
                "Bekomme ich für Mehrarbeit Geld oder freie Tage?",
                "Do I get money or time off for extra hours?",
            ),
            ("Wer muss Überstunden erlauben?", "Who has to authorise overtime?"),
        ),
    ),
    (
        "Für Fahrten mit dem eigenen Auto erstatten wir dreißig Cent je Kilometer. Die Abrechnung mit allen "
        "Belegen wird bis zum Monatsende eingereicht.",
        "For trips in your own car we refund thirty cents per kilometre. The expense report is submitted with all "
        "receipts by the end of the month.",
        (
            (
                "Was bekomme ich für eine Dienstreise im Privatwagen?",
                "What do I get for using my private car on business?",
            ),
            ("Bis wann reiche ich meine Quittungen ein?", "By when do I hand in my receipts?"),
        ),
    ),
    (
        "Bei Flügen über sechs Stunden darf die höhere Klasse gebucht werden. Innerhalb Deutschlands fahren wir "
        "mit der Bahn.",
        "On flights of more than six hours a higher class may be booked. Within Germany we travel by train.",
        (
            ("Wann darf ich in der Business Class fliegen?", "When may I fly business class?"),
            (
                "Welches Verkehrsmittel nehmen wir im Inland?",
                "Which means of transport do we use for domestic journeys?",
            ),
        ),
    ),
    (
        "Kennwörter haben mindestens vierzehn Zeichen. Wer seines vergessen hat, setzt es im Portal zurück; der "
        "Servicedesk fragt nie danach.",
        "Passwords have at least fourteen characters. If you have forgotten yours, reset it in the portal; the "
        "service desk never asks for it.",
        (
            ("Wie lang muss mein Passwort sein?", "How long does my password have to be?"),
            (
                "Was tue ich, wenn ich mein Passwort nicht mehr weiß?",
                "What do I do if I no longer know my password?",
            ),
        ),
    ),
    (
        "Verdächtige Nachrichten mit Anhängen werden nicht geöffnet, sondern sofort an die Informationssicherheit "
        "gemeldet. Das Gerät bleibt eingeschaltet.",
        "Suspicious messages with attachments are not opened but reported to information security at once. The "
        "device stays switched on.",
        (
            ("Wohin melde ich eine seltsame Mail?", "Where do I report a strange message?"),
            (
                "Soll ich den Rechner nach einem Vorfall ausschalten?",
                "Should I turn off the device after a suspicious attachment?",
            ),
        ),
    ),
    (
        "Daten von Bewerbern werden sechs Monate nach der Absage gelöscht. Eine längere Speicherung braucht die "
        "Einwilligung der Person.",
        "Data about applicants is deleted six months after the rejection. Keeping it longer requires the consent "
        "of the person.",
        (
            ("Wie lange bewahren wir Bewerbungen auf?", "How long do we keep job applications?"),
            (
                "Wann ist eine Zustimmung zur Speicherung nötig?",
                "When do we need permission to store the data for longer?",
            ),
        ),
    ),
    (
        "In Werkzeuge mit künstlicher Intelligenz dürfen keine personenbezogenen Daten eingegeben werden. Ergebnisse "
        "prüft immer ein Mensch.",
        "No personal data may be entered into tools with artificial intelligence. A human always checks the results.",
        (
            (
                "Was darf ich nicht in einen Chatbot mit KI schreiben?",
                "What must I not type into an AI tool?",
            ),
            ("Wer kontrolliert, was die Maschine ausgibt?", "Who reviews the output?"),
        ),
    ),
    (
        "Bestellungen über fünftausend Euro brauchen drei Angebote und zwei Unterschriften. Der Einkauf wählt den "
        "Lieferanten aus.",
        "Orders above five thousand euros need three quotes and two signatures. Purchasing selects the supplier.",
        (
            (
                "Wie viele Angebote muss man bei teuren Anschaffungen einholen?",
                "How many bids are required for expensive purchases?",
            ),
            ("Wer entscheidet über den Anbieter?", "Who decides on the vendor?"),
        ),
    ),
    (
        "Rechnungen werden innerhalb von dreißig Tagen bezahlt. Bei Zahlung in der ersten Woche ziehen wir zwei "
        "Prozent Skonto ab.",
        "Invoices are paid within thirty days. If we pay in the first week, we deduct a discount of two percent.",
        (
            ("Welches Zahlungsziel haben wir?", "What are our payment terms for bills?"),
            ("Gibt es einen Nachlass für schnelles Bezahlen?", "Is there a reduction for early payment?"),
        ),
    ),
    (
        "Im Lager tragen alle Helm und Sicherheitsschuhe. Gabelstapler fährt nur, wer eine gültige Ausbildung "
        "nachweisen kann.",
        "In the warehouse everybody wears a helmet and safety shoes. Only those who can show valid training drive "
        "a forklift.",
        (
            (
                "Welche Schutzkleidung ist im Lager Pflicht?",
                "Which protective equipment is mandatory in the warehouse?",
            ),
            ("Wer darf einen Stapler bedienen?", "Who is allowed to operate a forklift truck?"),
        ),
    ),
    (
        "Der Betriebsrat wird alle vier Jahre gewählt. Er bestimmt mit, wenn technische Einrichtungen das Verhalten "
        "der Beschäftigten überwachen können.",
        "The works council is elected every four years. It has a say when technical devices could monitor the "
        "behaviour of employees.",
        (
            (
                "Wie oft findet die Wahl der Arbeitnehmervertretung statt?",
                "How often does the election of the works council take place?",
            ),
            (
                "Wann muss bei Überwachung die Mitbestimmung beachtet werden?",
                "When does staff surveillance need codetermination?",
            ),
        ),
    ),
    (
        "Reklamationen beantwortet der Kundendienst binnen zwei Arbeitstagen. Fehlerhafte Ware wird kostenlos "
        "ersetzt.",
        "Customer service answers complaints within two working days. Faulty goods are replaced free of charge.",
        (
            (
                "Wie schnell bekommt ein Kunde Antwort auf seine Beschwerde?",
                "How quickly does a client receive a reply to a claim?",
            ),
            (
                "Was kostet der Austausch eines defekten Produkts?",
                "What does the exchange of a defective product cost?",
            ),
        ),
    ),
    (
        "Der längste Fluss des Landes entspringt in den Bergen im Süden, fließt durch drei Provinzen und mündet nach "
        "neunhundert Kilometern ins Meer.",
        "The country's longest river rises in the mountains in the south, flows through three provinces and reaches "
        "the sea after nine hundred kilometres.",
        (
            ("Wo ist die Quelle des Stroms?", "Where is the source of the river?"),
            ("Durch wie viele Provinzen fließt er?", "How many provinces does it pass?"),
        ),
    ),
    (
        "Die Königin wurde mit achtzehn Jahren gekrönt und regierte mehr als ein halbes Jahrhundert. Sie hatte vier "
        "Töchter, aber keinen Sohn.",
        "The queen was crowned at the age of eighteen and ruled for more than half a century. She had four daughters "
        "but no son.",
        (
            ("Wie alt war die Herrscherin bei ihrer Krönung?", "How old was the monarch at her coronation?"),
            ("Wie viele Kinder hatte die Königin?", "How many children did the queen have?"),
        ),
    ),
    (
        "Die Schlacht dauerte nur einen Tag. Das Heer des Kaisers verlor die Hälfte seiner Soldaten und zog sich "
        "hinter den Fluss zurück.",
        "The battle lasted only a single day. The emperor's army lost half of its soldiers and withdrew behind the "
        "river.",
        (
            (
                "Wie viele Männer verlor die kaiserliche Armee?",
                "How many troops did the imperial forces lose?",
            ),
            ("Wie lange wurde gekämpft?", "How long did the fighting go on?"),
        ),
    ),
    (
        "Der Astronom entdeckte den Planeten durch ein selbst gebautes Fernrohr. Ein Jahr dort dauert achtzig Erdjahre.",
        "The astronomer discovered the planet through a telescope he had built himself. One year there takes eighty "
        "years on Earth.",
        (
            ("Mit welchem Gerät wurde der Planet gefunden?", "Which instrument was used to find the planet?"),
            ("Wie lang ist dort ein Umlauf um die Sonne?", "How long is a year on the planet?"),
        ),
    ),
    (
        "Die Schriftstellerin wuchs als Tochter eines Lehrers auf dem Land auf. Für ihren dritten Roman erhielt sie "
        "den wichtigsten Literaturpreis.",
        "The writer grew up in the countryside as the daughter of a teacher. For her third novel she received the most "
        "important prize in literature.",
        (
            ("Was war der Vater der Autorin von Beruf?", "What was the occupation of the author's father?"),
            ("Wofür wurde sie ausgezeichnet?", "What did she win the award for?"),
        ),
    ),
    (
        "Die Kirche brannte im Mittelalter zweimal ab. Ihr Turm ist das höchste Gebäude der Stadt und kann im Sommer "
        "bestiegen werden.",
        "The church burned down twice in the Middle Ages. Its tower is the tallest building in the city and may be "
        "climbed in summer.",
        (
            ("Wie oft wurde die Kirche durch Feuer zerstört?", "How often was the church destroyed by fire?"),
            ("Welches Bauwerk überragt die ganze Stadt?", "Which building is the highest in town?"),
        ),
    ),
    (
        "Die Fledermaus schläft im Winter in Höhlen und jagt in der Nacht Insekten. Sie bekommt nur ein Junges im Jahr.",
        "The bat sleeps in caves in winter and hunts insects at night. It has only one young a year.",
        (
            ("Was frisst die Fledermaus?", "What do bats eat?"),
            ("Wo verbringen die Tiere die kalte Jahreszeit?", "Where do the animals spend the cold season?"),
        ),
    ),
    (
        "Das Medikament senkt das Fieber nach einer Stunde. Schwangere und Kinder unter sechs Jahren sollen es nicht "
        "nehmen.",
        "The drug lowers a fever after one hour. Pregnant women and children under six should not take it.",
        (
            ("Für wen ist das Arzneimittel nicht geeignet?", "Who is the medicine not suitable for?"),
            ("Wann wirkt das Mittel gegen hohe Temperatur?", "When does it act against a high temperature?"),
        ),
    ),
    (
        "Der Impfstoff wird in zwei Dosen im Abstand von vier Wochen gegeben. Danach sind neun von zehn Menschen vor "
        "der Krankheit geschützt.",
        "The vaccine is given in two doses four weeks apart. After that nine out of ten people are protected against "
        "the disease.",
        (
            ("Wie viele Impfungen sind nötig?", "How many times does one get vaccinated?"),
            (
                "Wie wirksam ist der Schutz gegen die Erkrankung?",
                "How effective is the protection against the illness?",
            ),
        ),
    ),
    (
        "Die Mannschaft gewann das Endspiel durch ein Tor in der letzten Minute. Der Trainer trat am nächsten Morgen "
        "zurück.",
        "The team won the final with a goal in the last minute. The coach resigned the next morning.",
        (
            ("Wann fiel der entscheidende Treffer?", "When was the decisive goal scored?"),
            ("Wer verließ den Verein nach dem Sieg?", "Who left after the victory?"),
        ),
    ),
    (
        "Der Film wurde in nur drei Wochen gedreht und war billig. Der Regisseur schrieb auch das Drehbuch und spielte "
        "die Hauptrolle.",
        "The movie was shot in just three weeks and was cheap. The director also wrote the screenplay and played the "
        "lead.",
        (
            ("Wie lange dauerten die Dreharbeiten?", "How long did it take to make the film?"),
            ("Wer ist der Hauptdarsteller?", "Who starred in the picture?"),
        ),
    ),
    (
        "Auf der Insel leben zweihundert Menschen vom Fischfang. Eine Schule gibt es nicht; die Kinder fahren mit dem "
        "Boot zum Festland.",
        "Two hundred people on the island live on fishing. There is no school; the children go to the mainland by boat.",
        (
            (
                "Wovon ernähren sich die Bewohner der Insel?",
                "How do the inhabitants of the island earn their living?",
            ),
            ("Wie kommen die Schüler in den Unterricht?", "How do pupils get to their lessons?"),
        ),
    ),
    (
        "Der Vulkan brach vor hundert Jahren zum letzten Mal aus. Die Asche zerstörte die Ernte, und viele Bauern "
        "wanderten aus.",
        "The volcano erupted for the last time a hundred years ago. The ash destroyed the harvest, and many farmers "
        "emigrated.",
        (
            ("Wann war der letzte Vulkanausbruch?", "When was the last eruption?"),
            ("Warum verließen die Landwirte die Gegend?", "Why did the peasants leave the region?"),
        ),
    ),
    (
        "Das Parlament besteht aus zwei Kammern. Ein Gesetz tritt in Kraft, sobald der Präsident es unterschrieben hat.",
        "Parliament consists of two chambers. A law takes effect as soon as the president has signed it.",
        (
            ("Wessen Unterschrift braucht ein neues Gesetz?", "Whose signature does a new act need?"),
            (
                "Aus wie vielen Teilen setzt sich die Volksvertretung zusammen?",
                "How many houses make up the legislature?",
            ),
        ),
    ),
    (
        "Gold leitet Strom sehr gut und rostet nicht. Darum steckt in jedem Mobiltelefon ein wenig von dem teuren Metall.",
        "Gold conducts electricity very well and does not rust. That is why every mobile phone contains a little of the "
        "expensive metal.",
        (
            ("Warum wird in Handys Edelmetall verbaut?", "Why do cell phones contain a precious metal?"),
            ("Welche Eigenschaften hat Gold?", "What are the properties of gold?"),
        ),
    ),
)
