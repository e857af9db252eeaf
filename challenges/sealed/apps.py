from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealedConfig(AppConfig):
    name = "challenges.sealed"
    verbose_name = _("Sealed")

    def ready(self) -> None:
        from challenges.contests.approving import register_conflicts
        from challenges.contests.entering import register_insiders
        from challenges.sealed.breaking import has_seen
        from challenges.sealed.opening import wake_openings
        from challenges.sealed.partiality import has_declared
        from hub.jobs import register_sweep

        register_insiders(has_seen)
        register_conflicts(has_declared)
        register_sweep(wake_openings)
