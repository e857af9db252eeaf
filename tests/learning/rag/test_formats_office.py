"""Office files as other programs write them: the strict form, drawings, frames, merged and nested things."""

import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from openpyxl import Workbook
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Cm

from learning.rag.errors import ReadingError
from learning.rag.readers import archive, read
from learning.rag.splitting import split

STRICT = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(\w+)")
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"


def strict(content: bytes) -> bytes:
    """The package as ISO's strict form names its parts; those of the packaging itself keep their names."""

    def name(match: re.Match[bytes]) -> bytes:
        if match[1] in (b"package", b"markup"):
            return match[0]
        return b"http://purl.oclc.org/ooxml/" + match[1] + b"/" + match[2]

    copy = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as package, zipfile.ZipFile(copy, "w") as other:
        for part in package.namelist():
            other.writestr(part, STRICT.sub(name, package.read(part)))
    return copy.getvalue()


def saved(thing: object) -> bytes:
    stream = BytesIO()
    thing.save(stream)
    return stream.getvalue()


def word() -> bytes:
    document = Document()
    document.add_heading("Reisen", level=1)
    document.add_paragraph("Es gibt 14 Euro je Tag.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Wien", "45 €"
    return saved(document)


def slides() -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Ziele"
    slide.placeholders[1].text = "Weniger Schritte"
    slide.notes_slide.notes_text_frame.text = "Langsam sprechen"
    data = CategoryChartData()
    data.categories = ["Q1", "Q2"]
    data.add_series("Schritte", (9, 4))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Cm(1), Cm(12), Cm(8), Cm(4), data)
    return saved(presentation)


def sheets() -> bytes:
    workbook = Workbook()
    workbook.active.title = "Sätze"
    for row in (["Ort", "Satz"], ["Wien", 45], ["Graz", 40.5]):
        workbook.active.append(row)
    return saved(workbook)


@pytest.mark.parametrize(("name", "make"), [("a.docx", word), ("a.pptx", slides), ("a.xlsx", sheets)])
def test_the_strict_form_reads_as_the_usual_one(name: str, make: object, tmp_path: Path) -> None:
    content = make()
    (tmp_path / name).write_bytes(content)
    usual = read(tmp_path / name, name=name)
    (tmp_path / name).write_bytes(strict(content))
    with zipfile.ZipFile(tmp_path / name) as package:
        assert b"purl.oclc.org/ooxml" in package.read("_rels/.rels")
    assert read(tmp_path / name, name=name) == usual
    assert len(usual.text.split()) > 5


def test_a_strict_bomb_is_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", "http://purl.oclc.org/ooxml/officeDocument/relationships")
        package.writestr("word/document.xml", b" " * 30_000_000)
    with pytest.raises(ReadingError) as caught:
        read(path, name="bomb.docx")
    assert caught.value.code == "zip_bomb"


def test_parts_that_lie_are_trusted_only_as_far_as_they_can_do_no_harm(tmp_path: Path) -> None:
    def packed(count: int) -> zipfile.ZipFile:
        path = tmp_path / f"{count}.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for number in range(count):
                package.writestr(f"word/media/{number}.bin", b" " * 990_000)
        path.write_bytes(path.read_bytes().replace(struct.pack("<I", 990_000), struct.pack("<I", 100)))
        return zipfile.ZipFile(path)

    with packed(10) as few:
        archive.check_real(few)
    with packed(700) as many, pytest.raises(ReadingError):
        archive.check_real(many)


def slide_of(presentation: object, layout: int = 6) -> object:
    return presentation.slides.add_slide(presentation.slide_layouts[layout])


def text_read(presentation: object, folder: Path) -> str:
    presentation.save(str(folder / "a.pptx"))
    return read(folder / "a.pptx", name="a.pptx").text


def test_shapes_of_a_group_stand_in_its_place_from_left_to_right(tmp_path: Path) -> None:
    presentation = Presentation()
    slide = slide_of(presentation)
    slide.shapes.add_textbox(Cm(1), Cm(12), Cm(4), Cm(1)).text_frame.text = "unten"
    group = slide.shapes.add_group_shape()
    # A few millimetres of height do not make another row, wherever a grid of centimetres would cut.
    for text, left, top in (("drei", 11, 3.9), ("eins", 1, 4.1), ("zwei", 6, 4.0)):
        group.shapes.add_textbox(Cm(left), Cm(top), Cm(4), Cm(1)).text_frame.text = text
    slide.shapes.add_textbox(Cm(1), Cm(1), Cm(4), Cm(1)).text_frame.text = "oben"
    assert text_read(presentation, tmp_path).split() == ["oben", "eins", "zwei", "drei", "unten"]


