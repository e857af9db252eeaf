"""The forms of a tool in the register, of asking for one and of the answer; pages and API accept the same."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.ai.models import LONGEST_ANSWER, LONGEST_PURPOSE, AISystem, DataClass, ToolRequest
from hub.people.models import User
from hub.uploads import one_line

ANOTHER_TOOL = "other"
ONE_LINE = ("name_de", "name_en", "provider")


def page_address(link: str) -> str:
    """Only what a browser opens as a page. Raises ValidationError."""
    if link and urlsplit(link).scheme not in {"http", "https"}:
        raise forms.ValidationError(_("Give an address that begins with https:// or http://."))
    return link


class ToolForm(forms.ModelForm):
    link = forms.URLField(
        label=_("Where it is opened"),
        required=False,
        # A browser's own check would refuse an address without its https://, which is added here.
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "autocomplete": "off"}),
        max_length=300,
        assume_scheme="https",
        help_text=_("A lab offers it as a button."),
    )

    owner = forms.EmailField(
        label=_("Who to ask (e-mail)"),
        required=False,
        help_text=_("Whoever knows the tool here. Without a name, people ask the administrators."),
    )

    class Meta:
        model = AISystem
        fields: ClassVar = [
            "name_de",
            "name_en",
            "provider",
            "link",
            "data_class",
            "purpose_de",
            "purpose_en",
            "owner",
        ]
        labels: ClassVar = {
            "name_de": _("Name in German"),
            "name_en": _("Name in English"),
            "purpose_de": _("What it is good for, in German"),
            "purpose_en": _("What it is good for, in English"),
        }
        help_texts: ClassVar = {
            "name_en": _("Leave it empty if it is the same."),
            "data_class": _("The most delicate data that may go in; anything less delicate may too."),
            "purpose_en": _("Leave it empty and the German text is shown."),
        }
        widgets: ClassVar = {
            "purpose_de": forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_PURPOSE}),
            "purpose_en": forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_PURPOSE}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name_en", "purpose_de", "purpose_en"):
            self.fields[name].required = False
        self.initial["owner"] = self.instance.owner.email if self.instance.owner_id else ""

    def clean_owner(self) -> User | None:
        address, named = self.cleaned_data["owner"], self.instance.owner
        if not address:
            return None
        if named and named.email.lower() == address.lower():
            return named
        person = User.objects.active().filter(email__iexact=address).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return person

    def clean_link(self) -> str:
        return page_address(self.cleaned_data["link"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name in ("purpose_de", "purpose_en"):
            if len(given.get(name) or "") > LONGEST_PURPOSE:
                self.add_error(name, _("That is too long."))
        for name in ONE_LINE:
            given[name] = one_line(given.get(name) or "")
        for kind in ("name", "purpose"):
            given[f"{kind}_en"] = given.get(f"{kind}_en") or given.get(f"{kind}_de", "")
        if not given["name_de"] and "name_de" not in self.errors:
            self.add_error("name_de", _("Give the tool a name."))
        return given


class QuestionForm(forms.Form):
    """May I put this into that? What does not exist is left out, not refused."""

    tool = forms.ChoiceField(label=_("Tool"), required=False)
    data = forms.ChoiceField(label=_("Kind of data"), required=False)

    def __init__(self, *args: Any, tools: list[AISystem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(tool.slug, tool.name) for tool in tools]
        self.fields["tool"].choices = [
            ("", _("all tools")),
            *named,
            (ANOTHER_TOOL, _("one that is not in the list")),
        ]
        self.fields["data"].choices = [("", _("every kind")), *DataClass.choices]

    def wishes(self) -> tuple[str, str]:
        """(tool, kind of data), each "" where it was not chosen."""
        self.is_valid()
        return self.cleaned_data.get("tool", ""), self.cleaned_data.get("data", "")


class ToolRequestForm(forms.ModelForm):
    link = forms.URLField(
        label=_("Where one reads about it"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "autocomplete": "off"}),
        max_length=300,
        assume_scheme="https",
    )

    class Meta:
        model = ToolRequest
        fields: ClassVar = ["tool", "purpose", "data_class", "link"]
        labels: ClassVar = {
            "tool": _("Which tool"),
            "purpose": _("What you need it for"),
            "data_class": _("What is to go in"),
        }
        help_texts: ClassVar = {
            "tool": _("Its name is enough."),
            "purpose": _(
                "In a sentence or two: the work, and what is tedious about it. Everybody can read it."
            ),
        }
        widgets: ClassVar = {
            "purpose": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_PURPOSE}),
        }
        error_messages: ClassVar = {
            "tool": {"required": _("Name the tool.")},
            "purpose": {"required": _("Say what you need it for: that decides.")},
        }

    def clean_tool(self) -> str:
        tool = one_line(self.cleaned_data["tool"])
        if not tool:
            raise forms.ValidationError(self.fields["tool"].error_messages["required"])
        return tool

    def clean_purpose(self) -> str:
        return self.cleaned_data["purpose"].replace("\r\n", "\n")

    def clean_link(self) -> str:
        return page_address(self.cleaned_data["link"])


class AnswerForm(forms.Form):
    is_granted = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Yes, it comes into the list")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no.")},
    )
    text = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_ANSWER}),
        help_text=_("Everybody can read it, with your name. If it is a no: what can be used instead."),
        error_messages={"required": _("Say why, in a sentence: everybody who asked reads it.")},
    )
