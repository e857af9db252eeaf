from typing import Any, ClassVar

from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.nudges.models import Tip
from hub.trials.models import Trial


class TipChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, tip: Tip) -> str:
        return tip.text.title


class TrialForm(forms.ModelForm):
    """A tip that is shown and has no trial running; the design and the length have their reasons beside them."""

    tip = TipChoiceField(label=_("Tip"), queryset=Tip.objects.none(), empty_label=_("Choose a tip"))

    class Meta:
        model = Trial
        fields: ClassVar = ["tip", "design", "weeks"]
        widgets: ClassVar = {"design": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = Trial.objects.filter(tip=OuterRef("pk"), status=Trial.Status.RUNNING)
        shown = Tip.objects.active(timezone.localdate()).filter(~Exists(running))
        self.fields["tip"].queryset = shown.prefetch_related("texts")
