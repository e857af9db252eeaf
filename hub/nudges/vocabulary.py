"""The words by which tips are sorted and found: fields of work, groups of roles, and moments of a working day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Area(models.TextChoices):
    MEETINGS = "meetings", _("Meetings")
    WRITING = "writing", _("Writing")
    RESEARCH = "research", _("Research before a call")
    OFFERS = "offers", _("Offers")
    CRM = "crm", _("Keeping the CRM up to date")
    FAIRS = "fairs", _("Trade-fair leads")
    SERVICE = "service", _("Customer service")
    PURCHASING = "purchasing", _("Purchasing")
    PROJECTS = "projects", _("Project management")
    HR = "hr", _("Human resources")
    FINANCE = "finance", _("Finance")
    ENGINEERING = "engineering", _("Engineering")
    IT = "it", _("IT operations")
    LEADERSHIP = "leadership", _("Leadership")


class RoleGroup(models.TextChoices):
    """What somebody says they do; wide enough that nobody is known by it."""

    SALES = "sales", _("Sales and marketing")
    SERVICE = "service", _("Customer service and support")
    PURCHASING = "purchasing", _("Purchasing and logistics")
    PROJECTS = "projects", _("Projects")
    HR = "hr", _("Human resources")
    FINANCE = "finance", _("Finance and controlling")
    ENGINEERING = "engineering", _("Engineering and production")
    IT = "it", _("IT")
    LEADERSHIP = "leadership", _("Leadership")


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
