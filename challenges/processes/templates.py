"""Small processes to begin with, in German and in English: what happens in most companies, in our own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from challenges.processes.steps_csv import StepLine


@dataclass(frozen=True)
class Template:
    key: str
    language: str
    title: str
    description: str
    lines: tuple[StepLine, ...]

    @property
    def lane_count(self) -> int:
        return len({line.lane for line in self.lines})


def _lines(*rows: tuple[str, str, str]) -> tuple[StepLine, ...]:
    return tuple(StepLine(lane, name, kind) for lane, name, kind in rows)


TEMPLATES: Sequence[Template] = (
    Template(
        "order-to-cash",
        "de",
        "Vom Auftrag zum Geldeingang",
        "Order to Cash: von der Bestellung eines Kunden bis zum ausgeglichenen Konto.",
        _lines(
            ("Vertrieb", "Bestellung aus der E-Mail ins System übertragen", "manual"),
            ("Vertrieb", "Stammdaten und Preise prüfen", "user"),
            ("Kreditprüfung", "Kreditrahmen des Kunden prüfen", "user"),
            ("Disposition", "Verfügbarkeit prüfen", "user"),
            ("Vertrieb", "Auftrag bestätigen", "send"),
            ("Disposition", "Ware zuteilen und Liefertermin setzen", "user"),
            ("Lager", "Ware kommissionieren", "manual"),
            ("Lager", "Ware verpacken", "manual"),
            ("Lager", "Lieferschein und Versandpapiere drucken", "user"),
            ("Lager", "Warenausgang buchen", "user"),
            ("Buchhaltung", "Rechnung schreiben", "user"),
            ("Buchhaltung", "Rechnung verschicken", "send"),
            ("Buchhaltung", "Zahlungseingang zuordnen", "manual"),
            ("Buchhaltung", "Offene Posten anmahnen", "user"),
        ),
    ),
    Template(
        "order-to-cash",
        "en",
        "From order to cash",
        "Order to cash: from a customer's order to the settled account.",
        _lines(
            ("Sales", "Copy the order from the mail into the system", "manual"),
            ("Sales", "Check master data and prices", "user"),
            ("Credit control", "Check the customer's credit limit", "user"),
            ("Planning", "Check availability", "user"),
            ("Sales", "Confirm the order", "send"),
            ("Planning", "Allocate goods and set the delivery date", "user"),
            ("Warehouse", "Pick the goods", "manual"),
            ("Warehouse", "Pack the goods", "manual"),
            ("Warehouse", "Print delivery note and shipping papers", "user"),
            ("Warehouse", "Post the goods issue", "user"),
            ("Accounting", "Write the invoice", "user"),
            ("Accounting", "Send the invoice", "send"),
            ("Accounting", "Match the payment", "manual"),
            ("Accounting", "Remind of open items", "user"),
        ),
    ),
    Template(
        "procure-to-pay",
        "de",
        "Vom Bedarf zur Zahlung",
        "Procure to Pay: vom Wunsch eines Fachbereichs bis zur bezahlten Rechnung.",
        _lines(
            ("Fachbereich", "Bedarf melden", "user"),
            ("Leitung", "Bedarf freigeben", "user"),
            ("Einkauf", "Angebote einholen", "send"),
            ("Einkauf", "Angebote vergleichen und Lieferant auswählen", "manual"),
            ("Einkauf", "Bestellung schreiben und verschicken", "user"),
            ("Einkauf", "Auftragsbestätigung abgleichen", "manual"),
            ("Wareneingang", "Lieferung annehmen und prüfen", "manual"),
            ("Wareneingang", "Wareneingang buchen", "user"),
            ("Buchhaltung", "Rechnung erfassen", "manual"),
            ("Buchhaltung", "Rechnung mit Bestellung und Wareneingang abgleichen", "user"),
            ("Leitung", "Rechnung freigeben", "user"),
            ("Buchhaltung", "Rechnung bezahlen und ablegen", "user"),
        ),
    ),
    Template(
        "procure-to-pay",
        "en",
        "From need to payment",
        "Procure to pay: from a department's need to the paid invoice.",
        _lines(
            ("Department", "Report the need", "user"),
            ("Management", "Approve the need", "user"),
            ("Purchasing", "Ask for quotations", "send"),
            ("Purchasing", "Compare quotations and choose the supplier", "manual"),
            ("Purchasing", "Write and send the purchase order", "user"),
            ("Purchasing", "Compare the order confirmation", "manual"),
            ("Goods receipt", "Accept and inspect the delivery", "manual"),
            ("Goods receipt", "Post the goods receipt", "user"),
            ("Accounting", "Enter the invoice", "manual"),
            ("Accounting", "Match invoice, order and receipt", "user"),
            ("Management", "Approve the invoice", "user"),
            ("Accounting", "Pay and file the invoice", "user"),
        ),
    ),
    Template(
        "travel-expenses",
        "de",
        "Reisekosten abrechnen",
        "Kurz und überall bekannt: von der Rückkehr bis zur Erstattung.",
        _lines(
            ("Reisende", "Belege sammeln und sortieren", "manual"),
            ("Reisende", "Belege einscannen", "manual"),
            ("Reisende", "Abrechnung ausfüllen", "user"),
            ("Leitung", "Abrechnung prüfen und freigeben", "user"),
            ("Reisestelle", "Belege mit der Abrechnung abgleichen", "manual"),
            ("Reisestelle", "Pauschalen und Steuer berechnen", "user"),
            ("Reisestelle", "Rückfragen klären", "send"),
            ("Buchhaltung", "Betrag auszahlen und buchen", "user"),
        ),
    ),
    Template(
        "travel-expenses",
        "en",
        "Settle travel expenses",
        "Short and known everywhere: from coming home to being paid back.",
        _lines(
            ("Traveller", "Collect and sort receipts", "manual"),
            ("Traveller", "Scan the receipts", "manual"),
            ("Traveller", "Fill in the expense report", "user"),
            ("Management", "Check and approve the report", "user"),
            ("Travel desk", "Compare receipts with the report", "manual"),
            ("Travel desk", "Work out allowances and tax", "user"),
            ("Travel desk", "Clear up open questions", "send"),
            ("Accounting", "Pay out and post the amount", "user"),
        ),
    ),
)
LANGUAGES = ("de", "en")
KEYS = tuple(dict.fromkeys(template.key for template in TEMPLATES))


def get_template(key: str, language: str) -> Template | None:
    return next((found for found in TEMPLATES if (found.key, found.language) == (key, language)), None)


def templates_for(language: str) -> list[Template]:
    """Those in the reader's language first."""
    return sorted(TEMPLATES, key=lambda template: template.language != language)
