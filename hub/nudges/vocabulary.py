"""The words by which tips are sorted and found: fields of work, groups of roles, and moments of a working day.

The first two are also words of the preferences, below this area.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.notices.vocabulary import Area, RoleGroup

__all__ = ["Area", "Moment", "RoleGroup"]


class Moment(models.TextChoices):
    BEFORE_CALL = "before_call", _("before a customer call")
    BEFORE_MEETING = "before_meeting", _("before a meeting")
    IN_MEETING = "in_meeting", _("in a meeting")
    AFTER_MEETING = "after_meeting", _("after a meeting")
    LONG_MAIL = "long_mail", _("when a long mail comes in")
    WRITING = "writing", _("when writing something")
    READING = "reading", _("when reading something long")
    COMPARING = "comparing", _("when comparing offers or figures")
    PLANNING = "planning", _("when planning the week")
    REPORTING = "reporting", _("when a report is due")
