"""Workbooks and CSV files: what a person sees of them, and what is refused."""

import random
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from learning.rag.errors import ReadingError
from learning.rag.readers import cells, read
from learning.rag.reading import Reading
from learning.rag.splitting import split
from tests.learning.rag.workbooks import rows, workbook


def read_book(folder: Path, book: Workbook) -> Reading:
    path = folder / "mappe.xlsx"
    book.save(path)
    return read(path, name=path.name)


def read_csv(folder: Path, content: str | bytes) -> str:
    path = folder / "liste.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path, name=path.name).text


def refusal(path: Path, name: str | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read(path, name=name or path.name)
    return caught.value.code


def test_sheets_are_pages_under_their_names(tmp_path: Path) -> None:
    book = Workbook()
    book.properties.title = "Reisekosten 2027"
    book.active.title = "Sätze"
    for row in (["Ziel", "Satz"], ["Wien", 45], ["Graz", None]):
        book.active.append(row)
    book.create_sheet("Leer")
    book.create_sheet("Orte").append(["Linz"])
    reading = read_book(tmp_path, book)
    assert reading.text == "Sätze\n\nZiel | Satz\nWien | 45\nGraz\n\nOrte\n\nLinz"
    assert [(heading.level, heading.title) for heading in reading.headings] == [(1, "Sätze"), (1, "Orte")]
    assert [page.number for page in reading.pages] == [1, 3]
    assert reading.title == "Reisekosten 2027"
    assert reading.format == "xlsx"


def test_what_is_hidden_is_left_out(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["Name", "Gehalt", "Ort", "Notiz"],
        ["Emma", 5200, "Wien", "=1+2"],
        ["Farid", 4900, "Linz", "a\n b"],
    ):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[2].hidden = True
    sheet["A3"].comment = Comment("vertraulich", "x")
    for state in ("hidden", "veryHidden"):
        book.create_sheet(state).append(["geheim"])
        book[state].sheet_state = state
    assert read_book(tmp_path, book).text == "Sheet\n\nName | Ort | Notiz\nFarid | Linz | a b"


def test_a_formula_is_the_value_last_seen(tmp_path: Path) -> None:
    sheet = '<sheetData><row><c><f>SUM(B1:B9)</f><v>42</v></c><c t="str"><f>A2</f><v>Wien</v></c></row></sheetData>'
    path = workbook(tmp_path / "summe.xlsx", sheet)
    assert read(path, name=path.name).text == "Daten\n\n42 | Wien"


def test_a_merged_cell_stands_in_each_of_its_rows_but_a_title_once(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["Kosten je Stadt"],
        [],
        ["Land", "Stadt", 2026, 2027],
        ["Österreich", "Wien", 1, 2],
        [None, "Graz", 3, 4],
        ["Italien", "Rom", 5, None],
    ):
        sheet.append(row)
    for merge in ("A1:D2", "A4:A5", "C6:D6"):
        sheet.merge_cells(merge)
    assert read_book(tmp_path, book).text == (
        "Sheet\n\nKosten je Stadt\n\nLand | Stadt | 2026 | 2027\n"
        "Österreich | Wien | 1 | 2\nÖsterreich | Graz | 3 | 4\nItalien | Rom | 5"
    )


def test_a_merged_cell_is_seen_beside_a_hidden_column_and_below_a_hidden_row(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["Nord", None, "a"], [None, None, "b"]):
        sheet.append(row)
    sheet.merge_cells("A1:B2")
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[1].hidden = True
    assert read_book(tmp_path, book).text == "Sheet\n\nNord | b"


def test_every_passage_of_a_long_table_begins_with_the_header(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Umsätze je Filiale"])
    book.active.merge_cells("A1:D1")
    book.active.append([None, "2026", None, "2027"])
    book.active.merge_cells("B2:C2")
    book.active.append(["Filiale", "Plan", "Ist", "Plan"])
    for number in range(300):
        book.active.append([f"Filiale {number}", number, number + 1, number + 2])
    reading = read_book(tmp_path, book)
    passages = [reading.text[draft.start : draft.end] for draft in split(reading)]
    assert len(passages) > 15
    assert all("2026 |  | 2027\nFiliale | Plan | Ist | Plan\n" in passage for passage in passages)
    assert all(reading.text.count(f"\nFiliale {number} |") == 1 for number in range(300))


def test_tables_below_and_beside_each_other_keep_their_own_headers(tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["Ort", "Satz"],
        ["Wien", 45],
        [],
        ["Rom", 60],
        [],
        ["Person", "Tage"],
        ["Emma", 3],
        [None, None, None, "Tag", "Stunden"],
        [None, None, None, "Fr", 1],
    ):
        book.active.append(row)
    assert read_book(tmp_path, book).text == (
        "Sheet\n\nOrt | Satz\nWien | 45\nRom | 60\n\nPerson | Tage\nEmma | 3\n\nTag | Stunden\nFr | 1"
    )


def test_a_title_between_rows_does_not_take_the_header_away(tmp_path: Path) -> None:
    book = Workbook()
    for row in ([None, "Plan", "Ist"], ["Einnahmen"], ["Miete", 1, 2], [], ["Ausgaben"], ["Strom", 3, 4]):
        book.active.append(row)
    assert read_book(tmp_path, book).text == (
        "Sheet\n\n| Plan | Ist\nEinnahmen\nMiete | 1 | 2\n\nAusgaben\n\n| Plan | Ist\nStrom | 3 | 4"
    )


@pytest.mark.parametrize(
    ("value", "code", "german", "english"),
    [
        (1234.5, "General", "1234,5", "1234.5"),
        (0.1 + 0.2, "General", "0,3", "0.3"),
        (5.0, "General", "5", "5"),
        (4006381333931, "General", "4006381333931", "4006381333931"),
        (1.5e-9, "General", "1,5e-09", "1.5e-09"),
        (1234567.891, "#,##0.00", "1.234.567,89", "1,234,567.89"),
        (2.675, "0.00", "2,68", "2.68"),
        (0.19, "0%", "19 %", "19%"),
        (0.0715, "0.0#%", "7,15 %", "7.15%"),
        (45, '#,##0.00\\ "€"', "45,00 €", "45.00 €"),
        (45, "#,##0.00\\ [$€-407]", "45,00 €", "45.00 €"),
        (-45.5, '"$"#,##0.00_);[Red]("$"#,##0.00)', "($45,50)", "($45.50)"),
        (-3, "0", "-3", "-3"),
        (-0.4, "0", "0", "0"),
        (0, '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "-", "-"),
        (1067, "00000", "01067", "01067"),
        (12_300_000, '0.0,,"M"', "12,3M", "12.3M"),
        (123456, "0.00E+00", "1,23E+5", "1.23E+5"),
        (7, ";;;", "", ""),
        (0.5, "# ?/?", "0,5", "0.5"),
        (3, '[<5]"few";0', "3", "3"),
        (12, '0" Tage"', "12 Tage", "12 Tage"),
        (float("inf"), "0", "#NUM!", "#NUM!"),
        (True, "General", "WAHR", "TRUE"),
        ("a_x000D_\n b", "@", "a b", "a b"),
        (datetime(2027, 3, 31), "mm-dd-yy", "31.03.2027", "2027-03-31"),
        (datetime(2027, 3, 31, 9, 5), "m/d/yy h:mm", "31.03.2027 09:05", "2027-03-31 09:05"),
        (datetime(2027, 3, 1), "d. mmmm yyyy", "1. März 2027", "1. March 2027"),
        (datetime(2027, 3, 1), "[$-407]d. mmm yyyy", "1. Mrz 2027", "1. Mrz 2027"),
        (datetime(2027, 3, 1), "ddd\\ dd/mm/yy;@", "Mo 01/03/27", "Mon 01/03/27"),
        (datetime(2027, 3, 1, 15, 4, 9), "yyyy-mm-dd hh:mm:ss", "2027-03-01 15:04:09", "2027-03-01 15:04:09"),
        (datetime(2027, 3, 1, 0, 4), "h:mm AM/PM", "12:04 AM", "12:04 AM"),
        (datetime(2027, 3, 1, 15), "General", "01.03.2027 15:00", "2027-03-01 15:00"),
        (date(2027, 3, 1), "mmm-yy", "Mrz-27", "Mar-27"),
        (hour(9, 30), "h:mm", "9:30", "9:30"),
        (timedelta(hours=37, minutes=30), "[h]:mm", "37:30", "37:30"),
        (timedelta(minutes=-90), "[h]:mm", "-1:30", "-1:30"),
        (timedelta(minutes=3), "General", "0:03:00", "0:03:00"),
    ],
)
def test_a_value_is_written_as_its_format_says(value: Any, code: str, german: str, english: str) -> None:
    assert (cells.shown(value, code, "de"), cells.shown(value, code, "en")) == (german, english)


def test_any_format_gives_some_text() -> None:
    chance = random.Random(4)
    for _attempt in range(3000):
        code = "".join(chance.choice('0#?.,%;"[]_*\\@/ Eehmsdy-+€$<>') for _ in range(chance.randrange(12)))
        for value in (0, -1.5, 1e300, date(1900, 1, 1), hour(1), timedelta(days=3)):
            assert isinstance(cells.shown(value, code, "de"), str)


def test_the_workbook_decides_how_its_numbers_are_written(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Pauschale für die Übernachtung und das Frühstück", 1234.5, datetime(2027, 3, 31)])
    book.active["C1"].number_format = "mm-dd-yy"
    assert read_book(tmp_path, book).text.endswith(" | 1234,5 | 31.03.2027")
    book.active["A1"] = "Allowance for the night and the breakfast"
    assert read_book(tmp_path, book).text.endswith(" | 1234.5 | 2027-03-31")
    book.active["B1"].number_format = "#,##0.00\\ [$€-407]"
    assert read_book(tmp_path, book).text.endswith(" | 1.234,50 € | 31.03.2027")


def test_a_workbook_without_cells_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as caught:
        read_book(tmp_path, Workbook())
    assert caught.value.code == "no_text"


def test_a_large_sheet_stops_at_the_word_limit_quickly(tmp_path: Path) -> None:
    line = "".join(
        f'<c t="inlineStr"><is><t>{word} {{0}}</t></is></c>' for word in ("Filiale", "Plan", "Ist")
    )
    data = "".join(f'<row r="{n}">{line.format(n)}</row>' for n in range(1, 200_001))
    path = workbook(tmp_path / "gross.xlsx", f'<dimension ref="A1:XFD1048576"/><sheetData>{data}</sheetData>')
    started = time.process_time()
    with pytest.raises(ReadingError) as caught:
        read(path, name=path.name, max_words=20_000)
    assert caught.value.code == "too_many_words"
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ('<sheetData><row r="1048577"><c><v>1</v></c></row></sheetData>', "broken"),
        ('<sheetData><row r="x"><c><v>1</v></c></row></sheetData>', "broken"),
        ("<sheetData>" + '<row><c r="XFD1"><v>1</v></c></row>' * 200 + "</sheetData>", "too_many_cells"),
        (
            "<sheetData/><mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 3 + "</mergeCells>",
            "too_many_cells",
        ),
        ("<sheetData><row><c><v>not a number</v></c></row></sheetData>", "broken"),
        ("<sheetData><row><c><v>1</v>", "broken"),
    ],
)
def test_a_sheet_that_would_cost_too_much_or_makes_no_sense_is_refused(
    tmp_path: Path, sheet: str, code: str
) -> None:
    assert refusal(workbook(tmp_path / "seltsam.xlsx", sheet)) == code


def test_what_openpyxl_warns_of_is_kept_quiet(tmp_path: Path) -> None:
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cellXfs count="2"><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    path = workbook(
        tmp_path / "warnung.xlsx",
        '<sheetData><row><c s="1"><v>99999999999</v></c></row></sheetData>'
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst>',
        more={"xl/styles.xml": styles},
    )
    assert read(path, name=path.name).text == "Daten\n\n#VALUE!"


def test_an_entity_in_a_sheet_reads_no_file_and_does_not_grow(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("salary list")
    for entity in (f'SYSTEM "file://{tmp_path}/secret"', f'"{"lol" * 1000}"'):
        path = workbook(tmp_path / "entity.xlsx", rows(["Hallo &s;" * 50]))
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name).decode() for name in package.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        parts[sheet] = f"<!DOCTYPE x [<!ENTITY s {entity}>]>" + parts[sheet]
        with zipfile.ZipFile(path, "w") as package:
            for name, content in parts.items():
                package.writestr(name, content)
        assert refusal(path) == "broken"


def test_a_workbook_is_refused_as_a_document_is(tmp_path: Path) -> None:
    bomb = workbook(tmp_path / "bombe.xlsx", " " * 30_000_000)
    assert refusal(bomb) == "zip_bomb"
    macro = workbook(tmp_path / "makro.xlsm", rows(["a"]), more={"xl/vbaProject.bin": b"x"})
    assert (refusal(macro), refusal(macro, "mappe.xlsx")) == ("macro", "macro")
    good = workbook(tmp_path / "gut.xlsx", rows(["a"]))
    (tmp_path / "kurz.xlsx").write_bytes(good.read_bytes()[:400])
    assert refusal(tmp_path / "kurz.xlsx") == "broken"
    assert refusal(good, "gut.docx") == "mismatch"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (tmp_path / "alt.xls").write_bytes(ole)
    (tmp_path / "geheim.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert refusal(tmp_path / "alt.xls") == "old_office"
    assert refusal(tmp_path / "geheim.xlsx") == "encrypted"


def test_progress_counts_the_rows_of_all_sheets(tmp_path: Path) -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet()):
        for number in range(600):
            sheet.append([number, "Wort"])
    book.save(tmp_path / "zwei.xlsx")
    seen: list[tuple[int, int]] = []
    read(tmp_path / "zwei.xlsx", name="zwei.xlsx", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 1200), (500, 1200), (600, 1200), (1100, 1200), (1200, 1200)]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Ziel;Satz\nWien;45,50\nRom;60,00\n", "Ziel | Satz\nWien | 45,50\nRom | 60,00"),
        ("Ziel,Satz\r\nWien,45.5\r\n", "Ziel | Satz\nWien | 45.5"),
        ("Ziel\tSatz\rWien\t45\r", "Ziel | Satz\nWien | 45"),
        ("Ziel|Satz\nWien|45", "Ziel | Satz\nWien | 45"),
        ("sep=,\nZiel;Ort,Satz\nWien;A,45", "Ziel;Ort | Satz\nWien;A | 45"),
        ('Frage;Antwort\n"Was; ""neu""?";"zwei\nZeilen"', 'Frage | Antwort\nWas; "neu"? | zwei Zeilen'),
        ('Name;Formel\nA;=1+2\nB;=HYPERLINK("http://x")\nC;@SUM(A1)', None),
        ("eins\nzwei\n", "eins\nzwei"),
        ("a;b;;\n1;;;\n;;;\n", "a | b\n1"),
    ],
)
def test_csv_is_cut_where_its_writer_meant(tmp_path: Path, content: str, text: str | None) -> None:
    expected = text or 'Name | Formel\nA | =1+2\nB | =HYPERLINK("http://x")\nC | @SUM(A1)'
    assert read_csv(tmp_path, content) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_decoded_in_the_encodings_offices_use(tmp_path: Path, encoding: str) -> None:
    text = "Maß;Größe\nPrüfung größtenteils für Änderungen;20 €\nGrüße aus Köln;30 €\n"
    assert read_csv(tmp_path, text.encode(encoding)) == text.replace(";", " | ").strip()


