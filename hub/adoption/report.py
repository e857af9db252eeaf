"""What a report is: its words and what kind of figure it shows. Where its numbers come from, `snapshot` knows alone."""

from dataclasses import dataclass

from django.utils.functional import Promise

from hub.disclosure.figures import Kind

Text = str | Promise


@dataclass(frozen=True)
class Report:
    """Sentences take %(entity)s, %(figure)s, %(week)s, %(points)s or %(unit)s, as they need them."""

    name: str
    kind: Kind
    title: Text
    definition: Text
    heading: Text  # of the column of figures
    newest: Text  # the newest week (shares), the whole period (sums)
    more: Text = ""
    less: Text = ""
    same: Text = ""
    none: Text = ""  # sums: nothing happened
    none_shown: Text = ""  # sums: nothing among the figures shown, and others are hidden
    first_site: Text = ""  # which of the sites with a name comes first
    first_team: Text = ""
