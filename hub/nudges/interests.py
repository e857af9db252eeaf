"""Which tips fit what a person said of their work, and nothing that they did."""

from hub.notices.models import Preference
from hub.nudges.models import Tip


def is_of_interest(tip: Tip, preference: Preference) -> bool:
    """Of a field that the person named, if any, and for what they do, if they said it."""
    if preference.topics and tip.area not in preference.topics:
        return False
    return not (preference.role and tip.roles and preference.role not in tip.roles)
