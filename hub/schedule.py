"""Every periodic task of the site: who runs when. Tasks are named, not imported."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    # Every twenty seconds: wake workers for rows that nobody holds, such as those of a worker that died.
    "sweep-jobs": {"task": "hub.tasks.sweep_jobs", "schedule": 20.0, "options": {"expires": 20}},
    # Every minute: seal new audit entries into the chain.
    "seal-audit": {"task": "hub.audit.tasks.seal_audit", "schedule": 60.0, "options": {"expires": 60}},
    # Every day: delete what has been kept as long as the privacy declarations say.
    "purge-expired": {"task": "hub.tasks.purge_expired", "schedule": 86400.0, "options": {"expires": 86400}},
    # Every hour: erase sources that were removed more than a day ago.
    "purge-removed-sources": {
        "task": "learning.notebooks.tasks.purge_removed_sources",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    # Every six hours: rows for what the series' rules give within the coming 26 weeks.
    "make-occurrences": {
        "task": "learning.hours.tasks.make_occurrences",
        "schedule": 21600.0,
        "options": {"expires": 21600},
    },
    # Every six hours: invitations by mail for the coming five weeks, and cancellations for whoever left.
    "top-up-invitations": {
        "task": "learning.hours.tasks.top_up_invitations",
        "schedule": 21600.0,
        "options": {"expires": 21600},
    },
    # Every day: recall quizzes for attended hours, the first of which is due after a week.
    "make-recalls": {
        "task": "learning.hours.tasks.make_recalls",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    # Every minute: the commitment of bets whose deadline has passed.
    "commit-closed-bets": {
        "task": "challenges.sealed.tasks.commit_closed_bets",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Every day: whose control period is over, and the result not made final.
    "remind-of-control": {
        "task": "challenges.sealed.tasks.remind_of_control",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    # Every day: whoever is to answer a proposal of the idea box soon, or has not yet.
    "remind-of-answers": {
        "task": "challenges.usecases.tasks.remind_of_answers",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    # Every day: the owners of pilots whose decision day is near or past.
    "remind-of-pilots": {
        "task": "challenges.pilots.tasks.remind_of_decisions",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    # Every hour: queue a tip for those who asked to be sent some and whose turn is today, at most one a day.
    "plan-tips": {"task": "hub.nudges.tasks.plan_tips", "schedule": 3600.0, "options": {"expires": 3600}},
    # Every ten minutes: queue the reminders that people asked for, of the coming week.
    "plan-reminders": {
        "task": "hub.notices.tasks.plan_reminders",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    # Every day: the owners of tips whose day to be looked at again has come.
    "tell-reviews-of-tips": {
        "task": "hub.nudges.tasks.tell_reviews",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    # Every day: what people said of tips that have been out of use for twelve weeks.
    "forget-gone-tips": {
        "task": "hub.nudges.tasks.forget_gone_tips",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    # Every day: how groups of roles took each tip, for drawing the next ones.
    "tally-outcomes": {
        "task": "hub.nudges.tasks.tally_outcomes",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    # Every hour: count trials of tips that have run their time, and forget who was in which group.
    "end-due-trials": {
        "task": "hub.trials.tasks.end_due_trials",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    # Every day: badges that rest on more than a ledger entry, such as streaks, and any that were missed.
    "give-missing-badges": {
        "task": "hub.points.tasks.give_missing_badges",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    # Every hour: freeze the week that ended on Sunday in the company's zone, and publish its reports.
    "close-weeks": {
        "task": "hub.adoption.tasks.close_weeks",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    # Every hour: publish teams' core time whose two weeks are over, and delete what it was made of.
    "publish-core-time": {
        "task": "hub.core_time.tasks.publish_due",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}
