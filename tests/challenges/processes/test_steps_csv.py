"""Tables of steps: as spreadsheets write them, and each mistake named with its line."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from challenges.processes.bpmn import MOST_STEPS, read_bpmn
from challenges.processes.layout import draw, place
from challenges.processes.steps_csv import KINDS, StepLine, read_csv
from challenges.processes.templates import KEYS, LANGUAGES, all_templates
from hub.refusals import Refusal

TABLE = """lane,step,kind,touch_minutes,wait_hours,probability,loop_factor
Vertrieb,Auftrag prüfen,user,5,2.5,1,1
Lager,"Ware, groß und klein, packen",manual,20,,0.8,1.2

,Rechnung schreiben,,,,,
"""
STEPS = [
    StepLine("Vertrieb", "Auftrag prüfen", "user", 5, 2.5),
    StepLine("Lager", "Ware, groß und klein, packen", "manual", 20, None, 0.8, 1.2),
    StepLine("", "Rechnung schreiben", "task"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_however_a_spreadsheet_saved_it(delimiter: str, line_end: str, encoding: str) -> None:
    rows = [
        row.split(",") for row in TABLE.replace('"Ware, groß und klein, packen"', "Ware packen").splitlines()
    ]
    text = line_end.join(delimiter.join(row) for row in rows)

    found = read_csv(text.encode(encoding))
    assert [line.name for line in found] == ["Auftrag prüfen", "Ware packen", "Rechnung schreiben"]


def test_quotes_empty_lines_and_empty_cells_are_understood() -> None:
    assert read_csv(TABLE.encode()) == STEPS


def test_a_german_spreadsheet_writes_decimal_commas() -> None:
    table = "Lane;Step;Touch_Minutes;Probability\nVertrieb;Auftrag prüfen;2,5;0,8\n"
    assert read_csv(table.encode("cp1252")) == [
        StepLine("Vertrieb", "Auftrag prüfen", touch_minutes=2.5, probability=0.8)
    ]


@pytest.mark.parametrize(
    ("table", "code", "said"),
    [
        ("", "empty", ""),
        ("lane,step\n", "no_step", ""),
        ("lane,name\na,b\n", "no_column", "step"),
        ("step\nb\n", "no_column", "lane"),
        ("lane,step,step\na,b,c\n", "same_column", "step"),
        ("lane,step,colour\na,b,c\n", "unknown_column", "colour"),
        ("lane,step\na,b\na,\n", "no_name", "3"),
        ("lane,step\na,b,c\n", "too_many_cells", "2"),
        ("lane,step,kind\na,b,robot\n", "unknown_kind", "robot"),
        ("lane,step,touch_minutes\na,b,lang\n", "no_number", "lang"),
        ("lane,step,touch_minutes\na,b,-1\n", "no_number", "-1"),
        ("lane,step,wait_hours\na,b,nan\n", "no_number", "nan"),
        ("lane,step,loop_factor\na,b,inf\n", "no_number", "inf"),
        ("lane,step,probability\na,b,1.5\n", "no_number", "1.5"),
        ("lane,step,touch_minutes\na,b,100001\n", "no_number", "100001"),
        ("lane,step,value\na,b,gold\n", "unknown_value", "gold"),
        ('lane,step\na,"b\n', "malformed", ""),
        ("lane,step\na," + "b" * 200_000 + "\n", "malformed", "2"),
        ("lane,step\na,b\0\n", "unknown_encoding", ""),
        ("lane,step\n" + "a,b\n" * (MOST_STEPS + 1), "too_many_steps", "10.001"),
        ("lane,step\n" + "a,b\n" * 20_000, "too_many_steps", "20000"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(table: str, code: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_csv(table.encode())
    assert refused.value.code == code
    assert said in str(refused.value.message).replace(".000", "000")


def test_control_characters_become_spaces_because_no_drawing_can_hold_them() -> None:
    (line,) = read_csv(b"lane,step\nVer\x07trieb,Auf\x1btrag\n")
    assert (line.lane, line.name) == ("Ver trieb", "Auf trag")
    assert read_bpmn(draw("Test", [line]).encode()).steps[0].name == "Auf trag"


names = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40
).map(lambda text: " ".join(text.split()) or "x")
lines = st.lists(
    st.builds(
        StepLine,
        st.sampled_from(["Vertrieb", "Lager", '<b onclick="x">&amp;', "Büro"]),
        names,
        st.sampled_from(KINDS),
    ),
    min_size=1,
    max_size=40,
)


@given(title=names, steps=lines)
@settings(max_examples=60, deadline=None)
def test_what_is_drawn_is_read_back_equal(title: str, steps: list[StepLine]) -> None:
    found = read_bpmn(draw(title, steps).encode())

    assert [StepLine(step.lane, step.name, step.kind) for step in found.steps] == steps
    assert found.has_drawing
    assert found.title == title
    assert len(found.handoffs) == sum(one.lane != two.lane for one, two in pairwise(steps))


CROSSED_EVERYWHERE = [
    int(lane) for lane in "0102102121012130121102322033"
]  # arrows would run through every column of a lane


@given(lanes=st.lists(st.integers(0, 5), min_size=1, max_size=60))
@example(lanes=CROSSED_EVERYWHERE)
@settings(max_examples=100, deadline=None)
def test_no_two_steps_share_a_place_and_no_row_is_too_long(lanes: list[int]) -> None:
    cells = place(lanes)
    assert len(set(cells)) == len(lanes)
    assert [cell.lane for cell in cells] == lanes
    assert max(cell.column for cell in cells) < 10


def test_the_templates_stand_in_both_languages_alike() -> None:
    for key in KEYS:
        by_language = {found.language: found for found in all_templates() if found.key == key}
        assert tuple(by_language) == LANGUAGES
        german, english = by_language.values()
        assert [line.kind for line in german.lines] == [line.kind for line in english.lines]
        assert german.lane_count == english.lane_count
        assert 8 <= len(german.lines) <= 20
        assert len({line.name for line in german.lines}) == len(german.lines)
        numbers = [
            [
                (line.touch_minutes, line.wait_hours, line.probability, line.loop_factor)
                for line in found.lines
            ]
            for found in by_language.values()
        ]
        assert numbers[0] == numbers[1]
        assert all(None not in row for row in numbers[0])
        assert german.cases_per_week == english.cases_per_week > 0
        assert not {line.name for line in german.lines} & {line.name for line in english.lines}
