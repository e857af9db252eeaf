"""The referee's form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("confirm", _("Confirm")), ("refuse", _("Do not accept"))],
        error_messages={
            "required": _("Choose: confirm or do not accept."),
            "invalid_choice": _("Choose: confirm or do not accept."),
        },
    )
    reason = forms.CharField(
        label=_("Your words to the contestant"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("decision") == "refuse" and not data.get("reason"):
            self.add_error("reason", _("Say why, so that the contestant knows what is missing."))
        return data

    @property
    def as_decision(self) -> dict[str, Any]:
        """Keyword arguments of `actions.decide`."""
        return {
            "is_confirmed": self.cleaned_data["decision"] == "confirm",
            "reason": self.cleaned_data["reason"],
        }
