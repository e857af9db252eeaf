from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AiConfig(AppConfig):
    name = "hub.ai"
    verbose_name = _("AI systems")

    def ready(self) -> None:
        from hub.notices.kinds import register_kind

        register_kind("tool_requested", _("%(name)s asks for a tool: “%(tool)s”."))
        register_kind("tool_granted", _("“%(tool)s” was granted."))
        register_kind("tool_refused", _("“%(tool)s” was not granted. The answer says why."))
        register_kind(
            "tool_request_similar",
            _("“%(tool)s” is asked for, for something that “%(existing)s” is for as well."),
            by_mail=False,
        )
        register_kind(
            "tool_duplicate",
            _("“%(tool)s” is new in the list, for something that “%(existing)s” is for as well."),
            by_mail=False,
        )
