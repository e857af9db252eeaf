"""Names of invented people, and the teams they work in."""

from dataclasses import dataclass

FIRST_DE = (
    "Anna", "Ben", "Clara", "David", "Elif", "Finn", "Greta", "Hakan", "Ida", "Jonas", "Katja", "Leon", "Mira",
    "Nils", "Olga", "Paul", "Ruth", "Samir", "Tina", "Uwe", "Vera", "Wanda", "Yusuf", "Zoe", "Arne", "Birgit",
    "Carsten", "Dilara", "Edith", "Fabian",
)  # fmt: skip
LAST_DE = (
    "Ackermann", "Bauer", "Conrad", "Demir", "Eberle", "Fuchs", "Gärtner", "Haas", "Isele", "Jung", "Köhler", "Lorenz",
    "Maurer", "Neumann", "Özdemir", "Pfeiffer", "Quandt", "Roth", "Schäfer", "Thoma", "Ulrich", "Vogt", "Wenzel",
    "Yıldız", "Zimmermann", "Brandt", "Dietz", "Engel", "Groß", "Heinze",
)  # fmt: skip
FIRST_EN = (
    "Alice",
    "Brian",
    "Chloe",
    "Daniel",
    "Esther",
    "Frank",
    "Grace",
    "Harry",
    "Isla",
    "Jack",
    "Kate",
    "Liam",
    "Maya",
    "Noah",
    "Olivia",
)
LAST_EN = (
    "Archer",
    "Bennett",
    "Carter",
    "Dixon",
    "Ellis",
    "Foster",
    "Gibson",
    "Hughes",
    "Irving",
    "Jarvis",
    "Kelly",
    "Lawson",
    "Morris",
    "Naylor",
    "Owens",
)


@dataclass(frozen=True)
class TeamPlan:
    name: str
    part_of: str
    site: str
    entity: str
    size: int
    family: str


# Of every team some belong to another job family than the rest: the clerk in the works, the engineer in sales.
STRAY_FAMILIES = ("Verwaltung", "Entwicklung", "Vertrieb", "IT")
STRAYS = 7

GMBH, LTD = "Ringer Werke GmbH", "Ringer Works Ltd"
ENTITIES = {GMBH: "DE", LTD: "GB"}
SITES = {
    "Ladenburg": ("DE", "BW", "Europe/Berlin"),
    "Ingolstadt": ("DE", "BY", "Europe/Berlin"),
    "Birmingham": ("GB", "ENG", "Europe/London"),
}
TEAMS = (
    TeamPlan("Geschäftsführung", "", "Ladenburg", GMBH, 8, "Verwaltung"),
    TeamPlan("Vertrieb", "Geschäftsführung", "Ladenburg", GMBH, 16, "Vertrieb"),
    TeamPlan("Vertrieb Innendienst", "Vertrieb", "Ladenburg", GMBH, 28, "Vertrieb"),
    TeamPlan("Vertrieb Außendienst", "Vertrieb", "Ladenburg", GMBH, 24, "Vertrieb"),
    TeamPlan("Einkauf", "Geschäftsführung", "Ladenburg", GMBH, 18, "Einkauf"),
    TeamPlan("Finanzen", "Geschäftsführung", "Ladenburg", GMBH, 22, "Finanzen"),
    TeamPlan("Personal", "Geschäftsführung", "Ladenburg", GMBH, 12, "Personal"),
    TeamPlan("IT", "Geschäftsführung", "Ladenburg", GMBH, 26, "IT"),
    TeamPlan("Marketing", "Geschäftsführung", "Ladenburg", GMBH, 14, "Vertrieb"),
    TeamPlan("Produktion", "Geschäftsführung", "Ingolstadt", GMBH, 60, "Produktion"),
    TeamPlan("Konstruktion", "Geschäftsführung", "Ingolstadt", GMBH, 42, "Entwicklung"),
    TeamPlan("Qualität", "Produktion", "Ingolstadt", GMBH, 20, "Produktion"),
    TeamPlan("Logistik", "Produktion", "Ingolstadt", GMBH, 34, "Produktion"),
    TeamPlan("Kundenservice", "Geschäftsführung", "Ladenburg", GMBH, 18, "Service"),
    TeamPlan("Ringer Works UK", "", "Birmingham", LTD, 9, "Verwaltung"),
    TeamPlan("Sales UK", "Ringer Works UK", "Birmingham", LTD, 21, "Vertrieb"),
    TeamPlan("Operations UK", "Ringer Works UK", "Birmingham", LTD, 30, "Produktion"),
)
