from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core_time.models import CHOICES, Measurement
from hub.people.models import Team


class BeginForm(forms.ModelForm):
    class Meta:
        model = Measurement
        fields = ("work", "weekly_hours")
        help_texts: ClassVar = {
            "work": _(
                "It completes the question: “How much of your working time went into …?” For example “conversations "
                "with customers”. To compare later, keep it as it is; other words begin anew."
            ),
            "weekly_hours": _("Of one person, on average. The expectation is calculated with it."),
        }
        error_messages: ClassVar = {
            "work": {"required": _("Say in a few words what your team is there for.")},
        }


class AnswerForm(forms.Form):
    """`percent` of the working day `about`."""

    percent = forms.TypedChoiceField(
        choices=[(str(percent), f"{percent} %") for percent in CHOICES],
        coerce=int,
        error_messages={
            "required": _("Choose one of the shares that are offered."),
            "invalid_choice": _("Choose one of the shares that are offered."),
        },
    )
    about = forms.DateField()


class SkipForm(forms.Form):
    about = forms.DateField()


class CallOffForm(forms.Form):
    name = forms.CharField(max_length=120, label=_("Name of your team"))

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Type “%(name)s”, so that it does not happen by mistake.") % {
            "name": team.name
        }
        self.fields["name"].widget.attrs["autocomplete"] = "off"
