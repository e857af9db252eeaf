"""Tips for offers."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import WRITING_DE, WRITING_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "offer-in-their-words",
        "documents",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.OFFERS,
        roles=(RoleGroup.SALES,),
        saves_minutes=6,
        de=Words(
            "Fang das Angebot mit dem Problem des Kunden an",
            "Die meisten Angebote beginnen mit der eigenen Firma. Der Kunde sucht aber seinen "
            "Satz aus dem letzten Gespräch. Gib ihm den zuerst.",
            [
                "Nimm die Sätze aus der Anfrage, in denen das Problem steht. Firmenname, Preise "
                "und Zeichnungen bleiben draußen.",
                "„Schreib daraus eine Einleitung: erst das Problem in diesen Worten, dann unser "
                "Weg. Fünf Sätze, ohne Werbung.“",
                "Lies nach: Versprichst du etwas, das wir nicht liefern? Dann raus damit.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "Open your offer with the customer’s problem",
            "Most offers begin with the company that wrote them. But the customer is looking for "
            "the sentence from your last talk. Give them that first.",
            [
                "Take the sentences of the enquiry that describe the problem. Company name, "
                "prices and drawings stay out.",
                "“Write an introduction: first the problem in these words, then our way of "
                "solving it. Five sentences, no sales talk.”",
                "Read it again: does it promise anything we don’t deliver? Then out it goes.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "must-haves-of-a-tender",
        "documents",
        minutes=2,
        moments=(Moment.READING, Moment.COMPARING),
        pages=places.TENDERS,
        hub_page=places.NOTEBOOKS,
        roles=(RoleGroup.SALES, RoleGroup.ENGINEERING, RoleGroup.PROJECTS),
        saves_minutes=20,
        de=Words(
            "Erst die Muss-Punkte, dann die Ausschreibung",
            "Ein übersehener Muss-Punkt, und die ganze Mühe war umsonst. Lass alle heraussuchen, "
            "mit Fundstelle, bevor ihr zu schreiben anfangt.",
            [
                "Leg die Unterlagen hier in ein Notizbuch oder in ein Werkzeug, das für "
                "Vertrauliches freigegeben ist.",
                "„Liste alle zwingenden Anforderungen und Fristen auf. Wörtlich zitiert, mit "
                "Seite. Nichts zusammenfassen.“",
                "Such selbst noch nach „muss“, „zwingend“ und „Ausschluss“. Fehlt eine Stelle, "
                "ist die Liste nicht fertig.",
            ],
        ),
        en=Words(
            "The must-haves first, then the tender",
            "Overlook one mandatory point and all the work was for nothing. Have every one of "
            "them picked out, with its passage, before anybody starts writing.",
            [
                "Put the documents into a notebook here, or into a tool that’s cleared for "
                "confidential material.",
                "“List all mandatory requirements and deadlines. Quote them word for word, with "
                "the page. Don’t summarise.”",
                "Search for “must”, “shall” and “exclusion” yourself. If a passage is missing, "
                "the list isn’t finished.",
            ],
        ),
    ),
    StarterTip(
        "read-it-as-a-buyer",
        "chat",
        minutes=2,
        moments=(Moment.WRITING, Moment.BEFORE_CALL),
        pages=places.OFFERS,
        roles=(RoleGroup.SALES,),
        de=Words(
            "Lies dein Angebot mit den Augen des Einkaufs",
            "Wer ein Angebot geschrieben hat, sieht seine Lücken nicht mehr. Leih dir einen "
            "strengen Einkäufer, solange du noch etwas ändern kannst.",
            [
                "Gib Aufbau und Argumente hinein. Preise, Kundenname und alles Vertrauliche "
                "ersetzt du durch Platzhalter.",
                "„Du vergleichst drei Angebote. Wo fragst du nach? Wo drückst du den Preis? Was "
                "fehlt dir zum Unterschreiben?“",
                "Beantworte die schwierigste Frage gleich im Angebot, in einem Satz.",
            ],
        ),
        en=Words(
            "Read your offer through a buyer’s eyes",
            "Whoever wrote an offer no longer sees its gaps. Borrow a strict buyer while there’s "
            "still time to change something.",
            [
                "Put in the outline and your arguments. Replace prices, the customer’s name and "
                "anything confidential with placeholders.",
                "“You’re comparing three offers. Where do you ask questions? Where do you push "
                "the price? What’s missing before you’d sign?”",
                "Answer the hardest question in the offer itself, in one sentence.",
            ],
        ),
    ),
    StarterTip(
        "following-up",
        "mail",
        minutes=2,
        moments=(Moment.WRITING, Moment.PLANNING),
        pages=places.DEALS,
        roles=(RoleGroup.SALES,),
        saves_minutes=5,
        de=Words(
            "Nachfassen, ohne zu drängeln",
            "„Ich wollte mal nachhören“ ist schnell geschrieben und schnell gelöscht. Besser ist "
            "ein Satz, der dem anderen etwas bringt, und eine Frage, die man leicht beantworten "
            "kann.",
            [
                "Notier, was seit dem Angebot neu ist: eine Lieferzeit, ein Beispiel, eine offene "
                "Frage. Kein Name, kein Preis.",
                "„Schreib eine Nachfrage in vier Sätzen: zuerst das Neue, dann eine Frage, die "
                "man mit einem Wort beantworten kann.“",
                "Setz Namen und Anrede selbst ein. Klingt die Mail nach dir? Dann ab damit.",
            ],
        ),
        en=Words(
            "Follow up without nagging",
            "“Just checking in” is quickly written and quickly deleted. Better is one sentence "
            "that’s of use to them, and one question that’s easy to answer.",
            [
                "Note what’s new since the offer: a delivery time, an example, an open point. No "
                "name, no price.",
                "“Write a follow-up in four sentences: what’s new first, then one question that "
                "can be answered with a single word.”",
                "Add the name and the greeting yourself. Does it sound like you? Then send it.",
            ],
        ),
    ),
)
