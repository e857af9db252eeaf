from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PointsConfig(AppConfig):
    name = "hub.points"
    verbose_name = _("Points")

    def ready(self) -> None:
        from hub.notices.kinds import register_kind

        register_kind("badge_earned", _("You earned a badge: %(name)s."), by_mail=False)
