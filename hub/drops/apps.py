from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DropsConfig(AppConfig):
    name = "hub.drops"
    verbose_name = _("Door calendars")

    def ready(self) -> None:
        from hub.drops.filling import promised
        from hub.notices.kinds import register_kind
        from hub.nudges.withheld import register_promised

        register_promised(promised)

        register_kind(
            "named_behind_a_door",
            _(
                "In the calendar “%(title)s” something stands under your name. If that is not right, tell %(author)s."
            ),
        )
