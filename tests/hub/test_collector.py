"""The search for cycles pauses for a piece of work, and is on again afterwards whatever happened."""

import gc

import pytest

from hub.collector import no_search_for_cycles


def test_one_within_another_goes_on_only_after_the_outer_one() -> None:
    assert gc.isenabled()
    with no_search_for_cycles():
        with no_search_for_cycles():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), no_search_for_cycles():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_it_stays_off_where_somebody_switched_it_off() -> None:
    gc.disable()
    try:
        with no_search_for_cycles():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
