"""The starter processes of the demo company, shared with everybody."""

from challenges.processes.actions import create_from_template
from challenges.processes.models import Lane, Process
from hub.people.models import User

STARTERS = (("order-to-cash", "de"), ("procure-to-pay", "de"), ("order-to-cash", "en"))


def load_starter_processes(owner: User) -> dict[str, Process]:
    """By key and language, such as "order-to-cash-de"; makes those that are missing. Safe to run again."""
    return {f"{key}-{language}": _start(owner, key, language) for key, language in STARTERS}


def _start(owner: User, key: str, language: str) -> Process:
    process, is_new = create_from_template(
        user=owner, key=key, language=language, audience=Process.Audience.COMPANY
    )
    if is_new:
        lanes = process.steps.values_list("lane", flat=True).distinct().order_by("lane")
        Lane.objects.bulk_create(
            Lane(process=process, name=name, performers=2 + n % 4) for n, name in enumerate(lanes)
        )
    return process
