"""The tips that come with the hub, in our own words: each can be done at once and names no product."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    title: str
    body: str
    steps: list[str]


@dataclass(frozen=True)
class StarterTip:
    key: str
    tool: str
    minutes: int
    de: Words
    en: Words


STARTER_TIPS = (
    StarterTip(
        "live-captions",
        "meetings",
        1,
        Words(
            "Lass die nächste Besprechung mitschreiben, was gesagt wird",
            "Untertitel helfen allen: bei wackliger Leitung, nach einem Moment am Fenster, in einer Sprache, "
            "die nicht die eigene ist. Du liest nach, statt zu fragen, ob jemand das noch einmal sagen kann.",
            [
                "Öffne in der laufenden Besprechung das Menü mit den drei Punkten und schalte die "
                "Untertitel ein.",
                "Stell die Sprache ein, in der wirklich gesprochen wird: Davon hängt fast alles ab.",
                "Untertitel sind nur auf deinem Bildschirm. Willst du eine Abschrift behalten, frag "
                "vorher alle.",
            ],
        ),
        Words(
            "Turn on captions in your next meeting",
            "Captions help everyone: on a bad line, after a glance out of the window, in a language "
            "that isn’t your own. You can read back a line instead of asking someone to say it again.",
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
        2,
        Words(
            "Aus Stichworten wird ein Protokoll, solange du sie noch verstehst",
            "Fünf Minuten nach der Besprechung weißt du noch, was „B. klärt Termin“ heißt. Lass "
            "daraus gleich ein "
            "Protokoll machen. Beschlüsse und Aufgaben getrennt, damit niemand suchen muss.",
            [
                "Füge deine Stichworte ein, Namen gern als Kürzel.",
                "„Mach daraus ein Protokoll: Beschlüsse, offene Fragen, Aufgaben mit Person und Datum. "
                "Erfinde nichts; was fehlt, markiere mit [?].“",
                "Lies jede Aufgabe gegen deine Stichworte. Verschickt wird, was du unterschreiben würdest.",
            ],
        ),
        Words(
            "Turn your notes into minutes while they still make sense",
            "Five minutes after the meeting, you still know what “B. checks date” means. Have your "
            "notes written up there and then, with decisions and tasks kept apart so that nobody has "
            "to hunt for them.",
            [
                "Paste in your notes. Initials will do for names.",
                "“Turn this into minutes: decisions, open questions, tasks with a name and a date. "
                "Don’t make anything up; mark gaps with [?].”",
                "Check every task against your notes. Send only what you’d put your name to.",
            ],
        ),
    ),
    StarterTip(
        "friendlier-mail",
        "mail",
        2,
        Words(
            "Schreib erst, was du denkst. Dann lass es freundlich machen",
            "Die schwierige Mail kostet zwanzig Minuten, weil du Inhalt und Ton zugleich suchst. "
            "Trenne beides: "
            "erst die Sache in drei groben Sätzen, dann der Ton.",
            [
                "Notiere ungeschönt, was du willst, bis wann und warum. Ohne Namen und ohne Vertrauliches.",
                "„Schreib daraus eine kurze, freundliche Mail. Bitte und Termin bleiben klar. "
                "Höchstens 90 Wörter.“",
                "Streich jeden Satz, den du so nie sagen würdest. Erst dann klingt sie nach dir.",
            ],
        ),
        Words(
            "Write it bluntly, then ask for a kinder version",
            "A difficult email takes twenty minutes because you’re searching for the content and the "
            "tone at the same time. Split the job: first the substance in three rough sentences, then "
            "the tone.",
            [
                "Jot down bluntly what you want, by when and why. No names, nothing confidential.",
                "“Turn this into a short, friendly email. Keep the request and the deadline clear. 90 "
                "words at most.”",
                "Cross out any sentence you’d never say yourself. Only then will it sound like you.",
            ],
        ),
    ),
    StarterTip(
        "before-a-call",
        "chat",
        2,
        Words(
            "Zwei Minuten vor dem Kundengespräch: Was hat sich dort getan?",
            "Wer weiß, dass der Kunde gerade ein Werk eröffnet hat, fragt anders. Ein Assistent mit "
            "Websuche stellt "
            "dir das Öffentliche zusammen. Wichtig sind die Quellen, nicht die schönen Sätze.",
            [
                "„Was ist bei [Firma] in den letzten sechs Monaten öffentlich berichtet worden? "
                "Fünf Punkte, jeder mit Datum und Link.“",
                "Öffne zwei der Links. Stimmt dort, was hier steht? Was keine Quelle hat, vergisst du.",
                "Schreib dir eine einzige Frage auf, die du deshalb stellen willst.",
            ],
        ),
        Words(
            "Two minutes before a customer call: what’s their news?",
            "You ask different questions once you know they’ve just opened a plant. An assistant with "
            "web search can gather what’s public. It’s the sources that matter, not the polished "
            "sentences.",
            [
                "“What has been publicly reported about [company] in the last six months? Five "
                "points, each with a date and a link.”",
                "Open two of the links. Do they really say that? If a point has no source, forget it.",
                "Write down the one question you’ll ask because of it.",
            ],
        ),
    ),
    StarterTip(
        "notes-to-tasks",
        "chat",
        2,
        Words(
            "Ein Zettel voller Notizen, eine Liste voller Taten",
            "In Notizen verstecken sich Versprechen. Lass sie heraussuchen: wer, was, bis wann. Oft "
            "sind es mehr, "
            "als du dachtest, und zwei davon sind deine.",
            [
                "Füge die Notizen ein, Kundennamen vorher durch „Kunde A“ ersetzen.",
                "„Welche Aufgaben stecken darin? Tabelle mit Aufgabe, Person, Termin. Leer lassen, "
                "was nicht dasteht.“",
                "Trag deine eigenen gleich in den Kalender ein. Frag nach, wo eine Person fehlt.",
            ],
        ),
        Words(
            "Turn a page of notes into a to-do list",
            "There are promises buried in your notes. Have them picked out: who, what, by when. There "
            "are often more than you thought, and two of them are yours.",
            [
                "Replace customers’ names with “Customer A”, then paste in your notes.",
                "“What tasks are in here? Give me a table of task, person and date. Leave blank "
                "anything the notes don’t say.”",
                "Put your own in the calendar straight away. Where nobody is named, ask.",
            ],
        ),
    ),
    StarterTip(
        "long-document",
        "documents",
        2,
        Words(
            "Vierzig Seiten, drei Fragen, und jede Antwort mit Fundstelle",
            "Eine Zusammenfassung lässt weg, was ihr unwichtig vorkommt. Fragen sind besser: Du "
            "weißt ja, was du "
            "wissen musst. Mit Fundstelle siehst du in Sekunden, ob die Antwort stimmt.",
            [
                "Leg das Dokument hier in ein Notizbuch, zunächst nur für dich.",
                "Stell drei Fragen, die du wirklich hast: Fristen? Kosten? Was müssen wir tun?",
                "Klick bei jeder Antwort auf die Fundstelle und lies den Absatz darum herum.",
            ],
        ),
        Words(
            "Forty pages, three questions, and a source for every answer",
            "A summary leaves out whatever it thinks unimportant. Questions work better: you know "
            "what you need to find out. With the passage to hand, you can see in seconds whether an "
            "answer is right.",
            [
                "Add the document to a notebook here, just for yourself to begin with.",
                "Ask three questions you really want answered: deadlines? costs? what do we have to do?",
                "For each answer, open the passage it cites and read the paragraph around it.",
            ],
        ),
    ),
    StarterTip(
        "table-in-sentences",
        "tables",
        2,
        Words(
            "Sag der Tabelle in einem Satz, was du wissen willst",
            "Du musst die Formel nicht kennen, du musst sie nur prüfen können. Beschreib, was in "
            "welcher Spalte "
            "steht; die Zahlen selbst bleiben bei dir.",
            [
                "„Spalte B ist das Datum, Spalte D der Betrag. Welche Formel gibt die Summe je Monat?“",
                "Setz die Formel ein und rechne einen einzigen Monat von Hand nach.",
                "Stimmt er nicht, schreib, was herauskam und was herauskommen sollte.",
            ],
        ),
        Words(
            "Tell your spreadsheet what you want in one sentence",
            "You don’t need to know the formula; you just need to be able to check it. Describe "
            "what’s in each column, and keep the figures themselves to yourself.",
            [
                "“Column B is the date, column D the amount. What formula gives me the total for each "
                "month?”",
                "Put the formula in and add up a single month by hand.",
                "If it’s wrong, say what you got and what you should have got.",
            ],
        ),
    ),
    StarterTip(
        "objections",
        "chat",
        2,
        Words(
            "Hör die Einwände, bevor sie im Raum stehen",
            "Dein Vorschlag ist gut, und morgen fragt trotzdem jemand nach den Kosten. Lass dir die "
            "unbequemen "
            "Fragen heute stellen, wenn noch niemand zuhört.",
            [
                "Beschreib den Vorschlag in fünf Sätzen, ohne Zahlen, die nicht hinausdürfen.",
                "„Nenne die fünf stärksten Einwände: einmal als Controlling, einmal als Betriebsrat, "
                "einmal als Kunde.“",
                "Such den einen, der wehtut, und schreib deine ehrliche Antwort darauf auf.",
            ],
        ),
        Words(
            "Hear the objections before the meeting does",
            "It’s a good proposal, and tomorrow someone will still ask what it costs. Get the awkward "
            "questions asked today, while nobody else is listening.",
            [
                "Describe the proposal in five sentences, leaving out any figures that mustn’t leave "
                "the company.",
                "“Give me the five strongest objections, as finance, the works council and a customer "
                "would put them.”",
                "Find the one that stings, and write down your honest answer.",
            ],
        ),
    ),
    StarterTip(
        "difficult-talk",
        "chat",
        2,
        Words(
            "Üb das schwierige Gespräch mit jemandem, der nichts weitererzählt",
            "Die ersten zwei Sätze entscheiden, und die kann man üben. Wichtig: keine Namen, keine "
            "Einzelheiten, an "
            "denen man jemanden erkennt. Es geht um deine Worte, nicht um die andere Person.",
            [
                "„Ich muss ansprechen, dass Zusagen nicht gehalten werden. Spiel mein Gegenüber, "
                "erst erstaunt, dann verärgert.“",
                "Antworte drei Mal so, wie du es wirklich sagen würdest.",
                "„Welcher meiner Sätze war ein Vorwurf? Wie klänge er als Beobachtung?“",
            ],
        ),
        Words(
            "Rehearse a difficult conversation with someone who won’t gossip",
            "The first two sentences decide how it goes, and those you can practise. Leave out names "
            "and any detail that could identify someone. This is about your words, not about the "
            "other person.",
            [
                "“I need to raise the fact that promises aren’t being kept. Play the other person: "
                "surprised at first, then annoyed.”",
                "Reply three times, in the words you’d really use.",
                "“Which of my sentences sounded like blame? How could I put it as an observation?”",
            ],
        ),
    ),
    StarterTip(
        "translate-with-purpose",
        "mail",
        2,
        Words(
            "Übersetzen lassen, und dazusagen, für wen",
            "„Übersetze das“ gibt dir Wörter. „Für eine Einkäuferin in Leeds, die wir gut kennen“ "
            "gibt dir den Ton. "
            "Und drei Fachwörter mitzugeben, erspart die peinlichste Korrektur.",
            [
                "Sag, wer liest, wie ihr zueinander steht und welche Fachwörter wie heißen müssen.",
                "„Übersetze ins Englische. Markiere Stellen, die man missverstehen kann.“",
                "Lass das Ergebnis zurückübersetzen. Steht noch da, was du meintest? Verträge prüft "
                "ein Mensch.",
            ],
        ),
        Words(
            "Having something translated? Say who it’s for",
            "“Translate this” gets you words. “For a buyer in Stuttgart we know well” gets you the "
            "tone. And supplying three technical terms up front spares you the most embarrassing "
            "correction.",
            [
                "Say who’ll be reading it, how well you know each other and which technical terms to use.",
                "“Translate this into German. Flag anything that could be misunderstood.”",
                "Have the result translated back. Does it still say what you meant? Contracts need a "
                "person to check them.",
            ],
        ),
    ),
    StarterTip(
        "checklist",
        "documents",
        2,
        Words(
            "Was du im Schlaf kannst, als Liste für die Vertretung",
            "Du machst es seit Jahren, deshalb steht es nirgends. Erzähl es, wie du es einer "
            "Kollegin erzählen "
            "würdest, und lass daraus eine Liste zum Abhaken machen.",
            [
                "Diktier oder tipp zwei Minuten lang, was du der Reihe nach tust. Ohne Passwörter, "
                "ohne Kundendaten.",
                "„Mach daraus eine Checkliste mit höchstens zehn Punkten. Was fehlt jemandem, der "
                "das noch nie gemacht hat?“",
                "Beantworte die Rückfragen. Genau die hättest du am Urlaubstelefon beantwortet.",
            ],
        ),
        Words(
            "The job you can do in your sleep, as a checklist for your stand-in",
            "You’ve done it for years, so it isn’t written down anywhere. Describe it as you would to "
            "a colleague, and have that turned into a list to tick off.",
            [
                "Spend two minutes dictating or typing what you do, in order. No passwords, no "
                "customer data.",
                "“Turn this into a checklist of no more than ten points. What’s missing for someone "
                "who has never done it?”",
                "Answer the questions that come back. They’re the ones you’d have been rung about on "
                "holiday.",
            ],
        ),
    ),
    StarterTip(
        "status-report",
        "documents",
        2,
        Words(
            "Der Statusbericht, den jemand zu Ende liest",
            "Drei Zeilen genügen: Was ist fertig, was hängt, was brauchst du. Den Rest will niemand "
            "lesen, und das "
            "Weglassen darf eine Maschine vorschlagen.",
            [
                "Wirf alles hinein, was diese Woche war, in beliebiger Reihenfolge.",
                "„Kürze auf drei Zeilen: erreicht, Risiko, Entscheidung, die ich brauche. Keine Adjektive.“",
                "Prüf das Risiko: Steht es so ernst da, wie du es meinst? Maschinen reden gern schön.",
            ],
        ),
        Words(
            "A status report people read to the end",
            "Three lines will do: what’s done, what’s stuck, what you need. Nobody wants to read the "
            "rest, and a machine can suggest what to cut.",
            [
                "Throw in everything that happened this week, in any order.",
                "“Cut this to three lines: what’s done, the risk, the decision I need. No adjectives.”",
                "Check the risk: does it sound as serious as you mean it to? Machines like to gloss "
                "things over.",
            ],
        ),
    ),
    StarterTip(
        "crm-note",
        "chat",
        2,
        Words(
            "Gleich nach dem Anruf: zwei Sätze werden ein sauberer Eintrag",
            "Der Eintrag im Kundensystem bleibt liegen, weil er Form verlangt. Gib die Form ab und "
            "behalte den "
            "Inhalt. Nur in ein Werkzeug, in das Kundendaten auch dürfen.",
            [
                "Sprich oder tipp zwei Sätze: worum es ging und wie es weitergeht.",
                "„Forme daraus: Anlass, Ergebnis, nächster Schritt, Termin. Höchstens 60 Wörter.“",
                "Stimmen Beträge und Datum? Dann einfügen, und der Anruf ist wirklich vorbei.",
            ],
        ),
        Words(
            "Straight after the call: two sentences become a tidy record",
            "The entry in the customer system gets put off because it has to look right. Hand over "
            "the layout and keep the content. Just make sure the tool is cleared for customer data.",
            [
                "Say or type two sentences: what it was about and what happens next.",
                "“Set this out as: reason for the call, outcome, next step, date. 60 words at most.”",
                "Are the amounts and the date right? Paste it in, and the call really is over.",
            ],
        ),
    ),
    StarterTip(
        "second-opinion",
        "chat",
        2,
        Words(
            "Frag nach dem, was gegen deine Idee spricht",
            "Assistenten stimmen gern zu. Deshalb musst du Widerspruch bestellen. Am besten in einem "
            "neuen Gespräch, "
            "in dem noch niemand gelobt wurde.",
            [
                "Öffne ein neues Gespräch. Beschreib die Sache, als wäre es die Idee von jemand anderem.",
                "„Was müsste wahr sein, damit das scheitert? Nenne die drei wahrscheinlichsten Gründe.“",
                "Einer davon lässt sich heute noch prüfen. Welcher?",
            ],
        ),
        Words(
            "Ask for the case against your idea",
            "Assistants like to agree with you, so if you want an argument, you have to ask for one. "
            "A new chat is best, where nobody has been praised yet.",
            [
                "Start a new chat. Describe the idea as though it were someone else’s.",
                "“What would have to be true for this to fail? Give me the three most likely reasons.”",
                "You can check one of those today. Which?",
            ],
        ),
    ),
    StarterTip(
        "what-stays-out",
        "chat",
        1,
        Words(
            "Drei Dinge, die draußen bleiben, und wie es trotzdem geht",
            "Personendaten, Geschäftsgeheimnisse und Passwörter gehören in kein Werkzeug, das dafür nicht "
            "freigegeben ist. Fast immer braucht man sie für die Frage auch gar nicht.",
            [
                "Nimm deinen letzten Prompt: Stand da ein Name, ein Preis, eine Kundennummer?",
                "Ersetz sie durch „Person A“, „Betrag X“, „Kunde 1“. Die Antwort bleibt so gut wie vorher.",
                "Unsicher? Frag, bevor du einfügst. Zurückholen kann man nichts.",
            ],
        ),
        Words(
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
        "check-a-claim",
        "chat",
        1,
        Words(
            "Eine Zahl prüfen, bevor sie auf der Folie steht",
            "Ein Sprachmodell klingt bei Falschem so sicher wie bei Richtigem. Die Zahl, die dich am meisten "
            "beeindruckt, ist die, die du nachschlagen solltest.",
            [
                "Such dir aus der letzten Antwort die eine Zahl heraus, die du weitersagen wolltest.",
                "Frag nach der Quelle, und öffne sie selbst. Links können erfunden sein.",
                "Keine Quelle gefunden? Dann steht auf der Folie keine Zahl. Das ist auch ein Ergebnis.",
            ],
        ),
        Words(
            "Check one figure before it goes on your slide",
            "A language model sounds just as sure when it’s wrong as when it’s right. The figure that "
            "impresses you most is the one to look up.",
            [
                "From the last answer you got, pick the one figure you were going to pass on.",
                "Ask for the source, and open it yourself. Links can be made up.",
                "No source? Then no figure on the slide. That’s a result too.",
            ],
        ),
    ),
    StarterTip(
        "prompt-recipe",
        "chat",
        2,
        Words(
            "Rolle, Aufgabe, Umstände, Form: ein Rezept für fast alles",
            "Wer nur „Schreib was zu Lieferzeiten“ eingibt, bekommt irgendwas. Vier Zutaten machen "
            "daraus deine "
            "Antwort, und du kannst sie dir an einer Hand abzählen.",
            [
                "Rolle: „Du hilfst im Vertriebsinnendienst.“ Aufgabe: „Erkläre, warum die Lieferung "
                "zwei Wochen später kommt.“",
                "Umstände: „Der Kunde wartet zum zweiten Mal.“ Form: „Vier Sätze, ohne Floskeln.“",
                "Speichere das Rezept dort, wo du es morgen wiederfindest. Tausch nur die Aufgabe aus.",
            ],
        ),
        Words(
            "Role, task, context, format: a recipe for almost anything",
            "“Write something about delivery times” gets you just that: something. Four ingredients "
            "make the answer yours, and you can count them on one hand.",
            [
                "Role: “You work in sales support.” Task: “Explain why the delivery will be two weeks late.”",
                "Context: “It’s the second time this customer has had to wait.” Format: “Four "
                "sentences, no stock phrases.”",
                "Save the recipe where you’ll find it tomorrow. Change nothing but the task.",
            ],
        ),
    ),
    StarterTip(
        "ask-me-first",
        "chat",
        2,
        Words(
            "Lass dich zuerst fragen",
            "Oft ist die Antwort mittelmäßig, weil du etwas für selbstverständlich gehalten hast. "
            "Dreh es um: "
            "Erst stellt der Assistent Fragen, dann antwortet er.",
            [
                "Beschreib in einem Satz, was am Ende dastehen soll.",
                "„Stell mir vorher die fünf Fragen, deren Antworten das Ergebnis am meisten ändern. "
                "Eine nach der anderen.“",
                "Antworte kurz. „Weiß ich nicht“ ist erlaubt und meist die nützlichste Antwort.",
            ],
        ),
        Words(
            "Let the assistant ask you first",
            "A so-so answer often comes down to something you took for granted. Turn it round: the "
            "assistant asks its questions first, and answers afterwards.",
            [
                "Describe in one sentence what you want to end up with.",
                "“Before you start, ask me the five questions whose answers would change the result "
                "most. One at a time.”",
                "Keep your replies short. “I don’t know” is allowed, and is usually the most useful one.",
            ],
        ),
    ),
    StarterTip(
        "explain-it",
        "documents",
        2,
        Words(
            "Den Absatz verstehen, bei dem alle nur nicken",
            "Normen, Verträge, Fehlermeldungen: Niemand liest sie gern, und kaum einer fragt. Frag "
            "die Maschine, "
            "sie wundert sich nicht.",
            [
                "Kopier einen einzigen Absatz, der öffentlich ist oder hinausdarf.",
                "„Erkläre das jemandem, der neu bei uns anfängt. Mit einem Beispiel. Was müsste ich "
                "deshalb anders machen?“",
                "Bei Recht und Sicherheit ist das ein Anfang, keine Auskunft: Die gibt die Fachabteilung.",
            ],
        ),
        Words(
            "Make sense of the paragraph everyone just nods at",
            "Standards, contracts, error messages: nobody enjoys reading them, and hardly anyone "
            "asks. Ask the machine; it won’t raise an eyebrow.",
            [
                "Copy a single paragraph that’s public or allowed to leave the company.",
                "“Explain this to someone who’s new here. Give an example. What would I need to do "
                "differently because of it?”",
                "On legal or safety matters this is a start, not advice: for that, go to our own "
                "specialists.",
            ],
        ),
    ),
    StarterTip(
        "what-changed",
        "documents",
        2,
        Words(
            "Zwei Fassungen, eine Frage: Was ist jetzt anders?",
            "Die neue Richtlinie kommt ohne Hinweis, was neu ist. Lass die Unterschiede "
            "heraussuchen, und zwar die, "
            "die etwas ändern, nicht die Kommas.",
            [
                "Gib beide Fassungen in ein Werkzeug, in das sie dürfen, oder hier in ein Notizbuch.",
                "„Was ändert sich für mich? Alt gegen neu, mit Absatz. Wortlaut zitieren, nicht "
                "umschreiben.“",
                "Such zwei Zitate im Original. Findest du sie nicht, fang von vorn an.",
            ],
        ),
        Words(
            "Two versions, one question: what’s different?",
            "The new policy arrives without a word about what has changed. Have the differences "
            "picked out: the ones that matter, not the commas.",
            [
                "Put both versions into a tool that’s approved for them, or into a notebook here.",
                "“What changes for me? Show old against new, with the paragraph. Quote the wording; "
                "don’t paraphrase.”",
                "Look up two of the quotes in the original. If you can’t find them, start again.",
            ],
        ),
    ),
)
