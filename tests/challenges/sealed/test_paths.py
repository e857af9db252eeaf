"""There are two ways to claims in the source, and everything else would have to be written here first."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

SEALED = {"Claim", "ClaimedStep", "EvidenceFile"}
ROOTS = ("hub", "learning", "challenges")
# What one may say of the class itself; everything else would be a way to rows.
HARMLESS = {"State", "Hours", "DoesNotExist", "_meta"}
WAYS_TO_ROWS = {"_base_manager", "_default_manager", "raw", "cursor"}
ALLOWED = {
    "challenges/contests/own_claims.py": "the participants' way: one entry's claims",
    "challenges/contests/all_claims.py": "the other side of the seal, by import contract",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    base = Path(settings.BASE_DIR)
    for root in ROOTS:
        for path in sorted((base / root).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(base).as_posix(), ast.parse(path.read_text())


def attributes_of_claim(tree: ast.Module) -> set[str]:
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in SEALED
    }


def test_only_two_modules_reach_rows_of_claims() -> None:
    found = {name for name, tree in modules() if attributes_of_claim(tree) - HARMLESS}
    assert found == set(ALLOWED)


def test_challenges_have_no_other_way_to_any_rows_than_their_managers() -> None:
    found = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if name.startswith("challenges/") and isinstance(node, ast.Attribute) and node.attr in WAYS_TO_ROWS
    }
    assert found == set(ALLOWED)


def test_nobody_writes_the_tables_name() -> None:
    base = Path(settings.BASE_DIR)
    assert not [name for name, _tree in modules() if "contests_claim" in (base / name).read_text()]
