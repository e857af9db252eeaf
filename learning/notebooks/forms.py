"""The forms of notebooks."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.uploads import one_line
from learning.notebooks.models import Notebook, Source


class NotebookForm(forms.ModelForm):
    class Meta:
        model = Notebook
        fields: ClassVar = ["title", "description", "language", "audience", "is_open"]
        widgets: ClassVar = {"description": forms.Textarea(attrs={"rows": 3})}
        error_messages: ClassVar = {"title": {"required": _("Give the notebook a title.")}}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance._state.adding:
            self.fields["language"].initial = user.language

    def clean_title(self) -> str:
        return clean_title(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        owner = self.user if self.instance._state.adding else self.instance.owner
        self.instance.team = None
        if data.get("audience") == Notebook.Audience.TEAM:
            if owner.team is None:
                self.add_error("audience", _("You belong to no team yet. Choose “only me” or “everybody”."))
            self.instance.team = owner.team
        self.instance.site = None
        if data.get("audience") == Notebook.Audience.SITE:
            if owner.team is None:
                self.add_error("audience", _("You belong to no site yet. Choose “only me” or “everybody”."))
            else:
                self.instance.site = owner.team.site
        return data


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Cleans to a list of files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(ManyFilesField, self).clean(file, initial) for file in files]

    def to_python(self, data: Any) -> Any:
        # An empty file is refused with a sentence of its own by the action.
        return data


class SourceForm(forms.Form):
    file = ManyFilesField(label=_("Files"), required=False)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=4_000_000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("file") and not (data.get("text") or "").strip():
            raise forms.ValidationError(_("Choose a file or paste some text."))
        return data


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SourceChangeForm(forms.ModelForm):
    owner = forms.EmailField(
        label=_("Who answers for it"),
        max_length=254,
        help_text=_("The e-mail address of somebody who may read this notebook."),
    )

    class Meta:
        model = Source
        fields: ClassVar = ["title", "valid_from", "valid_until"]
        widgets: ClassVar = {"valid_from": DayInput, "valid_until": DayInput}
        error_messages: ClassVar = {"title": {"required": _("Give the source a title.")}}

    field_order: ClassVar = ["title", "owner", "valid_from", "valid_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].initial = (self.instance.owner or self.instance.added_by).email

    def clean_title(self) -> str:
        return clean_title(self)

    def clean_owner(self) -> User:
        person = User.objects.active().filter(email__iexact=self.cleaned_data["owner"]).first()
        readable = Notebook.objects.filter(pk=self.instance.notebook_id)
        if person is None or not (readable & Notebook.objects.visible_to(person)).exists():
            raise forms.ValidationError(_("Nobody who may read this notebook has this address."))
        return person

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        refuse_end_before_beginning(self, data)
        self.instance.owner = data.get("owner") or self.instance.owner
        return data


class SourceVersionForm(forms.Form):
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=4_000_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    title = forms.CharField(
        label=_("New title"), max_length=200, required=False, help_text=_("Left empty, the title stays.")
    )
    valid_from = forms.DateField(
        label=_("Valid from"),
        required=False,
        widget=DayInput,
        help_text=_("Left empty, it takes over as soon as it is read."),
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=DayInput,
        help_text=_("The last day on which it answers."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        refuse_end_before_beginning(self, data)
        if bool(data.get("file")) == bool((data.get("text") or "").strip()) and not self.errors:
            raise forms.ValidationError(_("Choose a file or paste some text, one of the two."))
        return data


def clean_title(form: forms.BaseForm) -> str:
    """One line; what is nothing but invisible characters counts as left empty."""
    title = one_line(form.cleaned_data["title"])
    if not title:
        raise forms.ValidationError(form.fields["title"].error_messages["required"])
    return title


def refuse_end_before_beginning(form: forms.BaseForm, data: dict[str, Any]) -> None:
    first, last = data.get("valid_from"), data.get("valid_until")
    if first and last and last < first:
        form.add_error("valid_until", _("It would end before it begins. Choose a later last day."))
