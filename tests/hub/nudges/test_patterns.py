"""Patterns of pages: what counts as one, and what they match."""

import pytest

from hub.nudges.patterns import checked, matches
from hub.refusals import Refusal


def test_a_pattern_is_kept_once_with_its_host_in_small_letters() -> None:
    assert checked(
        [" https://CRM.Firma.example/Angebote/* ", "https://crm.firma.example/Angebote/*", ""]
    ) == ["https://crm.firma.example/Angebote/*"]
    assert checked(["https://intranet/", "https://intranet:8443/a*b"]) == [
        "https://intranet/",
        "https://intranet:8443/a*b",
    ]
    assert checked(["https://*.CRM.example/*", "https://*.crm.example/*"]) == ["https://*.crm.example/*"]


@pytest.mark.parametrize(
    "pattern",
    [
        "http://crm.example/",
        "javascript:alert(1)",
        "crm.example/*",
        "https://crm.example",
        "https://*.example/",
        "https://*.*.example.com/",
        "https://crm.*.example.com/",
        "https://*example.com/",
        "https://*./",
        "https://*/",
        "https:///path",
        "https://user:secret@crm.example/",
        "https://crm.example/?token=*",
        "https://crm.example/#a",
        "https://crm.example/a b",
        "https://crm.example/<script>",
        "https://-crm.example/",
        "https://crm..example/",
        "https://crm.example:99999999/",
        "https://crm.example/" + "a" * 300,
        "https://crm.example/\u202e",
    ],
)
def test_anything_else_is_refused_in_a_sentence(pattern: str) -> None:
    with pytest.raises(Refusal, match="bad_pattern"):
        checked([pattern])


def test_twenty_are_the_most() -> None:
    pages = [f"https://crm.example/{number}/*" for number in range(20)]
    assert checked(pages) == pages
    with pytest.raises(Refusal, match="too_many_patterns"):
        checked([*pages, "https://crm.example/more/"])


@pytest.mark.parametrize(
    ("pattern", "address", "is_matching"),
    [
        ("https://a.example/*", "https://a.example/x/y", True),
        ("https://a.example/*", "https://a.example", True),
        ("https://a.example/*", "https://b.example/x", False),
        ("https://a.example/*", "http://a.example/x", False),
        ("https://a.example/x", "https://a.example/x", True),
        ("https://a.example/x", "https://a.example/xy", False),
        ("https://a.example/*/edit", "https://a.example/5/edit", True),
        ("https://a.example/*/edit", "https://a.example/edit", False),
        ("https://a.example/a*b*c", "https://a.example/a1b2c", True),
        ("https://a.example/a*b*c", "https://a.example/abbc", True),
        ("https://a.example/a*ab", "https://a.example/ab", False),
        ("https://a.example/(x)*", "https://a.example/(x)1", True),
        ("https://*.a.example/x*", "https://firma.a.example/x1", True),
        ("https://*.a.example/x*", "https://Firma.Eu.a.example/x1", True),
        ("https://*.a.example/x*", "https://a.example/x1", False),
        ("https://*.a.example/x*", "https://.a.example/x1", False),
        ("https://*.a.example/x*", "https://nota.example/x1", False),
        ("https://*.a.example/x*", "https://b.example/x.a.example/x1", False),
    ],
)
def test_a_star_stands_for_anything_in_the_path(pattern: str, address: str, is_matching: bool) -> None:
    assert matches(pattern, address) == is_matching


def test_no_pattern_makes_it_slow() -> None:
    assert not matches("https://a.example/" + "*a" * 140 + "b", "https://a.example/" + "a" * 4000)
