"""The forms of processes."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from challenges.processes.actions import ENDINGS
from challenges.processes.bpmn import PoolRead
from challenges.processes.models import Process
from challenges.processes.templates import KEYS, LANGUAGES
from challenges.processes.variants import offered_roots
from hub.people.models import User


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # refused by the action, with a sentence of its own
        max_length=255,
        help_text=_("A drawing in BPMN 2.0 (.bpmn), or a table of steps (.csv)."),
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    title = forms.CharField(
        label=_("Title"), max_length=160, required=False, help_text=_("Left empty, the file's own is taken.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=Process._meta.get_field("language").choices,
        help_text=_("The one in which the steps are named."),
    )
    audience = forms.ChoiceField(
        label=_("Who may see it"),
        choices=Process.Audience.choices,
        initial=Process.Audience.PRIVATE,
    )


class TemplateForm(forms.Form):
    template = forms.ChoiceField(choices=[(key, key) for key in KEYS])
    language = forms.ChoiceField(choices=[(language, language) for language in LANGUAGES])


class ProcessForm(forms.ModelForm):
    """`deputy` is named by e-mail; who is nobody and who has left are the same."""

    deputy = forms.EmailField(
        label=Process._meta.get_field("deputy").verbose_name,
        help_text=_(
            "E-mail address of whoever approves it in bets in your place: while you are away, and whenever you take "
            "part yourself."
        ),
        required=False,
    )

    class Meta:
        model = Process
        fields: ClassVar = ["title", "language", "audience", "site", "variant_of", "deputy"]
        error_messages: ClassVar = {
            "title": {"required": _("Give the process a title.")},
            "site": {"invalid_choice": _("There is no such site.")},
            "variant_of": {"invalid_choice": _("Choose a process that is not a variant itself.")},
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].empty_label = _("everywhere, or it does not matter")
        self.fields["variant_of"].queryset = offered_roots(self.instance, user)
        self.fields["variant_of"].label_from_instance = lambda process: process.called
        self.fields["variant_of"].empty_label = _("none")
        self.initial["deputy"] = self.instance.deputy.email if self.instance.deputy_id else ""

    def clean_deputy(self) -> User | None:
        address = self.cleaned_data["deputy"]
        if not address:
            return None
        person = User.objects.active().filter(email__iexact=address).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        if person.pk == self.instance.owner_id:
            raise forms.ValidationError(_("Name somebody else: you are the owner."))
        return person


class PoolsForm(forms.Form):
    pools = forms.MultipleChoiceField(
        label=_("Which pools belong to your company?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one of the pools in this drawing.")},
    )

    def __init__(self, pools: Sequence[PoolRead], data: Any = None) -> None:
        own = [pool.key for pool in pools if pool.counts]
        super().__init__(data, initial={"pools": own})
        self.fields["pools"].choices = [(pool.key, _called(pool)) for pool in pools]


def _called(pool: PoolRead) -> str:
    count = len(pool.element_ids)
    sentence = ngettext("%(name)s: %(n)s step", "%(name)s: %(n)s steps", count)
    return sentence % {"name": pool.name or _("Without a name"), "n": count}
