"""The form of a tip, both languages at once; page and API accept the same. Nothing that it names is fetched."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.ai.models import AISystem
from hub.nudges.authoring import unlinked_kinds
from hub.nudges.models import LANGUAGES, Tip, TipText
from hub.nudges.patterns import checked
from hub.nudges.vocabulary import Moment, RoleGroup
from hub.refusals import Refusal
from hub.uploads import one_line

LONGEST_BODY = 900
LONGEST_STEP = 300
MOST_STEPS = 6
MOST_LINES = 200
WORDS = ("title", "body", "steps", "saves_source")


class LinesField(forms.Field):
    """A list as one line each; the API may give a list."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        if len(lines) > MOST_LINES or not all(isinstance(line, str) for line in lines):
            raise ValidationError(_("Give one entry a line."))
        return [line for line in (one_line(line) for line in lines) if line]


class SystemField(forms.ModelChoiceField):
    def label_from_instance(self, system: AISystem) -> str:
        return system.name


class ToolsForm(forms.Form):
    """For the tips as they came with the hub: which of the company's AI tools each kind is done with. No fields where
    there is nothing to link.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tools = AISystem.objects.tools()
        for kind, count in unlinked_kinds() if tools.exists() else ():
            label = f"{Tip.Tool(kind).label} ({count})"
            field = SystemField(tools, label=label, required=False, empty_label=_("none of them"))
            self.fields[kind] = field


class TipForm(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        label=_("Whom it helps"),
        choices=RoleGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all of them out if it helps everybody."),
    )
    moments = forms.MultipleChoiceField(
        label=_("When it fits"),
        choices=Moment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pages = LinesField(
        label=_("Pages on which it is offered"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_(
            "One a line, such as https://crm.example.com/offers/*. Everybody may read this list, "
            "so no address that is itself a secret."
        ),
    )
    # A browser's own check would refuse an address without its https://, which is added here.
    link = forms.CharField(
        label=_("Link to do it now"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "autocomplete": "off"}),
        help_text=_("Straight to the place in the tool. Without one, the tool's own link is used."),
    )
    system = SystemField(
        label=_("AI system of the register"),
        queryset=AISystem.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("The tip then says which data may go in."),
    )

    class Meta:
        model = Tip
        fields: ClassVar = [
            "is_active",
            "area",
            "tool",
            "minutes",
            "saves_minutes",
            "roles",
            "moments",
            "system",
            "link",
            "pages",
            "valid_from",
            "valid_until",
            "review_on",
        ]
        labels: ClassVar = {
            "is_active": _("In use: everybody finds it"),
            "area": _("Field of work"),
            "tool": _("Where"),
            "minutes": _("Minutes it takes"),
            "saves_minutes": _("Minutes it typically saves"),
            "valid_from": _("Valid from"),
            "valid_until": _("Valid up to and including"),
            "review_on": _("Look at it again on"),
        }
        help_texts: ClassVar = {
            "minutes": _("Two at most, or it is no tip but a project."),
            "saves_minutes": _("Each time. Leave it empty if you cannot tell."),
            "review_on": _("From that day on it is listed as to be looked at again."),
        }
        widgets: ClassVar = {
            "minutes": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 60}),
            "saves_minutes": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 480}),
            **{
                name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                for name in ("valid_from", "valid_until", "review_on")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Q(is_allowed=True) | Q(is_own=True) | Q(pk=self.instance.system_id)
        self.fields["system"].queryset = AISystem.objects.filter(known)
        texts = {}
        if not self.instance._state.adding:
            texts = {text.language: text for text in self.instance.texts.all()}
        for language, _label in LANGUAGES:
            self._add_words(language, texts.get(language))

    def _add_words(self, language: str, text: TipText | None) -> None:
        more = {"lang": language}
        fields = {
            "title": forms.CharField(
                label=_("Title"), max_length=120, widget=forms.TextInput(attrs={**more, "maxlength": 120})
            ),
            "body": forms.CharField(
                label=_("What it is good for"),
                max_length=LONGEST_BODY,
                widget=forms.Textarea(attrs={**more, "rows": 4, "maxlength": LONGEST_BODY}),
                help_text=_("Read in half a minute. Say which data stays out."),
            ),
            "steps": LinesField(
                label=_("Steps"),
                widget=forms.Textarea(attrs={**more, "rows": 4}),
                help_text=_("One a line, three are best."),
            ),
            "saves_source": forms.CharField(
                label=_("Where the saving is from"),
                max_length=200,
                widget=forms.TextInput(attrs={**more, "maxlength": 200}),
                help_text=_("A study or your own measurement. Leave it empty for an estimate."),
            ),
        }
        for name, field in fields.items():
            field.required = False
            field.initial = getattr(text, name, [] if name == "steps" else "")
            self.fields[f"{name}_{language}"] = field

    def clean_link(self) -> str:
        link = self.cleaned_data["link"].strip()
        if not link:
            return ""
        if ":" not in link.split("/")[0]:
            link = f"https://{link}"
        try:
            URLValidator(schemes=["https"])(link)
            is_good = "@" not in urlsplit(link).netloc
        except ValidationError:
            is_good = False
        if not is_good:
            raise ValidationError(_("Give an address that begins with https://."))
        return link

    def clean_pages(self) -> list[str]:
        try:
            return checked(self.cleaned_data["pages"])
        except Refusal as refusal:
            raise ValidationError(str(refusal.message)) from refusal

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        since, until = given.get("valid_from"), given.get("valid_until")
        if since and until and since > until:
            self.add_error("valid_until", _("It would end before it begins."))
        if given.get("saves_minutes") == 0:
            self.add_error("saves_minutes", _("Leave it empty if it saves no time."))
        written = [language for language, _label in LANGUAGES if self._check_words(language, given)]
        if not written and not self.errors:
            self.add_error(
                "title_de", _("Write it in at least one language: a title and what it is good for.")
            )
        return given

    def _check_words(self, language: str, given: dict[str, Any]) -> bool:
        """Whether the tip has words in this language."""
        for name in ("title", "saves_source"):
            given[f"{name}_{language}"] = one_line(given.get(f"{name}_{language}") or "")
        given[f"body_{language}"] = (given.get(f"body_{language}") or "").replace("\r\n", "\n").strip()
        steps = given.get(f"steps_{language}") or []
        if len(steps) > MOST_STEPS:
            self.add_error(f"steps_{language}", _("Six steps at most; fewer are better."))
        if any(len(step) > LONGEST_STEP for step in steps):
            self.add_error(f"steps_{language}", _("One of the steps is too long: 300 characters at most."))
        is_begun = any(given.get(f"{name}_{language}") for name in WORDS)
        for name, sentence in (
            ("title", _("Give the tip a title.")),
            ("body", _("Say what the tip is good for.")),
        ):
            key = f"{name}_{language}"
            if is_begun and not given[key] and key not in self.errors:
                self.add_error(key, sentence)
        return is_begun

    def words(self) -> dict[str, dict[str, Any] | None]:
        """For each language its words, or None for a language without any."""
        found: dict[str, dict[str, Any] | None] = {}
        for language, _label in LANGUAGES:
            text = {name: self.cleaned_data[f"{name}_{language}"] or "" for name in WORDS}
            found[language] = {**text, "steps": text["steps"] or []} if text["title"] else None
        return found
