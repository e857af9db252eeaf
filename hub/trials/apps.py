from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrialsConfig(AppConfig):
    name = "hub.trials"
    verbose_name = _("Trials of tips")

    def ready(self) -> None:
        from hub.nudges.withheld import register_withheld
        from hub.trials.holding import held_back, on_trial

        register_withheld(held_back, on_trial)
