"""The shape of privacy declarations: what an area keeps about a person, why, how long, and who reads it.

Each area lists its models in `privacy.py` as `DECLARATIONS`; a test fails on a model or field with a
person behind it that no declaration names. Export, erasure and the cockpit walk the same list.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise


@dataclass(frozen=True)
class Declaration:
    """`fields` names every field of the model but its primary key.

    `person` is the lookup from a row to the person: a path to a User, or to an opaque subject key.
    `export` and `erase` say in words what the walk over the declarations has to do.
    """

    model: str  # "people.User"
    fields: tuple[str, ...]
    person: str
    what: str | Promise
    purpose: str | Promise
    retention: str | Promise
    readers: str | Promise
    kept_days: int | None = None  # rows whose `dated_by` is older are deleted once a day; None: not by age
    dated_by: str = ""
    export: str = "rows"  # rows | none
    erase: str = "delete"  # delete | unlink | keep


def declarations() -> list[tuple[str, Declaration]]:
    """(app label, declaration) of every installed area that has a `privacy` module."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith(("hub", "learning", "challenges")) and find_spec(f"{config.name}.privacy"):
            module = import_module(f"{config.name}.privacy")
            found += [(config.label, declaration) for declaration in module.DECLARATIONS]
    return found
