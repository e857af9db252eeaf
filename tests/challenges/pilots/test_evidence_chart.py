"""The small chart stays within its frame, whatever is measured."""

from datetime import date, timedelta
from decimal import Decimal

from challenges.pilots.evidence_chart import BOTTOM, LABEL_GAP, LEFT, RIGHT, TOP, chart_of
from challenges.pilots.trimming import trimmed

START = date(2027, 1, 4)


def drawn(*values: str, baseline: str = "30", threshold: str = "10", last: date | None = None):
    readings = [(START + timedelta(days=7 * n), Decimal(value)) for n, value in enumerate(values)]
    return chart_of(
        readings, baseline=Decimal(baseline), threshold=Decimal(threshold), first=START, last=last
    )


def test_nothing_measured_is_nothing_drawn() -> None:
    assert drawn() is None
    assert chart_of([(START, Decimal(1))], baseline=None, threshold=Decimal(1), first=None, last=None) is None


def test_more_is_higher_and_later_is_further_right() -> None:
    chart = drawn("30", "20", "10", last=START + timedelta(days=28))
    xs, ys = [dot.x for dot in chart.dots], [dot.y for dot in chart.dots]
    assert xs == sorted(xs)
    assert xs[0] == LEFT
    assert xs[-1] < RIGHT
    assert ys == sorted(ys)
    assert (ys[0], ys[2]) == (chart.baseline_y, chart.threshold_y)
    assert ys[1] - ys[0] == ys[2] - ys[1]


def test_all_stays_within_the_frame() -> None:
    for values in (("999999", "0", "-5"), ("10",), ("30", "30"), ("0.01",)):
        chart = drawn(*values)
        for dot in chart.dots:
            assert LEFT <= dot.x <= RIGHT
            assert TOP <= dot.y <= BOTTOM


def test_evidence_after_the_decision_day_is_still_in_the_picture() -> None:
    chart = drawn("30", "20", "10", last=START + timedelta(days=3))
    assert chart.last == START + timedelta(days=14)
    assert chart.dots[-1].x == RIGHT


def test_lines_that_lie_close_are_labelled_on_either_side() -> None:
    chart = drawn("900", baseline="11", threshold="10")
    assert abs(chart.baseline_y - chart.threshold_y) < LABEL_GAP
    assert abs(chart.baseline_label_y - chart.threshold_label_y) >= LABEL_GAP


def test_values_are_shown_as_people_write_them() -> None:
    shown = [str(trimmed(Decimal(value))) for value in ("4.50", "100.00", "0.00", "-3.05", "7")]
    assert shown == ["4.5", "100", "0", "-3.05", "7"]
