from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionConfig(AppConfig):
    name = "hub.adoption"
    verbose_name = _("Adoption")

    def ready(self) -> None:
        from hub.adoption.saved.sending import KIND
        from hub.notices.kinds import register_kind

        register_kind(KIND, _("%(name)s: %(finding)s"), details="lines")
        register_kind(
            "rules_proposed", _("Other rules for the reports of %(entity)s wait for your side's answer.")
        )
        register_kind(
            "rules_confirmed", _("The rules you proposed for the reports of %(entity)s were confirmed.")
        )
        register_kind(
            "rules_refused", _("The rules you proposed for the reports of %(entity)s were refused.")
        )
        register_kind(
            "rules_withdrawn", _("The rules proposed for the reports of %(entity)s were withdrawn.")
        )
