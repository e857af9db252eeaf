"""Ways in which an endpoint fails, and replies that are hard to take; a fresh server each time it is asked for."""

from collections.abc import Callable

from tests.models_server import ModelServer

GOOD = "Für eine Dienstreise von mehr als acht Stunden zahlt die Firma 14 Euro Verpflegungspauschale [1]."
TIMEOUT = 0.5  # seconds
SLOW = 60

# What cannot give an answer: quotes take its place, with a notice.
FAULTS: dict[str, Callable[[], ModelServer]] = {
    "500": lambda: ModelServer(status=500, body=b"oops"),
    "429": lambda: ModelServer(status=429, body=b"{}", headers={"Retry-After": "30"}),
    "401": lambda: ModelServer(status=401, body=b"{}"),
    "malformed": lambda: ModelServer(body=b"{not json"),
    "malformed events": lambda: ModelServer(stream_body=b"data: {not json\n\n"),
    "empty": lambda: ModelServer(""),
    "no events": lambda: ModelServer(stream_body=b""),
    "hangs": lambda: ModelServer(GOOD, delay=SLOW),
    "hangs in the middle": lambda: ModelServer(f"{GOOD} {GOOD} Und dann", hang_after=28),
    "cut": lambda: ModelServer(f"{GOOD} {GOOD} Und dann kommt noch mehr.", cut=True),
    "drips": lambda: ModelServer(f"{GOOD} {GOOD}", pause=0.1),
    "drips bytes": lambda: ModelServer(stream_body=b'data: {"choices": [' * 99, pause=0.1),
    "endless thoughts": lambda: ModelServer("<think>Hm. ", endless=True),
    "endless babble": lambda: ModelServer("Das ist so. ", endless=True),
    "1 MB": lambda: ModelServer("x" * 1_000_000, piece=50_000),
    "another language": lambda: ModelServer("La capitale est Paris, et le soleil brille toujours [1]."),
    "nonsense": lambda: ModelServer("[1] [2] [3]"),
}
