"""The tips that come with the hub, in our own words: each can be done at once and names no product.

One module an area, data only.
"""

from hub.nudges.starters import (
    crm,
    engineering,
    fairs,
    finance,
    hr,
    it,
    leadership,
    meetings,
    offers,
    projects,
    purchasing,
    research,
    service,
    writing,
)
from hub.nudges.starters.shape import StarterTip
from hub.nudges.vocabulary import Area

STARTERS: dict[Area, tuple[StarterTip, ...]] = {
    Area.MEETINGS: meetings.TIPS,
    Area.WRITING: writing.TIPS,
    Area.RESEARCH: research.TIPS,
    Area.OFFERS: offers.TIPS,
    Area.CRM: crm.TIPS,
    Area.FAIRS: fairs.TIPS,
    Area.SERVICE: service.TIPS,
    Area.PURCHASING: purchasing.TIPS,
    Area.PROJECTS: projects.TIPS,
    Area.HR: hr.TIPS,
    Area.FINANCE: finance.TIPS,
    Area.ENGINEERING: engineering.TIPS,
    Area.IT: it.TIPS,
    Area.LEADERSHIP: leadership.TIPS,
}
STARTER_TIPS = tuple(starter for tips in STARTERS.values() for starter in tips)
