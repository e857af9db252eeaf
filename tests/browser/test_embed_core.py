"""Which tip fits a page: the pure part of the script, asked in the browser that runs it."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

ASK = """async ([name, ...given]) => (await import("/static/embed/core.js"))[name](...given)"""
DAY = "2026-12-01"


@pytest.fixture
def core(page: Page, site: Any) -> Any:
    page.goto("/sign-in/")
    return lambda name, *given: page.evaluate(ASK, [name, *given])


def rule(number: int, *patterns: str) -> dict[str, Any]:
    return {"id": str(number), "title": f"T{number}", "body": "", "steps": [], "patterns": list(patterns)}


def memory(**kept: Any) -> dict[str, Any]:
    return {"shown": {}, "said": {}, **kept}


def test_patterns_fit_what_they_say_and_no_host_that_contains_it(core: Any) -> None:
    fits = [
        ("https://crm.example.com/offers/*", "https://crm.example.com/offers/4711?tab=2#x"),
        ("https://crm.example.com/offers/*/edit", "https://crm.example.com/offers/a/b/edit"),
        ("https://crm.example.com", "https://crm.example.com/anything"),
        ("https://CRM.example.com/*", "https://crm.example.com/"),
        ("https://*.example.com/*", "https://a.b.example.com/x"),
        ("https://crm.example.com:8443/*", "https://crm.example.com:8443/x"),
        ("https://crm.example.com/list?view=*", "https://crm.example.com/list?view=mine"),
        ("https://crm.example.com/*", "https://crm.example.com/ümlaut"),
    ]
    strange = [
        ("https://crm.example.com/offers/*", "https://crm.example.com/offer"),
        ("https://crm.example.com/offers", "https://crm.example.com/offers/1"),
        ("https://crm.example.com/*", "http://crm.example.com/"),
        ("https://crm.example.com/*", "https://crm.example.com:8443/"),
        ("https://crm.example.com/*", "https://crm.example.com.evil.example/"),
        ("https://crm.example.com/*", "https://evil.example/https://crm.example.com/"),
        ("https://crm.example.com/*", "https://crm.example.com@evil.example/"),
        ("https://*.example.com/*", "https://example.com/"),
        ("https://*.example.com/*", "https://evil.example/x.example.com/"),
        ("https://*.*.com/*", "https://a.b.com/"),
        ("https://*/*", "https://example.com/"),
        ("*", "https://example.com/"),
        ("", "https://example.com/"),
        ("javascript:*", "javascript:alert(1)"),
        ("https://crm.example.com/(a+)+$", "https://crm.example.com/aaaa"),
        ("https://crm.example.com/*", "no address"),
    ]
    assert [pair for pair in fits if not core("matches", *pair)] == []
    assert [pair for pair in strange if core("matches", *pair)] == []


def test_no_pattern_makes_it_slow(core: Any, page: Page) -> None:
    page.set_default_timeout(5000)
    assert not core("matches", "https://a.example/" + "*a" * 5000 + "b", "https://a.example/" + "a" * 50_000)


def test_the_closest_pattern_comes_first_and_those_alike_take_turns(core: Any) -> None:
    address = "https://crm.example.com/offers/1"
    wide, close = rule(1, "https://crm.example.com/*"), rule(2, "https://crm.example.com/offers/*")
    assert [tip["id"] for tip in core("fitting", [wide, close], address, DAY)] == ["2", "1"]
    alike = [rule(number, "https://crm.example.com/*") for number in range(3)]
    firsts = [core("fitting", alike, address, f"2026-12-0{day}")[0]["id"] for day in (1, 2, 3, 4)]
    assert sorted(firsts[:3]) == ["0", "1", "2"]
    assert firsts[3] == firsts[0]


def test_of_those_alike_each_has_as_many_days_or_the_highest_score_is_shown(core: Any) -> None:
    """Also if others stand between them in the list. Among which it was is told only where it was drawn so."""
    address, wide = "https://crm.example.com/offers/1", "https://crm.example.com/*"
    tips = [rule(1, wide), rule(2, "https://a.example/*"), rule(3, "https://a.example/*"), rule(4, wide)]
    picked = [core("pick", tips, address, memory(), f"2026-12-{day:02}", None) for day in range(1, 31)]
    assert [tip["id"] for tip in picked].count("1") == 15
    assert {tip["rivals"] for tip in picked} == {None}
    closer = [*tips, rule(5, "https://crm.example.com/offers/*")]
    hub = {"may_show": True, "cap": 2, "again": [], "resting": []}

    def drawn(some: list[dict[str, Any]], scores: dict[str, float], **kept: Any) -> tuple[str, Any]:
        tip = core("pick", some, address, memory(**kept), DAY, {**hub, "scores": scores})
        return tip["id"], tip["rivals"]

    scores = {"1": 0.2, "2": 0.9, "3": 0.1, "4": 0.4}
    assert drawn(tips, scores) == ("4", ["1", "4"])
    assert drawn(tips, {**scores, "1": 0.5}) == ("1", ["1", "4"])
    assert drawn(tips, {**scores, "4": -0.3}) == ("1", ["1", "4"])
    assert drawn(closer, {**scores, "5": 0.0}) == ("5", ["5"])
    # Shown today before there was a pass: it stays, and nobody is told that it was drawn.
    assert drawn(tips, scores, shown={"1": DAY}) == ("1", None)
    assert drawn(tips, {})[1] is None


def test_what_this_browser_remembers_counts(core: Any) -> None:
    tips, address = [rule(1, "https://a.example/*")], "https://a.example/x"

    def picked(kept: dict[str, Any], hub: dict[str, Any] | None = None) -> Any:
        tip = core("pick", tips, address, kept, DAY, hub)
        return tip and tip["id"]

    assert picked(memory()) == "1"
    assert picked(memory(shown={"1": DAY})) == "1"  # it stays where it was today
    assert picked(memory(shown={"1": "2026-11-20"})) is None
    assert picked(memory(shown={"1": "2026-11-10"})) == "1"
    assert picked(memory(shown={"8": "2026-11-28", "9": "2026-11-27"})) is None  # two a week
    assert picked(memory(shown={"8": "2026-11-24", "9": "2026-11-24"})) == "1"
    assert picked(memory(said={"1": ["not_for_me", "2020-01-01"]})) is None
    assert picked(memory(said={"1": ["later", "2026-11-29"]})) is None
    assert picked(memory(said={"1": ["later", "2026-11-28"]}, shown={"1": "2026-11-28"})) == "1"
    assert picked(memory(said={"1": ["tried", "2026-11-20"]})) is None
    hub = {"may_show": True, "cap": 2, "again": [], "resting": []}
    assert picked(memory(), hub) == "1"
    assert picked(memory(), {**hub, "may_show": False}) is None
    assert picked(memory(), {**hub, "may_show": False, "again": ["1"]}) == "1"
    assert picked(memory(shown={"1": DAY}), {**hub, "may_show": False}) is None  # the learning hour has begun
    assert picked(memory(), {**hub, "resting": ["1"]}) is None
    assert picked(memory(), {**hub, "cap": 0}) is None
    paused = memory(pause="2026-12-02")
    assert picked(paused) is None
    assert picked(paused, hub) == "1", "with a pass the hub's pause counts"
    assert picked(memory(pause=DAY)) == "1", "its last day was yesterday"


def test_without_a_pass_the_cap_is_that_of_the_rule_file(core: Any) -> None:
    tips, here = [rule(number, "https://a.example/*") for number in range(3)], "https://a.example/"
    seen = memory(shown={"8": DAY, "9": DAY})
    caps = [
        core("readCap", file)
        for file in (None, {}, {"cap": "9"}, {"cap": -1}, {"cap": 0}, {"cap": 3}, {"cap": 99})
    ]
    assert caps == [2, 2, 2, 2, 0, 3, 7]
    for cap, is_shown in ((2, False), (3, True), (0, False)):
        assert (core("pick", tips, here, seen, DAY, None, cap) is not None) == is_shown
    assert core("pick", tips, here, memory(), DAY, None, 0) is None


def test_damaged_memories_and_rule_files_do_no_harm(core: Any) -> None:
    for text in (
        None,
        "",
        "x",
        "[]",
        "null",
        "7",
        '{"shown": 3, "said": "x"}',
        '{"said": {"1": "x", "2": null}}',
    ):
        assert core("remembered", text, DAY) == memory(pause="")
    for pause, kept in (("2026-12-20", "2026-12-20"), ("2027-12-20", ""), ("x", ""), (7, "")):
        assert core("remembered", json.dumps({"pause": pause}), DAY)["pause"] == kept, (
            "never longer than it can be said"
        )
    old = '{"shown": {"1": "2020-01-01", "2": "2026-11-30"}, "said": {"3": ["not_for_me", "2020-01-01"]}}'
    assert core("remembered", old, DAY) == memory(
        shown={"2": "2026-11-30"}, said={"3": ["not_for_me", "2020-01-01"]}, pause=""
    )
    whole = rule(1, "https://a.example/*")
    for file in (None, [], "x", {"version": 2, "tips": [whole]}, {"version": 1, "tips": "x"}):
        assert core("readRules", file) == []
    broken = [None, 3, {}, {**whole, "steps": "x"}, {**whole, "patterns": [3]}, {**whole, "title": None}]
    assert core("readRules", {"version": 1, "tips": [*broken, whole]}) == [whole]


def test_languages_and_links(core: Any) -> None:
    assert core("languageOf", None, "", "de-AT", "en") == "de"
    assert core("languageOf", "fr", "EN-us") == "en"
    assert core("languageOf", "fr", "nl") == "en"
    assert [core("isLink", link) for link in ("https://a.example", "javascript:alert(1)", "http://a", "", None)] == [
        True, False, False, False, False,
    ]  # fmt: skip
