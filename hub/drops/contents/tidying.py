"""Ten working days of spring cleaning on one's desk and disk: a beginning to copy."""

from hub.drops.contents.shape import Starter, door

TIDYING = Starter(
    key="tidying",
    titles={"de": "Zehn Tage Frühjahrsputz", "en": "Ten days of spring cleaning"},
    intros={
        "de": "Zehn kleine Ecken, die mit ein wenig Hilfe in fünf Minuten aufgeräumt sind. Staubtuch nicht nötig.",
        "en": "Ten small corners that are tidy in five minutes with a little help. No duster needed.",
    },
    working_days_only=True,
    doors=(
        door(
            "dare",
            de=(
                "Die älteste ungelesene Mail",
                "Geh heute ganz nach unten in deinem Posteingang. Antworte, lösche oder leg sie weg. Es zählt nur, "
                "dass sie danach nicht mehr unten liegt.",
            ),
            en=(
                "The oldest unread email",
                "Today, go all the way down in your inbox. Answer it, delete it or file it. All that counts is that "
                "it no longer lies at the bottom.",
            ),
        ),
        door(
            "tip",
            de=(
                "Namen für Dateien",
                "Zeig dem Assistenten fünf deiner Dateinamen und bitte um eine Regel, nach der alle künftigen heißen: "
                "Datum, Sache, Fassung. Häng dir die Regel neben den Bildschirm.",
            ),
            en=(
                "Names for files",
                "Show the assistant five of your file names and ask for one rule for all future ones: date, matter, "
                "version. Pin the rule up beside your screen.",
            ),
        ),
        door(
            "smile",
            de=(
                "final_final_2",
                "In jedem Unternehmen gibt es eine Datei, die „final_neu_wirklich“ heißt. Sie ist nie die letzte. Grüß "
                "sie heute von uns und such die richtige.",
            ),
            en=(
                "final_final_2",
                "Every company has a file called “final_new_really”. It is never the last one. Say hello from us "
                "today, and find the right one.",
            ),
        ),
        door(
            "tip",
            de=(
                "Der lange Faden",
                "Ein Mailwechsel mit zwanzig Antworten? Lass ihn zusammenfassen: Was gilt jetzt, wer wartet auf wen? "
                "Schick die drei Zeilen an alle, dann endet der Faden. Vertrauliches bleibt draußen.",
            ),
            en=(
                "The long thread",
                "An email thread with twenty replies? Have it summarised: what holds now, who waits for whom? Send the "
                "three lines to everybody and the thread ends. Confidential matters stay out.",
            ),
        ),
        door(
            "fact",
            de=(
                "Der Kampf gegen das Papier",
                "„Das papierlose Büro“ wurde 1975 in der „Business Week“ für die Neunziger vorhergesagt. Es kamen "
                "Laserdrucker und erst einmal mehr Papier. Vorhersagen darf man auch ausmisten.",
            ),
            en=(
                "The fight against paper",
                "In 1975, Business Week foresaw the office of the nineties almost without paper. Then came laser "
                "printers and, at first, more paper. Predictions may be cleared out, too.",
            ),
        ),
        door(
            "tip",
            de=(
                "Tabellen entstauben",
                "Beschreib dem Assistenten, wie deine Tabelle aussieht und wie sie aussehen sollte, ohne echte Zahlen. "
                "Er nennt dir die Formel, die doppelte Zeilen und leere Zellen findet.",
            ),
            en=(
                "Dusting tables",
                "Describe to the assistant what your table looks like and what it should look like, without real "
                "figures. It names the formula that finds double rows and empty cells.",
            ),
        ),
        door(
            "dare",
            de=(
                "Eine Verteilerliste weniger",
                "Meld dich heute von einem Verteiler ab, dessen Mails du seit Wochen ungelesen löschst. Nur einem. Es "
                "fühlt sich an wie ein gelüftetes Zimmer.",
            ),
            en=(
                "One mailing list less",
                "Today, leave one mailing list whose emails you have been deleting unread for weeks. Only one. It "
                "feels like a room with the windows open.",
            ),
        ),
        door(
            "tip",
            de=(
                "Was du immer wieder schreibst",
                "Such drei Antworten, die du diesen Monat fast gleich geschrieben hast. Lass daraus eine Vorlage mit "
                "Lücken machen. Ab jetzt füllst du nur noch Lücken.",
            ),
            en=(
                "What you keep writing",
                "Find three answers that you wrote almost alike this month. Have them made into a template with gaps. "
                "From now on you only fill gaps.",
            ),
        ),
        door(
            "tip",
            de=(
                "Lesezeichen mit Staub",
                "Öffne deine Lesezeichen und lösch alles, was du ein Jahr lang nicht besucht hast. Der Rest bekommt "
                "drei Ordner: täglich, monatlich, irgendwann.",
            ),
            en=(
                "Dusty bookmarks",
                "Open your bookmarks and delete whatever you have not visited for a year. The rest gets three folders: "
                "daily, monthly, some day.",
            ),
        ),
        door(
            "smile",
            de=(
                "Fenster auf",
                "Zehn Tage, zehn Ecken. Schließ jetzt alle offenen Fenster auf dem Bildschirm und öffne eins an der "
                "Wand.",
            ),
            en=(
                "Window open",
                "Ten days, ten corners. Now close all open windows on your screen and open one in the wall.",
            ),
        ),
    ),
)
