"""The form with which somebody asks the room."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.hours.models import RoomQuestion


class QuestionForm(forms.ModelForm):
    class Meta:
        model = RoomQuestion
        fields: ClassVar = ["text", "is_named"]
        labels: ClassVar = {"text": _("Your question to the room")}
        widgets: ClassVar = {"text": forms.TextInput(attrs={"autocomplete": "off"})}
        error_messages: ClassVar = {"text": {"required": _("Write your question first.")}}
