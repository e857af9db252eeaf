"""The forms of tips; pages and API accept the same."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.nudges.models import Nudge, Tip

UNDO = "none"
ANSWERS = [*Nudge.Response.choices, (UNDO, _("Take the answer back"))]


class ResponseForm(forms.Form):
    response = forms.ChoiceField(
        choices=ANSWERS,
        error_messages={
            "required": _("Say what you think of the tip: tried it, later, or not for me."),
            "invalid_choice": _("Answer with tried, later, not_for_me, or none to take it back."),
        },
    )

    def clean_response(self) -> str:
        response = self.cleaned_data["response"]
        return "" if response == UNDO else response


class LibraryForm(forms.Form):
    """What one looks for in the library. A value that does not exist is left out, not refused."""

    class Mine:
        TRIED, LATER, ASIDE = "tried", "later", "aside"

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    tool = forms.ChoiceField(label=_("Where"), required=False)
    mine = forms.ChoiceField(label=_("Which"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        self.fields["tool"].choices = [("", _("everywhere")), *Tip.Tool.choices]
        self.fields["mine"].choices = [
            ("", _("all tips")),
            (self.Mine.TRIED, _("those I tried")),
            (self.Mine.LATER, _("those I put off")),
            (self.Mine.ASIDE, _("those that are not for me")),
        ]

    def wishes(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("q", "tool", "mine")}
