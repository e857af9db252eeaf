from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.adoption.reports import REPORTS
from hub.disclosure.agreeing import LARGEST
from hub.disclosure.gate import FLOOR
from hub.disclosure.rules import Agreed


class RulesForm(forms.Form):
    """Everything that is agreed at once; all reports crossed means all there are, also future ones only if said so."""

    minimum_group = forms.IntegerField(label=_("Smallest group shown"), max_value=LARGEST)
    minimum_page = forms.IntegerField(label=_("Smallest page shown"), max_value=LARGEST)
    reports = forms.MultipleChoiceField(
        label=_("Reports on the menu"), required=False, widget=forms.CheckboxSelectMultiple
    )
    with_new = forms.BooleanField(label=_("Also every report that is new to the hub"), required=False)
    words = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, agreed: Agreed, **kwargs: Any) -> None:
        reports = list(REPORTS) if agreed.reports is None else list(agreed.reports)
        initial = {
            "minimum_group": agreed.groups.k,
            "minimum_page": agreed.groups.page,
            "reports": reports,
            "with_new": agreed.reports is None,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["reports"].choices = [(report.name, report.title) for report in REPORTS.values()]
        self.fields["minimum_group"].help_text = _("People; never fewer than %(floor)s.") % {"floor": FLOOR}

    def menu(self) -> list[str] | None:
        """The reports, or None for all: those there are, and new ones."""
        chosen = self.cleaned_data["reports"]
        is_all = set(chosen) == set(REPORTS)
        return None if is_all and self.cleaned_data["with_new"] else chosen
