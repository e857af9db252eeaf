"""Nothing is fetched while a file is read: every format that could name an address names one that listens."""

import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from learning.rag.readers import read

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Listener:
    """Counts who calls; answers nothing."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.calls = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            line.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.socket.shutdown(socket.SHUT_RDWR)
    listener.socket.close()


def page(address: str) -> bytes:
    return f"""<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "{address}/x.dtd" [<!ENTITY e SYSTEM "{address}/e">]>
<html xmlns="http://www.w3.org/1999/xhtml"><head><base href="{address}/"><link rel="stylesheet" href="{address}/x.css">
<meta http-equiv="refresh" content="0; url={address}/"><script src="{address}/x.js"></script></head>
<body><p>Ein Satz.</p><img src="{address}/x.png"><iframe src="{address}/f"></iframe><object data="{address}/o"></object>
</body></html>""".encode()


def markdown(address: str) -> bytes:
    return f'Ein Satz mit ![Bild]({address}/x.png) und <img src="{address}/y.png">.\n\n[a]: {address}/z\n'.encode()


def book(address: str) -> bytes:
    container = f"""<?xml version="1.0"?><!DOCTYPE c SYSTEM "{address}/c.dtd"><container><rootfiles>
        <rootfile full-path="book.opf"/></rootfiles></container>"""
    listing = f"""<!DOCTYPE p SYSTEM "{address}/p.dtd"><package xmlns:x="http://www.w3.org/2001/XInclude"><manifest>
        <item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
        <item id="b" href="{address}/b.xhtml" media-type="application/xhtml+xml"/></manifest>
        <spine><itemref idref="a"/><itemref idref="b"/></spine><x:include href="{address}/x"/></package>"""
    return packed(
        {"META-INF/container.xml": container.encode(), "book.opf": listing.encode(), "a.xhtml": page(address)}
    )


def packed(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def saved(thing: object) -> bytes:
    stream = BytesIO()
    thing.save(stream)
    return stream.getvalue()


def naming(content: bytes, address: str, main: str) -> bytes:
    """The package with a DTD and an entity in its main part and with external relations of every kind."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    kinds = (
        "image",
        "attachedTemplate",
        "hyperlink",
        "oleObject",
        "externalLink",
        "video",
        "footnotes",
        "diagramData",
    )
    links = "".join(
        f'<Relationship Id="x{n}" Type="{OFFICE}/{kind}" Target="{address}/{kind}" TargetMode="External"/>'
        for n, kind in enumerate(kinds)
    ).encode()
    folder, _slash, name = main.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    parts[relations] = parts[relations].replace(b"</Relationships>", links + b"</Relationships>")
    declared = f'<!DOCTYPE x SYSTEM "{address}/x.dtd" [<!ENTITY e SYSTEM "{address}/e">]>'.encode()
    head, _end, rest = parts[main].partition(b"?>")
    parts[main] = head + b"?>" + declared + rest if rest else declared + head
    return packed(parts)


def word(address: str) -> bytes:
    document = Document()
    document.add_paragraph("Ein Satz.")
    return naming(saved(document), address, "word/document.xml")


def slides(address: str) -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Ein Satz."
    return naming(saved(presentation), address, "ppt/slides/slide1.xml")


def sheets(address: str) -> bytes:
    workbook = Workbook()
    workbook.active.append(["Ein Satz.", f'=WEBSERVICE("{address}/w")', f"='{address}/[x.xlsx]A'!A1"])
    return naming(saved(workbook), address, "xl/workbook.xml")


def pdf(address: str) -> bytes:
    """A page that opens an address by itself, by link, by form and by script."""
    action = f"<< /S /URI /URI ({address}/u) >>"
    submit = f"<< /S /SubmitForm /F << /FS /URL /F ({address}/s) >> >>"
    script = f"<< /S /JavaScript /JS (app.launchURL\\('{address}/j'\\)) >>"
    content = b"BT /F1 12 Tf 50 700 Td (Ein Satz, der lang genug ist, um keiner zu sein, der fehlt.) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /OpenAction {action} /AA << /WC {script} >> /URI << /Base ({address}) >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /AA << /O {submit} >> "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> "
        f"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A {action} >>] >>",
        f"<< /Length {len(content)} >>\nstream\n{content.decode()}\nendstream",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{written}\nendobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010} 00000 n \n" for place in places
    )
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + table.encode() + trailer.encode()


def film(address: str) -> bytes:
    return f"WEBVTT\n\nSTYLE\n@import url({address}/x.css);\n\n00:01.000 --> 00:02.000\nEin Satz.\n".encode()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.html", page),
        ("a.md", markdown),
        ("a.epub", book),
        ("a.docx", word),
        ("a.pptx", slides),
        ("a.xlsx", sheets),
        ("a.pdf", pdf),
        ("a.vtt", film),
    ],
    ids=["html", "md", "epub", "docx", "pptx", "xlsx", "pdf", "vtt"],
)
def test_no_address_in_a_file_is_called(
    name: str, make: Callable[[str], bytes], listener: Listener, tmp_path: Path
) -> None:
    content = make(listener.address)
    (tmp_path / name).write_bytes(content)
    assert "Ein Satz" in read(tmp_path / name, name=name).text
    assert listener.calls == 0
    # The listener does hear whoever calls.
    socket.create_connection(listener.socket.getsockname()).close()
    deadline = threading.Event()
    for _ in range(100):
        if listener.calls:
            break
        deadline.wait(0.02)
    assert listener.calls == 1
