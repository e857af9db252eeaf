"""The funnel of tips: shown, tried, kept. No fact says that a tip was opened: it stands in full where it is shown."""

from hub.adoption.counting.measure import share
from hub.nudges import facts

MEASURES = (
    share("tips-shown", facts.people_who_were_shown_tips),
    share("tips-tried", facts.people_who_tried),
    share("tips-kept", facts.people_who_kept_tips),
)
