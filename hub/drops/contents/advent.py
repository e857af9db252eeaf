"""The 24 doors of the built-in Advent: tips, dares, facts and things to smile at."""

from hub.drops.contents.shape import Door, Starter, door

DOORS: dict[int, Door] = {
    1: door(
        "fact",
        de=(
            "Eine Hutnadel für die Benzinleitung",
            "August 1888: Bertha Benz fährt mit ihren beiden Söhnen von Mannheim nach Pforzheim, gut hundert "
            "Kilometer, ohne ihren Mann zu fragen. Unterwegs reinigt sie die verstopfte Leitung mit "
            "ihrer Hutnadel. "
            "Erfunden hat den Wagen er. Gefahren ist sie.",
        ),
        en=(
            "A hatpin for the fuel line",
            "August 1888: Bertha Benz drives from Mannheim to Pforzheim with her two sons, a little "
            "over a hundred kilometres, without asking her husband. On the way, she clears the "
            "blocked fuel line with her hatpin. He invented the car. She drove it.",
        ),
    ),
    2: door(
        "dare",
        de=(
            "Der Ein-Satz-Tag",
            "Bitte heute einen Assistenten, deine längste Mail auf einen einzigen Satz zu kürzen. "
            "Schick den Satz ab, wenn du dich traust.",
        ),
        en=(
            "One-sentence day",
            "Today, ask an assistant to boil your longest email down to a single sentence. Send it, "
            "if you dare.",
        ),
    ),
    3: door(
        "tip",
        de=(
            "Das Zauberwort heißt „erst“",
            "„Erst fragen, dann antworten.“ „Erst drei Möglichkeiten, dann eine ausarbeiten.“ Ein "
            "kleines Wort, und "
            "der Assistent rennt nicht mehr gleich los.",
        ),
        en=(
            "The magic word is “first”",
            "“First ask me, then answer.” “First give me three options, then work one of them up.” "
            "One little word, and the assistant stops dashing off.",
        ),
    ),
    4: door(
        "smile",
        de=(
            "Höflich bleiben",
            "Eine Kollegin sagt zu jeder Maschine „bitte“ und „danke“. Nicht weil es hilft, sagt "
            "sie, sondern damit "
            "sie es bei Menschen nicht verlernt.",
        ),
        en=(
            "Minding your manners",
            "A colleague says “please” and “thank you” to every machine. Not because it helps, she "
            "says, but to stay in practice for people.",
        ),
    ),
    5: door(
        "fact",
        de=(
            "Die erste Plauderin",
            "1966 stellte Joseph Weizenbaum am MIT ELIZA vor, ein Programm, das Sätze als Fragen "
            "zurückgab. Menschen "
            "vertrauten ihm Persönliches an, obwohl es nichts verstand. Ihn hat das erschreckt, und "
            "er hat es aufgeschrieben.",
        ),
        en=(
            "The first chatterbox",
            "In 1966, Joseph Weizenbaum of MIT introduced ELIZA, a program that turned sentences back "
            "into questions. People confided in it, although it understood nothing. That alarmed him, "
            "and he wrote about it.",
        ),
    ),
    6: door(
        "dare",
        de=(
            "Stiefel vor der Tür",
            "Nikolaus. Leg heute jemandem etwas in den Stiefel: den Prompt, der dir am meisten Zeit spart. "
            "Per Nachricht, ohne lange Vorrede.",
        ),
        en=(
            "A boot outside the door",
            "St Nicholas’ Day. Slip something into someone’s boot: the prompt that saves you the most "
            "time. Just send a message, no preamble.",
        ),
    ),
    7: door(
        "tip",
        de=(
            "Wie viele R hat „Erdbeerrüttler“?",
            "Sprachmodelle lesen Wortstücke, keine Buchstaben. Beim Zählen und Buchstabieren rechne "
            "lieber selbst nach. "
            "(Es sind vier.)",
        ),
        en=(
            "How many Rs are there in “strawberry”?",
            "Language models read chunks of words, not letters. When it comes to counting and "
            "spelling, check for yourself. (There are three.)",
        ),
    ),
    8: door(
        "smile",
        de=(
            "Besprechung über Besprechungen",
            "Das Werkzeug fasste zusammen: „Es wurde beschlossen, nächste Woche zu beschließen.“ "
            "Alle fanden das "
            "Protokoll sehr genau.",
        ),
        en=(
            "A meeting about meetings",
            "The tool summed it up: “It was decided to decide next week.” Everyone thought the "
            "minutes were very accurate.",
        ),
    ),
    9: door(
        "fact",
        de=(
            "Woher der Roboter kommt",
            "Das Wort stammt aus Karel Čapeks Theaterstück „R.U.R.“ von 1920. Tschechisch „robota“ "
            "heißt Fronarbeit. "
            "Vorgeschlagen hat es sein Bruder Josef, ein Maler.",
        ),
        en=(
            "Where robots come from",
            "The word comes from Karel Čapek’s 1920 play “R.U.R.”. In Czech, “robota” means forced "
            "labour. It was his brother Josef, a painter, who suggested the name.",
        ),
    ),
    10: door(
        "dare",
        de=(
            "Erklär es dem Papagei",
            "Lass dir deine eigene Arbeit in drei Sätzen für ein siebenjähriges Kind erklären. "
            "Häng den besten Satz an deine Tür.",
        ),
        en=(
            "Explain it to the parrot",
            "Have your own job explained in three sentences to a seven-year-old. Pin the best one to "
            "your door.",
        ),
    ),
    11: door(
        "tip",
        de=(
            "Ein Beispiel schlägt zehn Regeln",
            "Statt zu beschreiben, wie der Text klingen soll, gib einen mit, der dir gefällt. „So im "
            "Ton, aber über dies.“",
        ),
        en=(
            "One example beats ten rules",
            "Instead of describing how the text should sound, include one you like. “In this tone, "
            "but about that.”",
        ),
    ),
    12: door(
        "fact",
        de=(
            "Ein Sommer sollte reichen",
            "1955 beantragten vier Forscher Geld für einen Sommer in Dartmouth: Zehn Leute sollten "
            "in zwei Monaten "
            "deutlich vorankommen. In diesem Antrag steht zum ersten Mal „artificial intelligence“.",
        ),
        en=(
            "One summer should do it",
            "In 1955, four researchers applied for funding for a summer at Dartmouth: ten people were "
            "to make significant progress in two months. Their proposal is where the words "
            "“artificial intelligence” first appear.",
        ),
    ),
    13: door(
        "smile",
        de=(
            "Halbzeit",
            "Zwölf Türen sind offen, keine hat gequietscht. Falls doch: Wir haben sie mit einer "
            "Hutnadel geölt.",
        ),
        en=(
            "Halfway there",
            "Twelve doors open, and not a squeak from any of them. If you did hear one, we’ve oiled "
            "it with a hatpin.",
        ),
    ),
    14: door(
        "dare",
        de=(
            "Fünf Minuten Gegenwind",
            "Nimm eine Meinung, die du beruflich seit Jahren hast, und bitte um das beste Gegenargument. "
            "Du musst sie nicht ändern. Nur einmal kurz wackeln lassen.",
        ),
        en=(
            "Five minutes of headwind",
            "Take an opinion you’ve held at work for years and ask for the best argument against it. "
            "You don’t have to change your mind. Just let it wobble for a moment.",
        ),
    ),
    15: door(
        "fact",
        de=(
            "Ada Lovelace wusste es schon",
            "1843 schrieb sie über eine Rechenmaschine, die nie gebaut wurde: Sie könne eines Tages "
            "Musik setzen. Und: "
            "Sie erhebe keinen Anspruch, etwas zu ersinnen. Über den zweiten Satz wird bis heute gestritten.",
        ),
        en=(
            "Ada Lovelace saw it coming",
            "In 1843 she wrote about a calculating engine that was never built. One day, she said, it "
            "might compose music. And it had “no pretensions whatever to originate anything”. People "
            "are still arguing about that second part.",
        ),
    ),
    16: door(
        "tip",
        de=(
            "Frag nach dem, was fehlt",
            "Wenn die Antwort fertig aussieht, frag: „Was hast du weggelassen, und warum?“ "
            "Manchmal steht genau dort das Wichtigste.",
        ),
        en=(
            "Ask what’s missing",
            "When the answer looks finished, ask: “What did you leave out, and why?” Sometimes that’s "
            "where the most important part is.",
        ),
    ),
    17: door(
        "smile",
        de=(
            "Die ehrlichste Antwort des Jahres",
            "„Das weiß ich nicht.“ Wer das einem Werkzeug oder einem Menschen entlockt, darf sich "
            "heute ein Plätzchen nehmen.",
        ),
        en=(
            "The most honest answer of the year",
            "“I don’t know.” If you can coax that out of a tool, or a person, help yourself to a "
            "biscuit today.",
        ),
    ),
    18: door(
        "dare",
        de=(
            "Untertitel an",
            "Schalte in der nächsten Besprechung die Untertitel ein und sammle das schönste Missverständnis. "
            "Es wird auf der Weihnachtsfeier gebraucht.",
        ),
        en=(
            "Captions on",
            "Turn on captions in your next meeting and keep the best mishearing. It’ll be needed at "
            "the Christmas party.",
        ),
    ),
    19: door(
        "fact",
        de=(
            "Was leicht ist, ist schwer",
            "Hans Moravec bemerkte 1988: Rechner spielen eher Dame auf dem Niveau Erwachsener, als "
            "dass sie sehen und "
            "sich bewegen wie ein einjähriges Kind. Die Spülmaschine räumst also weiterhin du aus.",
        ),
        en=(
            "What’s easy is hard",
            "In 1988, Hans Moravec observed that it’s easier to get a computer to play draughts like "
            "an adult than to see and move like a one-year-old. So emptying the dishwasher is still "
            "your job.",
        ),
    ),
    20: door(
        "tip",
        de=(
            "Der Prompt für morgen",
            "Schreib den letzten Prompt, der gut war, in eine Datei „gute Prompts“. In einem Jahr "
            "ist das die "
            "nützlichste Seite, die du besitzt.",
        ),
        en=(
            "A prompt for tomorrow",
            "Put the last prompt that worked well in a file called “Good prompts”. A year from now, "
            "it’ll be the most useful page you own.",
        ),
    ),
    21: door(
        "smile",
        de=(
            "Ferienansage",
            "„Ich bin bis zum 6. Januar nicht da. In dringenden Fällen warten Sie bitte, bis es "
            "nicht mehr dringend ist.“ "
            "Das war ein Vorschlag der Maschine. Wir fanden ihn gut.",
        ),
        en=(
            "Out of office",
            "“I am away until 6 January. If your message is urgent, please wait until it no longer "
            "is.” A machine suggested that. We rather liked it.",
        ),
    ),
    22: door(
        "fact",
        de=(
            "Der Apotheker von Wiesloch",
            "Auf ihrer Fahrt kaufte Bertha Benz Ligroin, ein Leichtbenzin, in der Stadtapotheke von "
            "Wiesloch. Die gilt "
            "seither als erste Tankstelle der Welt. Niemand dort wusste, dass er gerade eine eröffnet hatte.",
        ),
        en=(
            "The pharmacist of Wiesloch",
            "On her journey, Bertha Benz bought ligroin, a light petroleum spirit, at the town "
            "pharmacy in Wiesloch. It has been called the world’s first filling station ever since. "
            "Nobody there knew they’d just opened one.",
        ),
    ),
    23: door(
        "dare",
        de=(
            "Ein Dank mit Namen",
            "Wer hat dir dieses Jahr etwas gezeigt, das du noch heute benutzt? Schreib dieser Person "
            "zwei Sätze. "
            "Selbst, ohne Assistenten.",
        ),
        en=(
            "Thank someone by name",
            "Who showed you something this year that you still use? Write them two sentences. "
            "Yourself, without an assistant.",
        ),
    ),
    24: door(
        "smile",
        de=(
            "Fertig. Licht aus, Kerzen an",
            "Vierundzwanzig Türen, eine Nadel. Du hast dieses Jahr gelernt, ausprobiert und "
            "verworfen. Das Verwerfen "
            "zählt doppelt. Schöne Feiertage!",
        ),
        en=(
            "All done. Lights out, candles lit",
            "Twenty-four doors, one hatpin. This year you’ve learned things, tried things and thrown "
            "things out. The throwing out counts double. Happy holidays.",
        ),
    ),
}

ADVENT = Starter(
    key="advent",
    titles={"de": "Unser Adventskalender", "en": "Our Advent calendar"},
    intros={
        "de": "Jeden Tag bis Heiligabend eine Kleinigkeit zum Ausprobieren, Staunen oder Schmunzeln.",
        "en": "Every day until Christmas Eve, a little something to try, to wonder at or to smile about.",
    },
    doors=tuple(DOORS.values()),
)
