"""The forms of whoever takes part: the process, the readiness check, the people beside one."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.contests.models import Baseline, Entry, Partaking
from challenges.processes.models import Process
from hub.people.models import User


class EntryForm(forms.Form):
    process = forms.ModelChoiceField(
        label=_("Your process"),
        queryset=Process.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the process that you take steps out of."),
            "invalid_choice": _("There is nothing here, or it is not shared with you."),
        },
    )

    team_name = forms.CharField(
        label=_("Name of your team"),
        help_text=_("Empty: you take part alone. You add the others afterwards."),
        required=False,
        max_length=Entry._meta.get_field("team_name").max_length,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = Process.objects.visible_to(user)


class ReadinessForm(forms.ModelForm):
    """What has to be true before AI touches a process."""

    class Meta:
        model = Baseline
        fields: ClassVar = ["data_source", "keeps_data", "is_stable"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data_source"].required = True
        self.fields["data_source"].error_messages["required"] = _("Say where the numbers come from.")


class SendBackForm(forms.Form):
    words = forms.CharField(
        label=_("What is missing"),
        max_length=Baseline._meta.get_field("sent_back").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what is missing.")},
    )


class PartakingForm(forms.Form):
    """Somebody is named by e-mail; who is nobody and who has left are the same."""

    email = forms.EmailField(
        label=_("E-mail address"), error_messages={"required": _("Write an e-mail address.")}
    )
    part = forms.ChoiceField(
        label=_("As what"), choices=Partaking.Part.choices, initial=Partaking.Part.MEMBER
    )

    def clean_email(self) -> User:
        person = User.objects.active().filter(email__iexact=self.cleaned_data["email"]).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return person
