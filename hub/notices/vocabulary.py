"""The words in which a person says what they want to be sent: ways, fields of work, groups of roles, days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """In the order in which they are tried where the person named none."""

    MAIL = "mail", _("by mail")
    TEAMS = "teams", _("in Microsoft Teams")
    SLACK = "slack", _("in Slack")
    APPRISE = "apprise", _("in another messenger")
    WEB_PUSH = "web_push", _("as a message in the browser")
    CALENDAR = "calendar", _("as an entry in the calendar")
    IN_APP = "in_app", _("in the inbox of the hub")


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


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
