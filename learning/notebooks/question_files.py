"""Reading SQuAD-format question files for the evaluation commands."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError


def load_question_file(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CommandError(f"{path} is no JSON file in UTF-8.") from error


def table(results: list[dict[str, Any]]) -> str:
    """The results as aligned columns."""
    names = list(results[0])
    rows = [names, *[[_cell(result[name]) for name in names] for result in results]]
    widths = [max(len(row[column]) for row in rows) for column in range(len(names))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _cell(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
