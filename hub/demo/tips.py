"""Where the demo company's tips lead and fit, and what its people said to them over the last weeks."""

from datetime import date, datetime, time, timedelta
from random import Random

from hub.ai.models import AISystem
from hub.demo.company import SEED
from hub.demo.history import WEEKS_BACK, ZONE
from hub.nudges.ids import nudge_id
from hub.nudges.models import Nudge, Tip
from hub.nudges.vocabulary import Area
from hub.people.models import User
from hub.points.streaks import monday_of
from learning.hours.models import Attendance

# By field of work, else by tool: which of the company's AI tools it is done with, see tools.py.
TOOL_OF_AREA = {Area.RESEARCH: "web-research"}
TOOL_OF_TOOL = {Tip.Tool.CHAT: "company-chat", Tip.Tool.MEETINGS: "meeting-notes"}
PAGES_OF_AREA = {
    Area.CRM: ["https://crm.ringer-werke.example/customers/*"],
    Area.OFFERS: ["https://crm.ringer-werke.example/offers/*"],
    Area.SERVICE: ["https://tickets.ringer-werke.example/*"],
    Area.PROJECTS: ["https://projekte.ringer-werke.example/*"],
    Area.WRITING: ["https://intranet.ringer-werke.example/*"],
}


def place_tips(now: datetime) -> None:
    """Tools and pages for tips as they came, in front of the pages that came with them. The company has then written
    them: loading the tips or the company again leaves them, and so it leaves what somebody wrote here.
    """
    systems = {system.slug: system for system in AISystem.objects.all()}
    tips = list(Tip.objects.filter(changed_at=None, author=None, system=None))
    placed = []
    for tip in tips:
        tip.system = systems.get(TOOL_OF_AREA.get(tip.area) or TOOL_OF_TOOL.get(tip.tool, ""))
        own = PAGES_OF_AREA.get(tip.area, [])
        if tip.system or own:
            tip.pages, tip.changed_at = [*own, *tip.pages], now
            placed.append(tip)
    Tip.objects.bulk_update(placed, ["system", "pages", "changed_at"])


def load_answers(today: date) -> None:
    """Some try a tip in a week, more of them over time, and those who come to the hour more often."""
    random = Random(SEED)
    tips = list(Tip.objects.active())
    if not tips or Nudge.objects.exists():
        return
    regulars = set(Attendance.objects.values_list("user_id", flat=True).order_by().distinct())
    people = list(User.objects.active().order_by("email"))
    nudges = []
    for week in range(WEEKS_BACK):
        monday = monday_of(today) - timedelta(weeks=WEEKS_BACK - week)
        likelihood = 0.1 + 0.25 * week / WEEKS_BACK
        for person in people:
            if random.random() < likelihood * (1.2 if person.pk in regulars else 0.4):
                nudges.append(_tried(person, random.choice(tips), monday, random))
    Nudge.objects.bulk_create(nudges, ignore_conflicts=True, batch_size=1000)


def _tried(person: User, tip: Tip, monday: date, random: Random) -> Nudge:
    day = monday + timedelta(days=random.randrange(5))
    at = datetime.combine(day, time(8 + random.randrange(9), random.randrange(60)), tzinfo=ZONE)
    return Nudge(
        id=nudge_id(person.subject_key, tip.pk, day),
        user=person,
        tip=tip,
        shown_on=day,
        shown_at=at,
        source=Nudge.Source.TODAY,
        response=Nudge.Response.TRIED,
        responded_at=at + timedelta(minutes=random.randrange(1, 30)),
    )