def test_a_japanese_csv_is_decoded_whatever_its_length(tmp_path: Path) -> None:
    line = "佐藤太郎,30,東京都の会社で働いています\n"
    for count in (3, 9_000):
        text = read_csv(tmp_path, ("名前,年齢,住所\n" + line * count).encode("cp932"))
        assert text.count("佐藤太郎 | 30 | 東京都の会社で働いています") == count


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"a;b\n1;\x002\n" + b"x;y\n" * 200, "broken"),
        ("a;b\n1;2".encode("utf-16-le"), "broken"),
        (b'"' + b"x" * 200_000, "broken"),
        (b";;;\n;;;\n", "no_text"),
        (b"\x89PNG\r\n\x1a\n", "unknown_format"),
    ],
)
def test_csv_that_is_none_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    assert refusal(path) == code


def test_every_passage_of_a_long_csv_begins_with_the_header(tmp_path: Path) -> None:
    path = tmp_path / "lang.csv"
    path.write_text("Filiale;Ort;Satz\n" + "".join(f"Filiale {n};Wien;{n},5\n" for n in range(500)))
    reading = read(path, name=path.name)
    passages = [reading.text[draft.start : draft.end] for draft in split(reading)]
    assert len(passages) > 20
    assert all(passage.startswith("Filiale | Ort | Satz\n") for passage in passages)
