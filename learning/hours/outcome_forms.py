"""The form of what I tried; the page and the API accept the same."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.ai.models import AISystem
from hub.people.models import User
from hub.uploads import one_line
from learning.hours.models import Outcome


def allowed_tools() -> list[str]:
    """Names of the AI register's tools that people may use, to choose from while typing."""
    return sorted((tool.name for tool in AISystem.objects.tools()), key=str.casefold)


class OutcomeForm(forms.ModelForm):
    class Meta:
        model = Outcome
        fields: ClassVar = ["text", "tool", "result", "minutes_saved", "is_shared"]
        widgets: ClassVar = {
            "text": forms.Textarea(attrs={"rows": 3, "maxlength": 400}),
            "tool": forms.TextInput(attrs={"list": "allowed-tools", "autocomplete": "off"}),
            "result": forms.RadioSelect,
            "minutes_saved": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": 2400}),
        }
        labels: ClassVar = {"text": _("In one sentence")}
        help_texts: ClassVar = {
            "minutes_saved": _("Your estimate; nobody checks it. Leave it empty if you cannot tell."),
            "is_shared": _("Everybody invited then reads it on this page. Without it only you do."),
        }
        error_messages: ClassVar = {
            "text": {"required": _("Write in a sentence what you tried.")},
            "result": {"required": _("Say how it went.")},
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="outcome_%s", **kwargs)
        self.fields["result"].choices = Outcome.Result.choices
        if not user.is_executive:
            del self.fields["is_shared"]

    def clean_text(self) -> str:
        text = one_line(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def clean_tool(self) -> str:
        return one_line(self.cleaned_data["tool"])
