"""Files that are broken or mean harm are refused with a sentence, quickly, and nothing outside is touched."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from challenges.processes.bpmn import MOST_STEPS, read_bpmn
from hub.refusals import Refusal
from tests.challenges.processes.drawings import arrow, definitions, many_steps, process, two_steps

BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.fixture
def listener() -> Iterator[str]:
    """An address that notices whoever asks it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        try:
            connection, _address = server.accept()
        except TimeoutError:
            return
        connection.close()
        pytest.fail("the reader asked an address named in a file")


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read_bpmn(content)
    sentence = str(caught.value.message)
    assert sentence.endswith(".")
    assert "%(" not in sentence
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\0", "malformed"),
        (b"PK\x03\x04 a zip", "malformed"),
        (b"%PDF-1.7", "malformed"),
        (b"\xff\xfe\x00", "unknown_encoding"),
        (b"\xc3\x28<a/>", "unknown_encoding"),
        (b'<?xml version="1.0" encoding="rot13"?><a/>', "unknown_encoding"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "unknown_encoding"),
        (two_steps().encode()[:-5], "malformed"),
        (two_steps("a\0b").encode(), "malformed"),
        (two_steps("a&#0;b").encode(), "malformed"),
        (two_steps("a&unknown;b").encode(), "malformed"),
        (two_steps("a\x01b").encode(), "malformed"),
        (b"<html><body/></html>", "not_bpmn"),
        (b'<definitions><process><task id="a"/></process></definitions>', "not_bpmn"),
        (definitions("").encode(), "no_step"),
        (process("").encode(), "no_step"),
        (process("<task/>").encode(), "no_id"),
        (process('<task id=" "/>').encode(), "no_id"),
        (process('<task id="a"/><task id="a"/>').encode(), "duplicate_id"),
        (process('<task id="a"/><endEvent id="a"/>').encode(), "duplicate_id"),
        (process(f'<task id="{"a" * 201}"/>').encode(), "long_id"),
        (b"<!DOCTYPE definitions>" + two_steps().encode(), "document_type"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + two_steps("&a;").encode(), "document_type"),
        (f'<!DOCTYPE x [<!ENTITY a0 "x">{BOMB}]>'.encode() + two_steps("&a9;").encode(), "document_type"),
        (
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + two_steps("&a;").encode(),
            "document_type",
        ),
        (two_steps().replace("<", "<!DOCTYPE x><", 1).encode("utf-16"), "document_type"),
    ],
)
def test_it_is_refused_with_a_sentence_of_its_own(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_nothing_named_in_a_file_is_ever_fetched(listener: str) -> None:
    assert (
        refused(f'<!DOCTYPE x SYSTEM "{listener}a.dtd">'.encode() + two_steps().encode()) == "document_type"
    )
    entity = f'<!DOCTYPE x [<!ENTITY % a SYSTEM "{listener}b"> %a;]>'
    assert refused(entity.encode() + two_steps().encode()) == "document_type"
    sheet = f'<?xml-stylesheet href="{listener}c"?>'
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{listener}d"/>'
    imported = f'<import importType="x" location="{listener}e" namespace="n"/>'
    text = sheet + process(f'<task id="a" name="Tun"/>{include}').replace("<process", f"{imported}<process")
    assert [step.name for step in read_bpmn(text.encode()).steps] == ["Tun"]


def test_too_many_steps_are_refused_at_once() -> None:
    begun = time.perf_counter()
    assert refused(many_steps(25_000)) == "too_many_steps"
    assert time.perf_counter() - begun < 4
    assert refused(many_steps(MOST_STEPS + 1)) == "too_many_steps"
    assert len(read_bpmn(many_steps(MOST_STEPS)).steps) == MOST_STEPS


def test_deep_nesting_is_refused() -> None:
    deep = "".join(f'<subProcess id="s{n}">' for n in range(20_000)) + "</subProcess>" * 20_000
    assert refused(process(deep).encode()) == "too_deep"
    assert refused(b"<a>" * 100_000) == "too_deep"


def test_a_thicket_of_gateways_is_refused_at_once() -> None:
    gateways = "".join(f'<exclusiveGateway id="g{n}"/>' for n in range(40_000))
    flows = "".join(arrow(f"g{n}", f"g{n + 1}") for n in range(39_999))
    begun = time.perf_counter()
    assert refused(process(f'<task id="a"/>{gateways}{flows}').encode()) == "too_many_elements"
    assert refused(process('<task id="a"/>' + "<documentation/>" * 410_000).encode()) == "too_many_elements"
    assert time.perf_counter() - begun < 15


def test_the_worst_allowed_file_is_read_in_a_few_seconds() -> None:
    tasks = "".join(f'<task id="t{n}"/>' for n in range(1_000))
    gateways = "".join(f'<exclusiveGateway id="g{n}"/>' for n in range(1_900))
    flows = "".join(arrow(f"t{n}", "g0") for n in range(1_000))
    flows += "".join(arrow(f"g{n}", f"g{n + 1}") for n in range(1_899)) + arrow("g1899", "t0")
    begun = time.perf_counter()
    assert len(read_bpmn(process(tasks + gateways + flows).encode()).steps) == 1_000
    assert time.perf_counter() - begun < 10


def test_a_file_in_which_all_lead_to_all_is_refused_in_a_few_seconds() -> None:
    tasks = "".join(f'<task id="t{n}"/>' for n in range(5_000))
    gateways = "".join(f'<exclusiveGateway id="g{n}"/>' for n in range(1_000))
    flows = "".join(arrow(f"t{n}", "g0") + arrow("g999", f"t{n}") for n in range(5_000))
    flows += "".join(arrow(f"g{n}", f"g{n + 1}") for n in range(999))
    begun = time.perf_counter()
    assert refused(process(tasks + gateways + flows).encode()) == "too_many_elements"
    assert time.perf_counter() - begun < 10


def test_a_file_above_the_limit_is_refused_before_it_is_parsed(settings: Any) -> None:
    settings.PROCESS_MAX_BYTES = 1_000
    with pytest.raises(Refusal) as caught:
        read_bpmn(b"<" * 1_001)
    assert (caught.value.code, caught.value.status) == ("too_large", 413)


@given(content=st.binary(max_size=300), at=st.integers(0, 10_000), cut=st.integers(0, 200))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_damaged_in_a_file_it_is_read_or_refused(content: bytes, at: int, cut: int) -> None:
    whole = two_steps().encode()
    at %= len(whole)
    for damaged in (content, whole[:at] + content + whole[at + cut :]):
        with suppress(Refusal):
            assert read_bpmn(damaged).steps
