"""The forms behind the seal."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from challenges.contests.deputies import REFEREES_ONLY, offered_to
from challenges.contests.models import Challenge
from challenges.processes.models import MOST_MINUTES
from hub.people.models import User


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
        help_text=_("Needed where you do not accept it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    based_on = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("decision") == "refuse" and not data.get("reason"):
            self.add_error("reason", _("Say why, so that the contestant knows what is missing."))
        return data

    @property
    def as_decision(self) -> dict[str, Any]:
        """Keyword arguments of `deciding.decide`."""
        return {
            "is_confirmed": self.cleaned_data["decision"] == "confirm",
            "reason": self.cleaned_data["reason"],
            "based_on": self.cleaned_data["based_on"] or None,
        }


class HoursForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("confirm", _("Confirm")), ("refuse", _("Do not confirm"))],
        error_messages={
            "required": _("Choose: confirm or do not confirm."),
            "invalid_choice": _("Choose: confirm or do not confirm."),
        },
    )
    saved_minutes = forms.FloatField(
        label=_("Minutes saved a case"),
        help_text=_("Needed to confirm."),
        required=False,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MINUTES)],
    )
    words = forms.CharField(
        label=_("Your words to the contestant"),
        help_text=_("Needed where you do not confirm."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        confirms = data.get("decision") == "confirm"
        if confirms and data.get("saved_minutes") is None and "saved_minutes" not in self.errors:
            self.add_error("saved_minutes", _("Say how many minutes a case you confirm."))
        if data.get("decision") == "refuse" and not data.get("words"):
            self.add_error("words", _("Say why, so that the contestant knows what is missing."))
        return data

    @property
    def as_decision(self) -> dict[str, Any]:
        """Keyword arguments of `deciding.decide_hours`."""
        confirms = self.cleaned_data["decision"] == "confirm"
        return {
            "saved_minutes": self.cleaned_data["saved_minutes"] if confirms else None,
            "words": self.cleaned_data["words"],
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why.")},
    )


class BreakForm(ReasonForm):
    """Why a seal should be broken; stands at the seal once it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Everybody reads this once the seal is broken. Name no person.")


class PublicReasonForm(ReasonForm):
    """What everybody reads in the ledger."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Everybody reads this in the ledger. Say what came back, and name no person."
        )


class RefereesDeputyForm(forms.Form):
    deputy = forms.ModelChoiceField(
        label=_("Your deputy in this bet"),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose who stands in for you."), "invalid_choice": REFEREES_ONLY},
    )

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = offered_to(challenge)


class HoursDeputyForm(forms.Form):
    """Somebody is named by e-mail; who is nobody and who has left are the same. Empty names nobody."""

    email = forms.EmailField(
        label=_("E-mail address of your deputy"), required=False, help_text=_("Empty: nobody stands in.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        address = data.get("email")
        data["deputy"] = User.objects.active().filter(email__iexact=address).first() if address else None
        if address and data["deputy"] is None:
            self.add_error("email", _("Nobody here has this address."))
        return data
