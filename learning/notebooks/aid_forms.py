"""The forms in which one item of an aid is changed; what there is to change depends on its kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.notebooks.aids.drafts import BLANK
from learning.notebooks.models import AidItem

LABELS = {
    "term": (_("Term"), _("What it means")),
    "event": (_("When"), _("What happened")),
    "entry": (_("Question"), _("Answer")),
    "question": (_("Question"), _("Answer")),
    "card": (pgettext_lazy("card", "Front"), pgettext_lazy("card", "Back")),
    "section": (_("Heading"), ""),
    "point": ("", _("Point")),
    "node": (_("Label"), _("What stands behind it")),
    "turn": ("", _("What is said")),
    "cloze": (_("Sentence with one gap ____"), ""),
    "short_answer": (_("Question"), _("Explanation")),
    "multiple_choice": (_("Question"), _("Explanation")),
}


class ItemForm(forms.Form):
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    heading = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    body = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, data: Any = None, *, item: AidItem) -> None:
        initial = {"revision": item.revision, "heading": item.heading, "body": item.body}
        super().__init__(data, initial={**initial, **self.of_data(item)})
        self.item = item
        for name, label in zip(("heading", "body"), LABELS.get(item.kind, ("", _("Text"))), strict=True):
            if label:
                self.fields[name].label = label
            else:
                del self.fields[name]

    def of_data(self, item: AidItem) -> dict[str, Any]:
        return {}

    def data_of(self) -> dict[str, Any]:
        return dict(self.item.data)

    def cleaned(self) -> dict[str, Any]:
        """What `edit_item` takes."""
        values = self.cleaned_data
        return {
            "revision": values["revision"],
            "heading": values.get("heading", self.item.heading),
            "body": values.get("body", self.item.body),
            "data": self.data_of(),
        }

    def renew(self, item: AidItem) -> None:
        """Let the next attempt save over what stands now: the editor has seen it."""
        self.data = {**self.data.dict(), "revision": item.revision}


class AnswerForm(ItemForm):
    """A gap or a short answer: other wordings that count, one a line."""

    answer = forms.CharField(label=_("Right answer"), max_length=200)
    accepted = forms.CharField(
        label=_("Also right"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One wording a line."),
    )

    def of_data(self, item: AidItem) -> dict[str, Any]:
        accepted = [word for word in item.data.get("accepted", []) if word != item.data.get("answer")]
        return {"answer": item.data.get("answer", ""), "accepted": "\n".join(accepted)}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.item.kind == "cloze" and values.get("heading", "").count(BLANK) != 1:
            self.add_error("heading", _("Leave exactly one gap, written as four underscores: ____"))
        return values

    def data_of(self) -> dict[str, Any]:
        answer = self.cleaned_data["answer"].strip()
        lines = [line.strip() for line in self.cleaned_data["accepted"].splitlines() if line.strip()]
        return {**self.item.data, "answer": answer, "accepted": list(dict.fromkeys([answer, *lines]))}


class ChoiceForm(ItemForm):
    """Four options, of which one is right."""

    option_0 = forms.CharField(label=_("Option 1"), max_length=300)
    option_1 = forms.CharField(label=_("Option 2"), max_length=300)
    option_2 = forms.CharField(label=_("Option 3"), max_length=300)
    option_3 = forms.CharField(label=_("Option 4"), max_length=300)
    right = forms.TypedChoiceField(
        label=_("Right is"), coerce=int, choices=[(n, str(n + 1)) for n in range(4)], empty_value=0
    )

    def of_data(self, item: AidItem) -> dict[str, Any]:
        options = {f"option_{n}": option for n, option in enumerate(item.data.get("options", [])[:4])}
        return {**options, "right": item.data.get("right", 0)}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        options = [" ".join(values.get(f"option_{n}", "").casefold().split()) for n in range(4)]
        if all(options) and len(set(options)) < 4:
            raise forms.ValidationError(_("Two options say the same. Make all four different."))
        return values

    def data_of(self) -> dict[str, Any]:
        options = [self.cleaned_data[f"option_{n}"].strip() for n in range(4)]
        return {**self.item.data, "options": options, "right": self.cleaned_data["right"]}


def form_for(item: AidItem, data: Any = None) -> ItemForm:
    kinds = {"cloze": AnswerForm, "short_answer": AnswerForm, "multiple_choice": ChoiceForm}
    return kinds.get(item.kind, ItemForm)(data, item=item)
