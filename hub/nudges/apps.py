from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NudgesConfig(AppConfig):
    name = "hub.nudges"
    verbose_name = _("Tips")

    def ready(self) -> None:
        from hub.notices.kinds import register_kind
        from hub.notices.letters import Writer, register_writer
        from hub.nudges.openings import openings
        from hub.nudges.retelling import tip_from_story
        from hub.nudges.sending import gather_tips, is_told, tips_sent, write_tips
        from hub.people.access import is_content_owner
        from hub.stories.copies import register_copy

        register_copy("tip", _("Make a tip of it"), tip_from_story, may=is_content_owner)
        register_kind("tip", _("A tip for you: %(title)s"), by_mail=False, explained_at="#why")
        register_kind("tip_review_due", _("The day has come to look at the tip “%(title)s” again."))
        register_writer(
            "tips",
            Writer(
                write=write_tips, gather=gather_tips, all_sent=tips_sent, is_told=is_told, openings=openings
            ),
        )
