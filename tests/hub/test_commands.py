"""Our commands fail alike: one sentence in English, and exit code 1."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.utils import translation

from hub.commands import Command

OWN = ("hub", "learning", "challenges")
OURS = {name: app for name, app in get_commands().items() if str(app).startswith(OWN)}


def end_of(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Exit code and the lines of stderr, as from the command line."""
    command = load_command_class(OURS[arguments[0]], arguments[0])
    with pytest.raises(SystemExit) as caught:
        command.run_from_argv(["manage.py", *arguments, "--skip-checks"])
    return caught.value.code, capsys.readouterr().err.splitlines()


def test_every_command_of_ours_is_one_of_these() -> None:
    assert len(OURS) > 10
    for name, app in OURS.items():
        assert isinstance(load_command_class(app, name), Command), name


@pytest.mark.parametrize("name", OURS)
def test_an_unknown_argument_is_one_sentence(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = end_of(name, "a", "b", "c", "--no-such-thing", capsys=capsys)
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("CommandError: Unrecognized arguments: ")
    assert lines[0].endswith(f"; `manage.py {name} --help` explains it.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["create_token"], "The following arguments are required: email"),
        (["ask", "Regeln"], "The following arguments are required: question"),
        (["prepare_site", "--port", "x"], "Argument --port: invalid int value: 'x'"),
    ],
)
def test_a_wrong_argument_is_one_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = end_of(*arguments, capsys=capsys)
    assert (code, lines) == (
        1,
        [f"CommandError: {sentence}; `manage.py {arguments[0]} --help` explains it."],
    )
    with pytest.raises(CommandError, match="explains it"):
        call_command(*arguments)


@pytest.mark.parametrize("top_k", [0, -1, 101, 1000])
def test_a_search_takes_one_to_a_hundred(top_k: int, db: None) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("search", "Regeln", "Reisen", f"--top-k={top_k}")
    assert str(caught.value) == f"--top-k must be from 1 to 100, not {top_k}."


def test_reasons_are_in_english_where_the_site_speaks_german(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    file, said = tmp_path / "people.csv", StringIO()
    file.write_text("email,first_name,last_name\nnobody,Nora,\n")
    with translation.override("de"):
        with pytest.raises(CommandError, match="Nothing was imported: 2 bad rows"):
            call_command("import_people", str(file), stderr=said)
        with pytest.raises(CommandError, match=r"^Enter a valid email address\.$"):
            call_command("create_administrator", email="nobody")
        assert translation.get_language() == "de"
    assert "line 2: “nobody” is no e-mail address." in said.getvalue()
    assert "line 2: Column last_name is empty." in said.getvalue()


def test_an_answer_keeps_the_owners_language(cast: Any) -> None:
    from tests.factories import make_notebook

    make_notebook(cast.emma, title="Leer")
    said = StringIO()
    call_command("ask", "Leer", "Wie hoch ist die Pauschale?", "--owner", cast.emma.email, stdout=said)
    assert "beantworten" in said.getvalue()
