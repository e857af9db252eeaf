import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone, translation

from challenges.processes.starter import load_starter_processes
from hub import commands
from hub.adoption.snapshot import freeze_weeks
from hub.demo.bets import ask_for_times, load_bets
from hub.demo.company import load_company
from hub.demo.core_time import load_core_time
from hub.demo.drops import load_drops
from hub.demo.history import (
    WEEKS_BACK,
    ZONE,
    fill_running,
    load_attendance,
    load_goal,
    load_hours,
    load_series,
    open_hour_now,
)
from hub.demo.labs import load_consents, load_labs
from hub.demo.pilots import load_pilots
from hub.demo.stories import load_stories
from hub.demo.tips import load_answers, place_tips
from hub.demo.tools import give_tool, load_requests, load_tools
from hub.demo.usage import load_usage
from hub.demo.use_cases import load_use_cases
from hub.nudges.starter import load_starter_tips
from hub.people.demo import demo_accounts
from hub.points.awarding import give_missing
from hub.points.streaks import monday_of
from learning.hours.models import Attendance, StudySession
from learning.notebooks.starter import load_starter_notebooks
from learning.notebooks.starter_aids import make_starter_aids


class Command(commands.Command):
    help = (
        "Loads the demo company: about 400 invented people, 12 weeks of Friday hours, eight starter "
        "notebooks, a revealed bet, one before its count and a sealed one that runs. "
        "Running it again changes nothing; with --today it also opens a DEAL hour that runs now."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", action="store_true", help="open a DEAL hour now")
        parser.add_argument("--json", action="store_true", help="print JSON only")
        parser.add_argument(
            "--without-aids", action="store_false", dest="aids", help="make no study aids; some seconds less"
        )

    def handle(self, *args: Any, today: bool, aids: bool, **options: Any) -> None:
        with transaction.atomic():
            cast = load_company()
            load_tools()
            notebooks = load_starter_notebooks(owner=cast["farid.nassar"])
            for notebook in notebooks if aids else ():
                make_starter_aids(notebook)
            if not Attendance.objects.filter(user=cast["farid.nassar"]).exists():
                day = timezone.now().astimezone(ZONE).date()
                past = load_hours(cast["farid.nassar"], notebooks, day)
                load_attendance(past, cast)
                load_labs(past)
                load_consents(cast)
                load_series(cast["farid.nassar"])
            day = timezone.now().astimezone(ZONE).date()
            processes = load_starter_processes(cast["farid.nassar"])
            ask_for_times(cast["farid.nassar"], cast["emma.lindner"])
            load_bets(cast, processes, day)
            load_starter_tips()
            place_tips(timezone.now())
            load_answers(day)
            load_stories(cast, day)
            load_use_cases(cast, processes, day)
            load_pilots(cast, day)
            load_core_time(cast["emma.lindner"], day)
            load_requests(cast, day)
            load_drops(cast, day)
            load_goal(cast["emma.lindner"])
            load_usage(cast, notebooks, day, timezone.now())
            give_missing(everybody=True, quietly=True)
            last = monday_of(day) - timedelta(weeks=1)
            freeze_weeks(last - timedelta(weeks=WEEKS_BACK - 1), last, joined_by_then=False)
            session = open_hour_now(cast["farid.nassar"], notebooks[0]) if today else None
            if session:
                fill_running(session, cast)
                give_tool(session)
        self._say(session, as_json=options["json"])

    def _say(self, session: StudySession | None, *, as_json: bool) -> None:
        accounts = demo_accounts()
        with translation.override("en"):
            if as_json:
                body = {
                    "accounts": [
                        {"email": a.email, "password": a.password, "role": str(a.role)} for a in accounts
                    ],
                    "session": str(session.pk) if session else None,
                }
                self.stdout.write(json.dumps(body))
                return
            width = max(len(account.email) for account in accounts)
            self.stdout.write(
                f"\nSign in at {settings.SITE_URL} as one of these, password {accounts[0].password}"
            )
            for account in accounts:
                self.stdout.write(f"  {account.email.ljust(width)}  {account.role}")
            if session:
                self.stdout.write(
                    f"A DEAL hour runs until {session.ends_at.astimezone(ZONE):%H:%M} ({session.time_zone})."
                )
