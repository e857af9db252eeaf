"""The codes on the screen: short-lived, cheap to compare, and drawn for telephones."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import segno

from learning.hours import codes
from learning.hours.codes import Match, code_at, match
from learning.hours.qr import MOST_CHARACTERS, QUIET, qr_svg

AT = datetime(2026, 11, 20, 9, 0, 0, tzinfo=UTC)
OPENED = AT - timedelta(hours=1)


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def test_a_code_counts_for_twenty_seconds_and_never_longer() -> None:
    shown = code_at("secret", AT)
    for seconds in range(-2, 18):
        assert match("secret", shown, after(seconds), OPENED) is Match.VALID
        assert match("secret", shown, after(seconds + 0.99), OPENED) is Match.VALID
    assert match("secret", shown, after(-2.01), OPENED) is Match.WRONG
    for seconds in (18, 20, 25, 60, 119, 129):
        assert match("secret", shown, after(seconds), OPENED) is Match.EXPIRED
    for seconds in (140, 3600, 10**7):
        assert match("secret", shown, after(seconds), OPENED) is Match.WRONG
    # Whoever reads it in its last second still has eight to type it in.
    assert (codes.seconds_left(after(9.5)), codes.seconds_valid(after(9.5))) == (1, 9)
    assert (codes.seconds_left(AT), codes.seconds_valid(AT)) == (10, 18)


def test_a_servers_clock_may_be_two_seconds_ahead() -> None:
    coming = code_at("secret", after(10))
    assert match("secret", coming, after(8.5), OPENED) is Match.VALID
    assert match("secret", coming, after(7.5), OPENED) is Match.WRONG


def test_codes_of_before_the_doors_opened_and_of_others_are_wrong() -> None:
    shown = code_at("secret", AT)
    assert match("secret", shown, after(50), opened_at=after(30)) is Match.WRONG
    assert match("another", shown, AT, OPENED) is Match.WRONG
    for nonsense in ("", "12345", "1234567", "nothing", "١٢٣٤٥٦", shown[::-1] + "0"):
        assert match("secret", nonsense, AT, OPENED) is Match.WRONG
    assert match("secret", f" {shown[:3]}-{shown[3:]} ", AT, OPENED) is Match.VALID


def test_a_qr_code_is_well_formed_and_shows_what_it_should() -> None:
    address = "https://hub.example/hours/5?code=123456&x=<script>"
    drawn = qr_svg(address, title='The "hour" <now>')
    svg = ElementTree.fromstring(drawn)
    assert svg.find("title").text == 'The "hour" <now>'
    assert ElementTree.fromstring(qr_svg(address)).find("title").text == address
    assert "style" not in drawn
    assert "<script" not in drawn
    assert not drawn.startswith("<?xml")

    rows = segno.make(address, error="m", micro=False, boost_error=False).matrix
    assert svg.get("viewBox") == f"0 0 {len(rows) + 2 * QUIET} {len(rows) + 2 * QUIET}"
    dark = {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    squares = re.findall(r"M(\d+) (\d+)h(\d+)v1", svg.find("path[@class='qr-squares']").get("d"))
    assert dark == {
        (int(x) - QUIET + n, int(y) - QUIET) for x, y, length in squares for n in range(int(length))
    }


def test_a_qr_code_holds_an_address_and_no_more() -> None:
    assert qr_svg("x" * MOST_CHARACTERS)
    for text in ("", "x" * (MOST_CHARACTERS + 1)):
        with pytest.raises(ValueError, match="QR code holds"):
            qr_svg(text)
