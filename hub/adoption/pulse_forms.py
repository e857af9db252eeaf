from django import forms
from django.utils.translation import gettext_lazy as _

from hub.adoption.models.pulse import Question
from hub.adoption.pulse import ANSWERS

SCALE = [(str(number), str(number)) for number in ANSWERS]


class PulseForm(forms.Form):
    confidence = forms.TypedChoiceField(
        label=Question.CONFIDENCE.label,
        choices=SCALE,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer both questions with a number from 1 to 5.")},
    )
    worry = forms.TypedChoiceField(
        label=Question.WORRY.label,
        choices=SCALE,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer both questions with a number from 1 to 5.")},
    )
