"""The forms of stories; pages and API accept the same."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.stories.actions import WORDS
from hub.stories.models import LANGUAGES, LONGEST_LESSON, LONGEST_STORY, MOST_MINUTES, Story
from hub.uploads import one_line

HATPINS = "hatpin"  # beside the kinds of stories
MOST_TOOLS = 60  # that one can choose from


class StoryForm(forms.ModelForm):
    class Meta:
        model = Story
        fields: ClassVar = ("kind", *WORDS)
        widgets: ClassVar = {
            "kind": forms.HiddenInput,
            "body": forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST_STORY}),
            "went_wrong": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_LESSON}),
            "next_time": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_LESSON}),
            "minutes_saved": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": MOST_MINUTES}),
        }
        help_texts: ClassVar = {
            "title": _("In one sentence: what goes better now?"),
            "body": _(
                "What was tedious, what you did, what came out. No names of customers, no personal data."
            ),
            "minutes_saved": _("Your estimate; nobody checks it. Leave it empty if you cannot tell."),
            "is_named": _("Without it the story is told by “a colleague”."),
        }
        error_messages: ClassVar = {
            "title": {"required": _("Give the story a title.")},
            "body": {"required": _("Tell what you did, in two or three sentences.")},
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["language"].initial = user.language
        self.fields["kind"].required = False
        given = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        self.is_failure = (given if self.instance._state.adding else self.instance.kind) == Story.Kind.FAILURE
        if self.is_failure:
            self._ask_for_the_lesson()
        else:
            del self.fields["went_wrong"], self.fields["next_time"]

    def _ask_for_the_lesson(self) -> None:
        """What was tried, what went wrong, what to do next time: nobody is asked for minutes saved."""
        del self.fields["minutes_saved"]
        self.fields["title"].help_text = _("In one sentence: what did not work out?")
        self.fields["body"].label = _("What I tried")
        self.fields["body"].help_text = _(
            "What you wanted, and how you went about it. No names, no personal data."
        )
        self.fields["body"].error_messages["required"] = _("Tell what you tried, in two or three sentences.")
        for name, label, sentence in (
            ("went_wrong", _("What went wrong"), _("Say what went wrong: that is what helps others.")),
            ("next_time", _("What I would do next time"), _("Say what you would do next time.")),
        ):
            self.fields[name].label, self.fields[name].required = label, True
            self.fields[name].error_messages["required"] = sentence

    def clean_kind(self) -> str:
        """What a story is stays as it was begun."""
        return Story.Kind.FAILURE if self.is_failure else Story.Kind.SUCCESS

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_body(self) -> str:
        return self.cleaned_data["body"].replace("\r\n", "\n")

    def clean_tool(self) -> str:
        return one_line(self.cleaned_data["tool"])


def tools_in_use() -> list[str]:
    """The tools that published stories name, each once however it is spelt."""
    named = Story.objects.published().exclude(tool="").order_by("tool").values_list("tool", flat=True)
    spelt: dict[str, str] = {}
    for tool in named.distinct():
        spelt.setdefault(tool.casefold(), tool)
    return sorted(spelt.values(), key=str.casefold)[:MOST_TOOLS]


class LibraryForm(forms.Form):
    """What one looks for in the library. A value that does not exist is left out, not refused."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    tool = forms.ChoiceField(label=_("Tool"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        self.fields["tool"].choices = [("", _("every tool")), *((tool, tool) for tool in tools_in_use())]
        kinds = [*Story.Kind.choices, (HATPINS, _("hatpin"))]
        self.fields["kind"].choices = [("", _("everything")), *kinds]
        self.fields["language"].choices = [("", _("both languages")), *LANGUAGES]
        self.fields["order"].choices = [("", _("newest first")), ("kudos", _("most helpful first"))]

    def wishes(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
