from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmbedsConfig(AppConfig):
    name = "hub.embeds"
    verbose_name = _("Tips on other pages")
