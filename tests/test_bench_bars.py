"""A benchmark that misses a bar says which one and fails."""

import pytest

from tests.bench.bars import Bars
from tests.bench.index import ARRAYS, P95, TOLERANCE, hold


def test_a_missed_bar_is_named_and_ends_the_run_with_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    bars = Bars()
    bars.hold("search", 2.0, 2.0)
    bars.hold("memory", 1.61, 1.5)
    with pytest.raises(SystemExit) as ended:
        bars.finish()
    assert ended.value.code == 1
    assert capsys.readouterr().err == "missed: memory is 1.61, the bar is 1.50\n"


def test_where_every_bar_is_met_the_run_goes_on() -> None:
    bars = Bars()
    bars.hold("search", 2.0, 2.0)
    bars.finish()


def test_a_figure_that_is_no_number_meets_no_bar() -> None:
    bars = Bars()
    bars.hold("search", float("nan"), 2.0)
    assert bars.missed


@pytest.mark.parametrize(
    ("p95", "arrays", "grown", "missed"),
    [
        (2.0, 1.5, 10 * TOLERANCE, []),
        (2.1, 1.5, 10, ["query p95 ms at 50,000 passages"]),
        (2.0, 1.6, 10, ["arrays MB at 50,000 passages"]),
        (2.0, 1.5, 11.5, ["growth of query p95 ms", "growth of arrays MB"]),
    ],
)
def test_search_memory_and_growth_of_the_index_have_bars(
    p95: float, arrays: float, grown: float, missed: list[str]
) -> None:
    bars = Bars()
    measured = {
        5_000: {P95: (1.0, 1.0), ARRAYS: (1.0, 1.0)},
        50_000: {P95: (grown, grown / p95), ARRAYS: (grown, grown / arrays)},
    }
    hold(measured, bars)
    assert [line.split(": ")[1].split(" against")[0].split(" from")[0] for line in bars.missed] == missed
