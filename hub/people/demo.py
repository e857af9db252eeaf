"""The demo company's accounts: shown on the sign-in page and printed at start, only where the demo was loaded."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.people.models import User

DEMO_PASSWORD = "Spazierfahrt-1888"
DEMO_DOMAIN = "hatpin.example"


@dataclass(frozen=True)
class DemoAccount:
    email: str
    role: str | Promise
    password: str = DEMO_PASSWORD


CAST = (
    DemoAccount(f"emma.lindner@{DEMO_DOMAIN}", _("employee")),
    DemoAccount(f"farid.nassar@{DEMO_DOMAIN}", _("facilitator and content owner")),
    DemoAccount(f"bertha.ringer@{DEMO_DOMAIN}", _("executive")),
    DemoAccount(f"hanna.weiss@{DEMO_DOMAIN}", _("HR")),
    DemoAccount(f"walter.kern@{DEMO_DOMAIN}", _("works council")),
    DemoAccount(f"ada.miller@{DEMO_DOMAIN}", _("administrator, in English")),
    DemoAccount(f"carl.brandt@{DEMO_DOMAIN}", _("executive and contestant")),
    DemoAccount(f"ruth.vogel@{DEMO_DOMAIN}", _("referee")),
    DemoAccount(f"selma.arndt@{DEMO_DOMAIN}", _("second referee, for appeals and second looks")),
    DemoAccount(f"viktor.haller@{DEMO_DOMAIN}", _("controller, confirms hours")),
)


def demo_accounts() -> list[DemoAccount]:
    """Those of the cast that exist here; empty on every site without the demo. One query."""
    there = set(
        User.objects.active()
        .filter(email__in=[account.email for account in CAST])
        .values_list("email", flat=True)
    )
    return [account for account in CAST if account.email in there]
