"""Law 1 for event streams: what a real server streams does not change when a rival claims something."""

from collections.abc import Iterator

import httpx
import pytest

from hub.pagepool import PagePoolHandler
from hub.people.tokens import create_token
from tests.seal.normal import Normal
from tests.seal.routes import Route, Samples, known_ids, routes
from tests.seal.worlds import Base, person
from tests.serving import LiveSite

STREAM = "text/event-stream"
QUESTION = {"question": "Was kostet eine Dienstreise?"}
SECONDS_A_STREAM = 3


@pytest.fixture
def base(transactional_db: None) -> Base:
    return Base()


@pytest.fixture(params=["bertha.ringer", "ada.miller"])
def program(request: pytest.FixtureRequest, base: Base) -> Iterator[httpx.Client]:
    token = create_token(user=person(request.param))
    with LiveSite(PagePoolHandler()) as site:
        headers = {"Authorization": f"Token {token}", "Accept": STREAM}
        with httpx.Client(base_url=site.url, headers=headers, timeout=SECONDS_A_STREAM) as client:
            yield client


def streamed(program: httpx.Client, method: str, address: str, normal: Normal) -> str | None:
    """What came as a stream until it ended or fell silent; None where the answer is no stream."""
    chunks: list[str] = []
    try:
        with program.stream(method, address, json=QUESTION if method == "POST" else None) as response:
            if not response.headers.get("Content-Type", "").startswith(STREAM):
                return None
            for chunk in response.iter_text():
                chunks.append(chunk)
    except httpx.ReadTimeout:
        pass
    return normal.text("".join(chunks))


def all_streams(program: httpx.Client, found: list[Route], normal: Normal) -> dict[str, str]:
    samples = Samples({})
    return {
        f"{method} {address}": text
        for route in found
        for method in ("GET", "POST")
        for address in samples.addresses(route, limit=2)
        if not address.endswith("/sign-out/")
        and (text := streamed(program, method, address, normal)) is not None
    }


def test_streams_are_equal_in_both_worlds(base: Base, program: httpx.Client) -> None:
    """Pages are asked with GET only: without a session they answer nobody, and no stream of theirs exists."""
    found = [route for route in routes() if route.path.startswith("api/")]
    normal = Normal(known_ids())
    quiet = all_streams(program, found, normal)
    base.rival_claims()
    busy = all_streams(program, found, normal)
    assert quiet == busy
    assert any("/ask/" in key and "event: answer" in text for key, text in quiet.items())
