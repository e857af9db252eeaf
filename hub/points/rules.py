"""What earns points, in one table. A changed number counts from then on; entries keep what they were given.

Points are given for what a person did with others or made for others, never for a mere click.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Rule:
    name: str
    points: int
    title: str | Promise


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("attended", 10, _("Attended a DEAL hour")),
        Rule("comeback", 5, _("Came back to the DEAL hour")),
        Rule("facilitated", 15, _("Ran a DEAL hour")),
        Rule("eliminated_step", 20, _("Eliminated a process step")),
        Rule("shared_story", 5, _("Shared a success story with colleagues")),
        Rule("shared_source", 3, _("Shared a source with colleagues")),
    )
}
