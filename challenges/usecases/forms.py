"""The forms of the idea box; pages and API accept the same."""

from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from challenges.processes.models import Process
from challenges.usecases.actions import WORDS
from challenges.usecases.becoming import outcomes_for
from challenges.usecases.models import LONGEST_BODY, LONGEST_COMMENT, LONGEST_REASON, Comment, UseCase
from hub.people.models import User
from hub.uploads import one_line

# Asks for similar ones while one types; a browser without scripts has a button. `early`: what stood there before.
LOOKING = {
    "hx-get": reverse_lazy("usecases:similar"),
    "hx-trigger": "input changed delay:400ms, early",
    "hx-target": "#similar",
    "hx-sync": "this:replace",
    "autocomplete": "off",
}


class UseCaseForm(forms.ModelForm):
    """Only processes that everybody sees can be chosen: a proposal is for everybody."""

    class Meta:
        model = UseCase
        fields: ClassVar = WORDS
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "body": forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_BODY}),
        }
        labels: ClassVar = {"kind": _("What is it?"), "process": _("Part of which process?")}
        help_texts: ClassVar = {
            "title": _("In one sentence: what is a nuisance, or what should AI do?"),
            "body": _(
                "What happens, how often, and what it costs. No names of colleagues or customers, please."
            ),
            "process": _("Then its owner answers. Leave it empty if you do not know."),
            "is_named": _("Without it the proposal comes from “a colleague”, for whoever answers it too."),
        }
        error_messages: ClassVar = {
            "kind": {"required": _("Say whether it is a nuisance or an idea.")},
            "title": {"required": _("Give your proposal a title.")},
            "body": {"required": _("Describe it in two or three sentences.")},
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = UseCase.Kind.choices
        if self.instance._state.adding:
            self.fields["language"].initial = user.language
            self.fields["title"].widget.attrs.update(LOOKING)
        shared = Process.objects.filter(audience=Process.Audience.COMPANY)
        chosen = self.instance.process_id
        if chosen and not shared.filter(pk=chosen).exists():
            del self.fields["process"]  # it was shared once: it stays, and is not named
        else:
            self.fields["process"].queryset = shared.without_file().select_related("site", "owner")
            self.fields["process"].label_from_instance = lambda process: process.called
            self.fields["process"].empty_label = _("none, or I do not know")

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_body(self) -> str:
        return self.cleaned_data["body"].replace("\r\n", "\n")


class BoxForm(forms.Form):
    """What one looks for in the box. A value that does not exist is left out, not refused."""

    STATES: ClassVar = [
        ("", _("all")),
        ("waiting", _("waiting for an answer")),
        ("overdue", _("overdue answers")),
        ("pilot", _("became a pilot")),
        ("process", _("became a process for a bet")),
        ("no", _("answered with no")),
        ("mine", _("my own")),
        ("for_me", _("for me to answer")),
    ]

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(label=_("Which"), required=False, choices=STATES)
    order = forms.ChoiceField(
        label=_("Order"), required=False, choices=[("", _("most votes first")), ("newest", _("newest first"))]
    )

    def wishes(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields: ClassVar = ["text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_COMMENT})}
        labels: ClassVar = {"text": _("Your comment")}
        error_messages: ClassVar = {"text": {"required": _("Write something first.")}}


class AnswerForm(forms.Form):
    """What it becomes: what is registered and offered to this person, or a no, which needs a reason."""

    answer = forms.ChoiceField(
        label=_("What becomes of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it.")},
    )
    process = forms.ModelChoiceField(
        label=_("An existing process of yours"),
        queryset=Process.objects.none(),
        required=False,
        empty_label=_("begin a new one"),
        help_text=_("Only where it becomes a process for a bet."),
    )
    text = forms.CharField(
        label=_("Reason, or how it goes on"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_REASON}),
        help_text=_("Everybody reads it. A no needs a reason."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(outcome.slug, outcome.label) for outcome in outcomes_for(user)]
        self.fields["answer"].choices = [*offered, (UseCase.Answer.NO, _("Not now, for a reason"))]
        self.fields["process"].queryset = Process.objects.filter(owner=user).without_file()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("answer") == UseCase.Answer.NO and not values.get("text", "").strip():
            self.add_error("text", _("Say why not: whoever proposed it reads your reason."))
        return values


class HideForm(forms.Form):
    reason = forms.CharField(max_length=200)
