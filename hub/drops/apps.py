from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DropsConfig(AppConfig):
    name = "hub.drops"
    verbose_name = _("Door calendars")
