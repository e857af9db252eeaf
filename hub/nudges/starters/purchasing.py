"""Tips for purchasing."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import WRITING_DE, WRITING_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "long-document",
        "documents",
        minutes=2,
        moments=(Moment.READING, Moment.COMPARING),
        pages=places.LONG_READING,
        hub_page=places.NOTEBOOKS,
        saves_minutes=20,
        de=Words(
            "Vierzig Seiten, drei Fragen, und jede Antwort mit Fundstelle",
            "Eine Zusammenfassung lässt weg, was ihr unwichtig vorkommt. Fragen sind besser: Du "
            "weißt ja, was du wissen musst. Mit Fundstelle siehst du in Sekunden, ob die Antwort "
            "stimmt.",
            [
                "Leg das Dokument hier in ein Notizbuch, zunächst nur für dich.",
                "Stell drei Fragen, die du wirklich hast: Fristen? Kosten? Was müssen wir tun?",
                "Klick bei jeder Antwort auf die Fundstelle und lies den Absatz darum herum.",
            ],
        ),
        en=Words(
            "Forty pages, three questions, and a source for every answer",
            "A summary leaves out whatever it thinks unimportant. Questions work better: you know "
            "what you need to find out. With the passage to hand, you can see in seconds whether "
            "an answer is right.",
            [
                "Add the document to a notebook here, just for yourself to begin with.",
                "Ask three questions you really want answered: deadlines? costs? what do we have to do?",
                "For each answer, open the passage it cites and read the paragraph around it.",
            ],
        ),
    ),
    StarterTip(
        "quotes-side-by-side",
        "tables",
        minutes=2,
        moments=(Moment.COMPARING,),
        pages=places.PURCHASING,
        roles=(RoleGroup.PURCHASING, RoleGroup.ENGINEERING, RoleGroup.FINANCE),
        saves_minutes=15,
        de=Words(
            "Zwei Angebote, die man wirklich vergleichen kann",
            "Der eine nennt Stückpreise, der andere Pakete, und der Versand steht in der Fußnote. "
            "Lass beides in dieselbe Tabelle bringen, rechnen kannst du dann selbst.",
            [
                "Nur in ein Werkzeug, das für Vertrauliches freigegeben ist. Sonst: Lieferant A "
                "und B, und die Preise trägst du selbst nach.",
                "„Stell beide in eine Tabelle: Leistung, Menge, Preis, Nebenkosten, Zahlungsziel. "
                "Leere Felder bleiben leer.“",
                "Die leeren Felder sind dein Gewinn: Danach fragst du jetzt nach.",
            ],
        ),
        en=Words(
            "Two quotes you can really compare",
            "One gives unit prices, the other bundles, and the freight is in a footnote. Have "
            "both put into the same table; the sums you can do yourself.",
            [
                "Only use a tool that’s cleared for confidential data. Otherwise: supplier A and "
                "B, and you fill in the prices yourself.",
                "“Put both into one table: service, quantity, price, extra costs, payment terms. "
                "Leave empty fields empty.”",
                "The empty fields are what you’ve gained: those are what you ask about now.",
            ],
        ),
    ),
    StarterTip(
        "request-without-gaps",
        "mail",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.PURCHASING,
        roles=(RoleGroup.PURCHASING, RoleGroup.ENGINEERING, RoleGroup.PROJECTS),
        saves_minutes=6,
        de=Words(
            "Aus „so etwas wie letztes Mal“ wird eine klare Anfrage",
            "Jede Rückfrage eines Lieferanten kostet zwei Tage. Die meisten kommen, weil eine "
            "Angabe fehlte, die du im Kopf hattest.",
            [
                "Beschreib, was du brauchst: Menge, Zweck, Termin, was auf keinen Fall sein darf. "
                "Ohne Lieferanten, ohne Preise.",
                "„Was würde ein Lieferant noch fragen? Danach schreib daraus eine Anfrage mit "
                "höchstens 120 Wörtern.“",
                "Beantworte die Fragen in der Anfrage selbst. Zeichnungen hängst du an, sie gehen "
                "nicht durch den Assistenten.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "Turn “something like last time” into a clear request",
            "Every question from a supplier costs two days. Most of them come because something "
            "was missing that you had in your head.",
            [
                "Describe what you need: quantity, purpose, date, what must not happen. No "
                "suppliers, no prices.",
                "“What would a supplier still ask? After that, write a request of no more than 120 words.”",
                "Answer those questions in the request itself. Attach drawings yourself; they "
                "don’t go through the assistant.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "rehearse-the-price-round",
        "chat",
        minutes=2,
        moments=(Moment.BEFORE_CALL, Moment.BEFORE_MEETING),
        roles=(RoleGroup.PURCHASING, RoleGroup.SALES),
        de=Words(
            "Üb die Preisrunde, bevor es um Geld geht",
            "In Verhandlungen verliert man selten an den Argumenten, meist an der ersten Pause. "
            "Das lässt sich üben, ohne dass jemand zuhört.",
            [
                "„Du bist Vertriebsleiter eines Lieferanten. Ich möchte bessere Bedingungen. "
                "Bleib höflich und gib nichts umsonst her.“ Echte Preise und Namen lässt du weg.",
                "Antworte dreimal so, wie du es am Telefon sagen würdest.",
                "„An welcher Stelle habe ich zu früh nachgegeben? Was hätte ich fragen können, "
                "statt zu antworten?“",
            ],
        ),
        en=Words(
            "Rehearse the price talk before there’s money on the table",
            "In negotiations people rarely lose on arguments; mostly they lose at the first "
            "silence. You can practise that with nobody listening.",
            [
                "“You’re a supplier’s head of sales. I’d like better terms. Stay polite and give "
                "nothing away for free.” Leave out real prices and names.",
                "Reply three times, the way you would on the phone.",
                "“Where did I give in too early? What could I have asked instead of answering?”",
            ],
        ),
    ),
    StarterTip(
        "late-delivery",
        "mail",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.PURCHASING,
        roles=(RoleGroup.PURCHASING, RoleGroup.PROJECTS),
        saves_minutes=5,
        de=Words(
            "Lieferverzug: die Mail, die eine Zusage zurückbringt",
            "„Bitte um Rückmeldung“ bringt eine Rückmeldung, aber keinen Termin. Wer nach etwas "
            "Bestimmtem fragt, bekommt eher etwas Bestimmtes.",
            [
                "Notier: was fehlt, seit wann, was bei uns deshalb steht. Ohne Firmen- und Bestellnummern.",
                "„Schreib eine sachliche Mail mit genau drei Fragen: wann sicher, wie viel vorab, "
                "wer ruft uns an. Kein Vorwurf, 80 Wörter.“",
                "Setz die Nummern selbst ein und nenn den Tag, bis zu dem du Antwort brauchst.",
            ],
        ),
        en=Words(
            "Late delivery: the email that brings back a date",
            "“Please advise” gets you a reply, but no date. Ask for something definite and you’re "
            "more likely to get it.",
            [
                "Note what’s missing, since when, and what it’s holding up here. No company or "
                "order numbers.",
                "“Write a factual email with exactly three questions: when for certain, how much "
                "in advance, who will ring us. No blame, 80 words.”",
                "Add the numbers yourself, and name the day by which you need an answer.",
            ],
        ),
    ),
)
