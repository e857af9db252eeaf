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
}
