from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hub.embeds.origins import LONGEST, origin_of
from hub.nudges.forms import ANSWERS
from hub.refusals import Refusal

MOST_RIVALS = 200
SEEN = "seen"


class OriginForm(forms.Form):
    origin = forms.CharField(
        label=_("Address of the page"),
        max_length=LONGEST,
        help_text=_("Any page of it will do, such as https://intranet.example.com/start. Only https."),
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_origin(self) -> str:
        try:
            return origin_of(self.cleaned_data["origin"], with_loopback=settings.IS_LOOPBACK)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal


class AnswerForm(forms.Form):
    """What a page sends: a tip, that it was seen or what was said, and among which that fit alike it was drawn."""

    tip = forms.UUIDField()
    response = forms.ChoiceField(choices=[(SEEN, SEEN), *ANSWERS])
    rivals = forms.JSONField(required=False)

    def clean_rivals(self) -> list[UUID]:
        given = self.cleaned_data["rivals"] or []
        if not isinstance(given, list) or len(given) > MOST_RIVALS:
            raise forms.ValidationError("rivals")
        return [forms.UUIDField().clean(one) for one in given]
