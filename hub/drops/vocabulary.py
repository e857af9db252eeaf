"""What can be behind a door."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    TIP = "tip", _("A tip")
    DARE = "dare", _("A tiny dare")
    FACT = "fact", _("A true story")
    SMILE = "smile", _("To smile at")
    STORY = "story", _("From one of us")
