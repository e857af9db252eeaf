from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "hub.stories"
    verbose_name = _("Stories")

    def ready(self) -> None:
        from hub.notices.kinds import register_kind

        register_kind("hatpin_kudos", _("%(name)s finds your hatpin “%(text)s” helpful."), by_mail=False)
        register_kind("story_kudos", _("%(name)s finds “%(title)s” helpful."), by_mail=False)
