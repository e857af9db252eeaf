"""A page of somebody else, on an origin of its own: strict policy, hostile style, and every request written down."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Everything a page could do to what stands on it, and more.
HOSTILE = """
html { font-size: 4px; transform: rotate(0.01deg); }
* { color: #f0f !important; background: lime !important; font: italic 60px serif !important; opacity: 0.3 !important;
    letter-spacing: 9px !important; text-transform: uppercase !important; transform: scale(0.5) !important; }
hatpin-tip, body ~ *, [popover], html > * ~ *:last-child { display: none !important; visibility: hidden !important;
    position: static !important; width: 0 !important; height: 0 !important; z-index: -1 !important;
    pointer-events: none !important; }
:root { --paper: #f0f; --ink: #f0f; --brass: #f0f; }
"""
CALM = (
    "body { font: 17px/1.5 Georgia, serif; margin: 3rem; max-width: 40rem; color: #333; background: #fff; }"
)


class ForeignPage:
    """`style`, `lang` and `hub` (none: without our line) may be changed before a page is opened."""

    def __init__(self, url: str, hub: str) -> None:
        self.url, self.hub, self.style, self.lang = url, hub, HOSTILE, "de"
        self.policy = (
            f"default-src 'none'; img-src data:; style-src 'self'; script-src {hub}; connect-src {hub}"
        )

    @property
    def origin(self) -> str:
        return self.url

    @property
    def line(self) -> str:
        """Ours, as the page for administrators gives it to copy."""
        source = f"{self.hub}/static/embed/hatpin.js"
        return f'<script src="{source}" data-hub="{self.hub}" referrerpolicy="no-referrer" defer></script>'

    def html(self) -> str:
        return (
            f'<!doctype html><html lang="{self.lang}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<title>Angebot 4711 an Geheimkunde</title>"
            '<link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,">'
            f"{self.line if self.hub else ''}</head><body>"
            "<h1>Angebot 4711</h1><p>Ein Absatz des Angebots, den jemand gerade liest.</p>"
            '<p><a href="/elsewhere">Ein Verweis</a> <button>Speichern</button></p></body></html>'
        )


@contextmanager
def foreign_page(hub: str) -> Iterator[ForeignPage]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_style = self.path == "/style.css"
            body = (page.style if is_style else page.html()).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if is_style else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", page.policy)
            self.send_header("Referrer-Policy", "unsafe-url")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *about: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    page = ForeignPage(f"http://127.0.0.1:{server.server_port}", hub)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield page
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
