"""Forms of several rows whose order is a number and that can be left empty or crossed out."""

from typing import Any, ClassVar

from django import forms
from django.forms import BaseFormSet
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.utils.translation import gettext_lazy as _


class RowFormSet(BaseFormSet):
    """`names_row` is the field without which a row is empty."""

    names_row: ClassVar = "title"
    ordering_widget = forms.NumberInput(attrs={"min": 1})

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[ORDERING_FIELD_NAME].label = _("Place")
        form.fields[DELETION_FIELD_NAME].label = _("Take it out")

    def rows(self) -> list[dict[str, Any]]:
        """What is to be kept, in its order."""
        return [form.cleaned_data for form in self.ordered_forms if form.cleaned_data.get(self.names_row)]
