"""The forms of tips; pages and API accept the same."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.nudges.contexts import LONGEST, place_of
from hub.nudges.models import Nudge, Tip
from hub.nudges.vocabulary import Area, Moment, RoleGroup

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

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    area = forms.ChoiceField(label=_("Field of work"), required=False)
    tool = forms.ChoiceField(label=_("Where"), required=False)
    role = forms.ChoiceField(label=_("For whom"), required=False)
    mine = forms.ChoiceField(label=_("Which"), required=False)
    moment = forms.ChoiceField(label=_("When"), required=False, widget=forms.HiddenInput)
    place = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        self.fields["area"].choices = [("", _("every field")), *Area.choices]
        self.fields["tool"].choices = [("", _("everywhere")), *Tip.Tool.choices]
        self.fields["role"].choices = [("", _("for everybody")), *RoleGroup.choices]
        self.fields["moment"].choices = [("", _("at any time")), *Moment.choices]
        self.fields["mine"].choices = [
            ("", _("all tips")),
            ("favourites", _("my favourites")),
            ("tried", _("those I tried")),
            ("later", _("those I put off")),
            ("resting", _("those that rest")),
            ("aside", _("those that are not for me")),
        ]

    def wishes(self) -> dict[str, str]:
        """A page of the hub that no tip belongs to is left out as well."""
        self.is_valid()
        wishes = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return {**wishes, "place": place_of(wishes["place"])}
