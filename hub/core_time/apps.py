from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreTimeConfig(AppConfig):
    name = "hub.core_time"
    verbose_name = _("Core time")

    def ready(self) -> None:
        from hub.notices.kinds import register_kind

        register_kind(
            "core_time_started",
            _(
                "%(team)s measures its core time for two weeks. On four days Today asks each member one voluntary "
                "question; only the team's figure is shown."
            ),
        )
        register_kind(
            "core_time_called_off",
            _("The measurement of the core time of %(team)s was called off. What was answered is deleted."),
            by_mail=False,
        )
        register_kind("core_time_published", _("The core time of %(team)s was measured."), by_mail=False)
