from django import forms
from django.utils.translation import gettext_lazy as _

from hub.adoption.imports import SOURCES
from hub.adoption.imports.taking import entities_of
from hub.people.models import LegalEntity, User


class UploadForm(forms.Form):
    source = forms.ChoiceField(choices=[(name, source.title) for name, source in SOURCES.items()])
    file = forms.FileField(label=_("Report as CSV"), error_messages={"required": _("Choose a file.")})


class KeyForm(forms.Form):
    name = forms.CharField(label=_("Name of the platform"), max_length=80)
    entity = forms.ModelChoiceField(
        LegalEntity.objects.none(),
        label=_("Company"),
        empty_label=None,
        help_text=_("Only its people are counted."),
    )

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        own = [entity.pk for entity in entities_of(by)]
        self.fields["entity"].queryset = LegalEntity.objects.filter(pk__in=own)
