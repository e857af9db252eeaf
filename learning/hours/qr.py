"""QR codes as inline SVG: no style, no script and no request, so that a strict content policy lets them through."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

MOST_CHARACTERS = 300
QUIET = 4  # modules of white around it, without which telephones do not find it


def qr_svg(text: str, title: str = "") -> SafeString:
    """Black on white in the dark theme too, as many telephones read nothing else; `qr` sizes it.

    Raises ValueError for a text longer than an address: the squares would be too fine for a room.
    """
    if not text or len(text) > MOST_CHARACTERS:
        raise ValueError(f"A QR code holds 1 to {MOST_CHARACTERS} characters.")
    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    size = len(rows) + 2 * QUIET
    return format_html(
        '<svg class="qr" role="img" viewBox="0 0 {0} {0}" shape-rendering="crispEdges"><title>{1}</title>'
        '<path class="qr-ground" fill="#fff" d="M0 0h{0}v{0}H0z"/>'
        '<path class="qr-squares" fill="#000" d="{2}"/></svg>',
        size,
        title or text,
        "".join(_squares(rows)),
    )


def _squares(rows: tuple[bytearray, ...]) -> list[str]:
    """One rectangle for each run of dark modules in a row."""
    found = []
    for y, row in enumerate(rows, start=QUIET):
        x = 0
        while x < len(row):
            length = next((n for n, module in enumerate(row[x:]) if not module), len(row) - x)
            if length:
                found.append(f"M{x + QUIET} {y}h{length}v1h-{length}z")
            x += max(length, 1)
    return found
