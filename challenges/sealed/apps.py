from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealedConfig(AppConfig):
    name = "challenges.sealed"
    verbose_name = _("Sealed")

    def ready(self) -> None:
        from challenges.contests.approving import register_conflicts
        from challenges.contests.entering import register_insiders
        from challenges.processes.consent import register_lanes_listener
        from challenges.sealed.breaking import has_seen
        from challenges.sealed.opening import wake_openings
        from challenges.sealed.partiality import has_declared
        from challenges.sealed.revealing import publish_process_anew
        from challenges.sealed.show import plan_process_anew
        from hub.jobs import register_sweep

        register_insiders(has_seen)
        register_conflicts(has_declared)
        register_lanes_listener(publish_process_anew)
        register_lanes_listener(plan_process_anew)
        register_sweep(wake_openings)
