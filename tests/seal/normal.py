"""What may differ between two worlds: nonces, and ids that a walk itself made. Nothing else."""

import re

CSRF = re.compile(r'(csrfmiddlewaretoken"? value="|csrfToken"?: ?")[A-Za-z0-9]+')
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# A fingerprint: that of claims or of a standing, which rightly differs, or one that both worlds began with. A token for
# programs looks the same.
FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b")
# The first characters of a token, where it is listed.
TOKEN = re.compile(r"(?<=/me/tokens/)[0-9a-f]+|\b[0-9a-f]+(?=…)|(?<=visually-hidden\"> )[0-9a-f]{8,}")
# The secret in the address of a calendar.
FEED = re.compile(r"(?<=/calendar/)[\w-]{43}(?=\.ics)")
NONCE_HEADERS = {"set-cookie", "x-request-id"}


class Normal:
    """`known`: the ids and fingerprints of the rows that both worlds began with; they stay as they are."""

    def __init__(self, known: set[str]) -> None:
        self.known = known

    def text(self, text: str) -> str:
        text = CSRF.sub(r"\1", text)
        text = UUID.sub(lambda found: found[0] if found[0] in self.known else "<new id>", text)
        text = FINGERPRINT.sub(lambda found: found[0] if found[0] in self.known else "<token>", text)
        return TOKEN.sub("<token>", FEED.sub("<secret>", text))

    def headers(self, headers: dict[str, str]) -> tuple[tuple[str, str], ...]:
        """Every header with its value; of cookies only that there are some."""
        return tuple(
            sorted(
                (name.lower(), "" if name.lower() in NONCE_HEADERS else self.text(value))
                for name, value in headers.items()
            )
        )
