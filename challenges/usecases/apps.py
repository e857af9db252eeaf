from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsecasesConfig(AppConfig):
    name = "challenges.usecases"
    verbose_name = _("Use cases")

    def ready(self) -> None:
        from challenges.usecases.becoming import make_process, register_outcome, sees_process

        register_outcome("process", _("A process for a bet"), make_process, sees=sees_process)
