from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HoursConfig(AppConfig):
    name = "learning.hours"
    verbose_name = _("DEAL hours")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from hub.jobs import register_sweep
        from hub.notices.kinds import register_kind
        from hub.notices.reminding import register_reminder
        from hub.people.access import is_facilitator
        from hub.people.moments import register_hours
        from hub.points import facts
        from hub.stories.copies import register_copy
        from hub.stories.places import register_places
        from learning.hours import doors
        from learning.hours.attended import hours_anywhere, hours_of
        from learning.hours.facts import streak_facts
        from learning.hours.inviting import wake_invitations
        from learning.hours.models import CodeAttempt, StudySession
        from learning.hours.posting import wake_unposted
        from learning.hours.reminding import BEFORE_THE_HOUR
        from learning.hours.retelling import hours_seen_by, lab_from_story

        for kind in (StudySession, CodeAttempt):
            for signal in (post_save, post_delete):
                signal.connect(doors.forget, sender=kind, dispatch_uid=f"doors {kind.__name__}")
        register_places("hours", hours_seen_by)
        register_copy("lab", _("Make a lab of it"), lab_from_story, may=is_facilitator)
        register_sweep(wake_invitations)
        register_sweep(wake_unposted)
        register_hours(hours_of, hours_anywhere)
        register_reminder(BEFORE_THE_HOUR)
        facts.register(streak_facts)
        register_kind("session_moved", _("“%(title)s” has a new time%(when)s."))
        register_kind("session_cancelled", _("“%(title)s” was cancelled%(when)s."))
        register_kind("session_handed_over", _("%(name)s asks you to run “%(title)s”."))
        register_kind("session_restored", _("“%(title)s” takes place after all%(when)s."))
