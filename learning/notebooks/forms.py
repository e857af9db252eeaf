"""The forms of notebooks."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.notebooks.models import Notebook


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

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        owner = self.user if self.instance._state.adding else self.instance.owner
        self.instance.team = None
        if data.get("audience") == Notebook.Audience.TEAM:
            if owner.team is None:
                self.add_error("audience", _("You belong to no team yet. Choose “only me” or “everybody”."))
            self.instance.team = owner.team
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


class QuestionForm(forms.Form):
    question = forms.CharField(label=_("Your question"), max_length=2000)