def test_number_date_and_footer_of_a_slide_are_left_out(tmp_path: Path) -> None:
    presentation = Presentation()
    slide = slide_of(presentation, 5)
    slide.shapes.title.text = "Ziele"
    for number, kind in enumerate(("sldNum", "dt", "ftr"), start=10):
        shape = f"""<p:sp xmlns:p="{SLIDES}" xmlns:a="{MAIN}"><p:nvSpPr><p:cNvPr id="{number}" name="x"/><p:cNvSpPr/>
            <p:nvPr><p:ph type="{kind}" idx="{number}"/></p:nvPr></p:nvSpPr><p:spPr/>
            <p:txBody><a:bodyPr/><a:p><a:r><a:t>Ringer intern {number}</a:t></a:r></a:p></p:txBody></p:sp>"""
        slide.shapes.element.append(parse_xml(shape))
    slide.shapes.add_textbox(Cm(1), Cm(9), Cm(4), Cm(1)).text_frame.text = "Weniger Schritte"
    assert text_read(presentation, tmp_path) == "Ziele\n\nWeniger Schritte"


def test_merged_cells_are_said_once_and_a_break_is_no_word(tmp_path: Path) -> None:
    presentation = Presentation()
    slide = slide_of(presentation)
    table = slide.shapes.add_table(2, 3, Cm(1), Cm(1), Cm(12), Cm(3)).table
    table.cell(0, 0).merge(table.cell(0, 1))
    for (row, column), text in {(0, 0): "Spesen", (0, 2): "Satz\vin €", (1, 0): "Wien", (1, 2): "45"}.items():
        table.cell(row, column).text = text
    assert text_read(presentation, tmp_path) == "Spesen | Satz in €\nWien | 45"


def test_the_words_of_a_drawing_are_read(tmp_path: Path) -> None:
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    points = "".join(
        f'<dgm:pt modelId="{n}"{kind}><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for n, (text, kind) in enumerate(
            [("", ' type="doc"'), ("Prüfen", ""), ("Buchen", ""), ("x", ' type="pres"')]
        )
    )
    model = f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" xmlns:a="{MAIN}"><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>'
    presentation = Presentation()
    slide = slide_of(presentation)
    kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
    part = Part(PackURI("/ppt/diagrams/data1.xml"), kind, slide.part.package, model.encode())
    rid = slide.part.relate_to(part, OFFICE + "/diagramData")
    frame = f"""<p:graphicFrame xmlns:p="{SLIDES}" xmlns:a="{MAIN}" xmlns:r="{OFFICE}"><p:nvGraphicFramePr>
        <p:cNvPr id="9" name="x"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/>
        <a:graphic><a:graphicData uri="{DIAGRAM}"><dgm:relIds xmlns:dgm="{DIAGRAM}" r:dm="{rid}"/></a:graphicData>
        </a:graphic></p:graphicFrame>"""
    slide.shapes.element.append(etree.fromstring(frame))
    assert text_read(presentation, tmp_path) == "Prüfen\nBuchen"


def test_a_chart_says_its_categories_and_series(tmp_path: Path) -> None:
    (tmp_path / "a.pptx").write_bytes(slides())
    reading = read(tmp_path / "a.pptx", name="a.pptx")
    assert reading.text.split("\n\n") == ["Ziele", "Weniger Schritte\nQ1 | Q2\nSchritte", "Langsam sprechen"]


# --- Word ----------------------------------------------------------------------------------------
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_text(document: object, folder: Path) -> str:
    document.save(str(folder / "a.docx"))
    return read(folder / "a.docx", name="a.docx").text


def add_notes(document: object, kind: str, notes: dict[int, str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    written = "".join(
        f'<w:{kind} w:id="{n}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
        for n, text in notes.items()
    )
    content = f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}>{written}</w:{kind}s>'
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), media, content.encode(), document.part.package)
    document.part.relate_to(part, f"{OFFICE}/{kind}s")


def refer(paragraph: object, kind: str, number: int) -> None:
    run = f'<w:r xmlns:w="{W}"><w:{kind}Reference w:id="{number}"/></w:r>'
    paragraph._p.append(etree.fromstring(run))


def test_notes_stand_below_what_refers_to_them(tmp_path: Path) -> None:
    document = Document()
    refer(document.add_paragraph("Es gibt 14 Euro."), "footnote", 2)
    refer(document.add_paragraph("Ab acht Stunden."), "endnote", 3)
    document.add_paragraph("Danach.")
    add_notes(document, "footnote", {2: "Stand März 2026.", 9: "Gelöscht."})
    add_notes(document, "endnote", {3: "Ohne Fahrzeit."})
    expected = "Es gibt 14 Euro.\nStand März 2026.\n\nAb acht Stunden.\nOhne Fahrzeit.\n\nDanach."
    assert word_text(document, tmp_path) == expected


