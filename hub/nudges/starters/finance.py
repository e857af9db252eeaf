"""Tips for finance."""

from hub.nudges.starters import places
from hub.nudges.starters.evidence import WRITING_DE, WRITING_EN
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "table-in-sentences",
        "tables",
        minutes=2,
        moments=(Moment.COMPARING, Moment.REPORTING),
        pages=places.TABLES,
        saves_minutes=10,
        de=Words(
            "Sag der Tabelle in einem Satz, was du wissen willst",
            "Du musst die Formel nicht kennen, du musst sie nur prüfen können. Beschreib, was in "
            "welcher Spalte steht; die Zahlen selbst bleiben bei dir.",
            [
                "„Spalte B ist das Datum, Spalte D der Betrag. Welche Formel gibt die Summe je Monat?“",
                "Setz die Formel ein und rechne einen einzigen Monat von Hand nach.",
                "Stimmt er nicht, schreib, was herauskam und was herauskommen sollte.",
            ],
        ),
        en=Words(
            "Tell your spreadsheet what you want in one sentence",
            "You don’t need to know the formula; you just need to be able to check it. Describe "
            "what’s in each column, and keep the figures themselves to yourself.",
            [
                "“Column B is the date, column D the amount. What formula gives me the total for "
                "each month?”",
                "Put the formula in and add up a single month by hand.",
                "If it’s wrong, say what you got and what you should have got.",
            ],
        ),
    ),
    StarterTip(
        "formula-explained",
        "tables",
        minutes=1,
        moments=(Moment.READING,),
        pages=places.TABLES,
        roles=(RoleGroup.FINANCE, RoleGroup.PURCHASING, RoleGroup.ENGINEERING),
        saves_minutes=10,
        de=Words(
            "Die Formel, die niemand mehr versteht",
            "Jemand hat sie vor Jahren geschrieben, seither traut sich keiner heran. Erklären "
            "lassen kann man sie, ohne eine einzige Zahl zu zeigen.",
            [
                "Kopier nur die Formel. Tabellennamen, aus denen Kunden oder Projekte "
                "hervorgehen, benennst du um.",
                "„Erkläre sie Schritt für Schritt. In welchem Fall käme etwas Falsches heraus?“",
                "Probier genau diesen Fall in einer Kopie aus. Dann schreib die Erklärung als "
                "Kommentar an die Zelle.",
            ],
        ),
        en=Words(
            "The formula nobody understands any more",
            "Somebody wrote it years ago, and nobody has dared to touch it since. You can have it "
            "explained without showing a single figure.",
            [
                "Copy the formula and nothing else. Rename sheets that give away customers or projects.",
                "“Explain it step by step. In which case would it give a wrong result?”",
                "Try exactly that case in a copy. Then put the explanation into a comment on the cell.",
            ],
        ),
    ),
    StarterTip(
        "sentence-above-the-table",
        "documents",
        minutes=2,
        moments=(Moment.REPORTING, Moment.WRITING),
        pages=places.TABLES + places.REPORTS,
        roles=(RoleGroup.FINANCE, RoleGroup.LEADERSHIP, RoleGroup.PROJECTS),
        saves_minutes=6,
        de=Words(
            "Der eine Satz über der Tabelle",
            "Zahlen ohne Satz liest jeder anders. Ein guter Satz sagt, was sich geändert hat, "
            "warum, und was daraus folgt.",
            [
                "Beschreib die Entwicklung in Worten oder in Prozent. Beträge, Kunden und "
                "unveröffentlichte Ergebnisse bleiben bei dir.",
                "„Formuliere drei Sätze zur Auswahl: was sich geändert hat, wahrscheinlicher "
                "Grund, was wir jetzt tun. Keine Ursache erfinden.“",
                "Nimm den Satz, dessen Grund du belegen kannst. Ist der Grund unbekannt, schreib genau das.",
            ],
            WRITING_DE,
        ),
        en=Words(
            "The one sentence above the table",
            "Figures without a sentence are read differently by everyone. A good sentence says "
            "what changed, why, and what follows from it.",
            [
                "Describe the trend in words or in per cent. Amounts, customers and unpublished "
                "results stay with you.",
                "“Give me three sentences to choose from: what changed, the likely reason, what "
                "we do now. Don’t invent a cause.”",
                "Take the one whose reason you can prove. If the reason is unknown, write just that.",
            ],
            WRITING_EN,
        ),
    ),
    StarterTip(
        "questions-about-a-gap",
        "chat",
        minutes=2,
        moments=(Moment.REPORTING, Moment.COMPARING, Moment.BEFORE_MEETING),
        pages=places.REPORTS + places.FINANCE,
        roles=(RoleGroup.FINANCE, RoleGroup.LEADERSHIP),
        de=Words(
            "Plan und Ist gehen auseinander: Was fragst du zuerst?",
            "Die erste Erklärung klingt meistens gut und ist selten die ganze. Geh mit fünf "
            "Fragen hinein statt mit einer Vermutung.",
            [
                "Sag, um welche Art Kosten es geht und in welche Richtung. Ohne Beträge, ohne Abteilung.",
                "„Welche fünf Ursachen sind möglich, und woran in den Buchungen würde ich jede erkennen?“",
                "Prüf die am leichtesten erkennbare zuerst. Erst danach rufst du jemanden an.",
            ],
        ),
        en=Words(
            "Plan and actual drift apart: what do you ask first?",
            "The first explanation usually sounds good and is rarely the whole story. Go in with "
            "five questions instead of one guess.",
            [
                "Say what kind of costs they are and in which direction. No amounts, no department.",
                "“Which five causes are possible, and how would each of them show in the bookings?”",
                "Check the one that’s easiest to spot first. Only then ring somebody.",
            ],
        ),
    ),
    StarterTip(
        "payment-reminder",
        "mail",
        minutes=2,
        moments=(Moment.WRITING,),
        pages=places.FINANCE,
        roles=(RoleGroup.FINANCE, RoleGroup.SALES),
        saves_minutes=5,
        de=Words(
            "Eine Zahlungserinnerung, nach der man Kunde bleibt",
            "Die meisten haben es vergessen, einige haben ein Problem, und beide lesen denselben "
            "Text. Schreib ihn so, dass der eine zahlt und der andere anruft.",
            [
                "Beschreib nur die Lage: wie lange überfällig, zum wievielten Mal. Kein Name, "
                "keine Rechnungsnummer.",
                "„Schreib eine Erinnerung in fünf Sätzen: Sache, Frist, ein Angebot zum Reden. "
                "Freundlich, aber ohne Umschweife.“",
                "Betrag, Nummer und Frist setzt du selbst ein. Ab der zweiten Mahnung entscheidet "
                "die Buchhaltung, nicht der Assistent.",
            ],
        ),
        en=Words(
            "A payment reminder that keeps the customer",
            "Most have forgotten, some have a problem, and both read the same text. Write it so "
            "that one pays and the other rings you.",
            [
                "Describe only the situation: how long overdue, which reminder it is. No name, no "
                "invoice number.",
                "“Write a reminder in five sentences: the matter, the deadline, an offer to talk. "
                "Friendly, but to the point.”",
                "Add amount, number and deadline yourself. From the second reminder on, "
                "accounting decides, not the assistant.",
            ],
        ),
    ),
)
