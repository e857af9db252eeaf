"""Every module has its place in the import contract: import-linter is silent about what it was not told."""

import re
import tomllib
from pathlib import Path

from django.conf import settings

ROOTS = ("hub", "learning", "challenges")


def placed() -> list[str]:
    contracts = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["tool"][
        "importlinter"
    ]
    return [
        module.strip(" ()")
        for contract in contracts["contracts"]
        for layer in contract.get("layers", [])
        for module in re.split("[:|]", layer)
    ]


def existing() -> set[str]:
    found = set()
    for root in ROOTS:
        folder = Path(settings.BASE_DIR) / root
        modules = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
        packages = [path.parent.name for path in folder.glob("*/__init__.py")]
        found |= {f"{root}.{name}" for name in modules + packages}
    return found


def test_every_module_has_its_one_layer() -> None:
    assert set(placed()) == existing()
    assert len(placed()) == len(set(placed()))
