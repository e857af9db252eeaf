"""The form of a tool in the register; page and API accept the same."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.ai.models import AISystem
from hub.uploads import one_line

LONGEST_PURPOSE = 1000
ONE_LINE = ("name_de", "name_en", "provider")


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

    def clean_link(self) -> str:
        """Only what a browser opens as a page."""
        link = self.cleaned_data["link"]
        if link and urlsplit(link).scheme not in {"http", "https"}:
            raise forms.ValidationError(_("Give an address that begins with https:// or http://."))
        return link

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
