"""What the hub told a person, what is still to be sent, and what the person wants to be told."""

from hub.notices.models.delivery import Delivery
from hub.notices.models.destination import PURPOSE, Destination
from hub.notices.models.notice import Notice
from hub.notices.models.preference import PRIVATE, STOPPED_AFTER, Preference, working_week

__all__ = [
    "PRIVATE",
    "PURPOSE",
    "STOPPED_AFTER",
    "Delivery",
    "Destination",
    "Notice",
    "Preference",
    "working_week",
]