def test_a_merged_cell_of_word_stands_in_each_of_its_rows(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=4, cols=3)
    rows = [
        ["Land", "Dauer", "Satz"],
        ["Wien", "ab 8 Std.", "30 €"],
        ["", "24 Std.", "45 €"],
        ["Graz", "", "40 €"],
    ]
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    expected = "Land | Dauer | Satz\nWien | ab 8 Std. | 30 €\nWien | 24 Std. | 45 €\nGraz |  | 40 €"
    assert word_text(document, tmp_path) == expected


def test_a_frame_of_one_cell_keeps_its_paragraphs(tmp_path: Path) -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "Merke"
    cell.add_paragraph("Belege aufheben.")
    assert word_text(document, tmp_path) == "Merke\n\nBelege aufheben."


def test_every_passage_of_a_long_word_table_begins_with_the_header(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=61, cols=2)
    for row in range(61):
        texts = (
            ("Ort", "Tagessatz") if row == 0 else (f"Ort {row}", f"{20 + row} Euro je Tag bei Übernachtung")
        )
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))
    reading = read(tmp_path / "a.docx", name="a.docx")
    drafts = split(reading)
    assert len(drafts) > 2
    assert all(reading.text[draft.start :].startswith("Ort | Tagessatz") for draft in drafts)


def test_items_of_a_list_style_follow_line_by_line_and_formulas_are_read(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Schritte:")
    document.add_paragraph("Antrag stellen", style="List Bullet")
    last = document.add_paragraph("Rechnen: ", style="List Number")
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    last._p.append(etree.fromstring(f'<m:oMath xmlns:m="{math}"><m:r><m:t>a=b²</m:t></m:r></m:oMath>'))
    assert word_text(document, tmp_path) == "Schritte:\nAntrag stellen\nRechnen: a=b²"


# --- tables of web pages and slides ----------------------------------------------------------------
def html_text(folder: Path, markup: str) -> str:
    (folder / "a.html").write_text(markup, encoding="utf-8")
    return read(folder / "a.html", name="a.html").text


def test_a_cell_over_several_rows_of_a_page_stands_in_each(tmp_path: Path) -> None:
    markup = """<table><tr><th>Jahr</th><th>Art</th><th>Tage</th></tr><tr><td rowspan="2">2026</td><td>Urlaub</td>
        <td>30</td></tr><tr><td>Lernen</td><td>5</td></tr><tr><td colspan="2">zusammen</td><td>35</td></tr></table>"""
    expected = "Jahr | Art | Tage\n2026 | Urlaub | 30\n2026 | Lernen | 5\nzusammen |  | 35"
    assert html_text(tmp_path, markup) == expected


def test_a_table_that_only_lays_out_a_page_is_none(tmp_path: Path) -> None:
    markup = """<table><tr><td><h1>Urlaub</h1><p>Dreißig Tage.</p></td><td><table><tr><td>a</td><td>b</td></tr>
        </table></td></tr></table><table><tr><td><p>Eins.</p><p>Zwei.</p></td></tr></table>"""
    assert html_text(tmp_path, markup) == "Urlaub\n\nDreißig Tage.\n\na | b\n\nEins.\n\nZwei."


@pytest.mark.parametrize("span", ["0", "-1", "x", "99999999999", "1000000"])
def test_a_span_that_makes_no_sense_costs_nothing(span: str, tmp_path: Path) -> None:
    markup = (
        f'<table><tr><td rowspan="{span}" colspan="{span}">a</td><td>b</td></tr><tr><td>c</td></tr></table>'
    )
    assert html_text(tmp_path, markup).split() == ["a", "|", "b", "c"]


def test_a_merged_cell_of_a_slide_stands_in_each_of_its_rows(tmp_path: Path) -> None:
    presentation = Presentation()
    slide = slide_of(presentation)
    table = slide.shapes.add_table(3, 3, Cm(1), Cm(1), Cm(12), Cm(3)).table
    table.cell(0, 0).merge(table.cell(1, 1))
    for (row, column), text in {
        (0, 0): "Wien",
        (0, 2): "45",
        (1, 2): "30",
        (2, 0): "Graz",
        (2, 2): "9",
    }.items():
        table.cell(row, column).text = text
    assert text_read(presentation, tmp_path) == "Wien | 45\nWien | 30\nGraz | 9"
