"""The fingerprint of a baseline: what is counted cannot change unnoticed."""

import hashlib
import json
from collections.abc import Sequence

from challenges.processes.models import Process, Step


def fingerprint(process: Process, steps: Sequence[Step]) -> str:
    """SHA-256 over what is counted: each step with place, name, lane, kind and numbers, and the cases a week."""
    rows = [
        [
            step.position,
            step.element_id,
            step.name,
            step.lane,
            step.kind,
            step.touch_minutes,
            step.wait_hours,
            step.probability,
            step.loop_factor,
            step.value,
        ]
        for step in steps
    ]
    text = json.dumps([process.cases_per_week, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
