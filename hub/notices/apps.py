from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "hub.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from hub.jobs import register_sweep
        from hub.notices.delivering import NOTICES
        from hub.notices.letters import register_writer
        from hub.notices.tasks import wake_deliveries

        register_writer("own", NOTICES)
        register_sweep(wake_deliveries)
