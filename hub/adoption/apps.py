from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionConfig(AppConfig):
    name = "hub.adoption"
    verbose_name = _("Adoption")

    def ready(self) -> None:
        from hub.adoption.saved.sending import KIND
        from hub.notices.kinds import register_kind

        register_kind(KIND, _("%(name)s: %(finding)s"), details="lines")
