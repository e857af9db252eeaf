"""HTML: what a visitor sees, with its headings; no scripts, styles, navigation or hidden elements."""

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from learning.rag.errors import ReadingError
from learning.rag.readers.tables import MAX_SPAN, Spans, Table
from learning.rag.readers.text import decode
from learning.rag.reading import LINE_GAP, PARAGRAPH_GAP, Composer

SKIPPED = """
    script style noscript template svg math head nav footer aside form button select option input
    textarea iframe object embed applet audio video canvas map dialog frameset
"""
BLOCKS = """
    address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2
    h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre section summary table tbody td tfoot
    th thead tr ul
"""
TABLE_PARTS = ("caption", "thead", "tbody", "tfoot", "tr", "td", "th")
LINES = frozenset(("li", "dt", "dd"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SKIPPED_TAGS, BLOCK_TAGS = frozenset(SKIPPED.split()), frozenset(BLOCKS.split())
SKIPPED_ROLES = frozenset(
    ("navigation", "search", "banner", "contentinfo", "complementary", "menu", "menubar")
)
HIDING_STYLES = ("display:none", "visibility:hidden", "font-size:0")
BREAK = "\v"  # a line break that the page asks for; those of its source are blanks
MENU_ITEMS, MENU_WORD = 12, 25  # fewer links, or longer ones in characters, may be content
MAIN_SHARE = 0.3  # of the page's text; a smaller main element is not the page's content


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    progress(0, 1)
    title = add_document(composer, decode(path.read_bytes(), declared=True))
    progress(1, 1)
    return title


def add_document(composer: Composer, markup: str) -> str:
    """Add the visible text of a page or fragment and return its title or ""."""
    root = parse(markup)
    if root is None:
        raise ReadingError("empty")
    add_tree(composer, root)
    title = root.find(".//title")
    return (title.text or "") if title is not None else ""


def parse(markup: str) -> etree._Element | None:
    # A declaration of another encoding inside a text already decoded would be an error.
    body = markup.split("?>", 1)[1] if markup.lstrip().startswith("<?xml") and "?>" in markup else markup
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    return etree.fromstring(body, parser) if body.strip() else None


def add_tree(composer: Composer, root: etree._Element) -> None:
    content = content_of(root)
    unframe(content)
    Walk(composer).through(content)


def content_of(root: etree._Element) -> etree._Element:
    """The main element where a page has exactly one of some weight, else everything."""
    mains = root.xpath("//main | //*[@role='main']")
    if len(mains) == 1 and len("".join(mains[0].itertext())) > MAIN_SHARE * len("".join(root.itertext())):
        return mains[0]
    return root


def unframe(root: etree._Element) -> None:
    """Tables that only lay out a page, with tables or headings inside or of one column, become plain blocks."""
    inner = root.iter("table", *HEADINGS)
    framing = {next(element.iterancestors("table"), None) for element in inner}
    wide = {
        next(row.iterancestors("table"), None)
        for row in root.iter("tr")
        if sum(cell.tag in ("td", "th") for cell in row) > 1
    }
    frames = {table for table in root.iter("table") if table in framing or table not in wide}
    parts = [part for part in root.iter(*TABLE_PARTS) if next(part.iterancestors("table"), None) in frames]
    for element in (*parts, *frames):
        element.tag = "div"


class Walk:
    """Collects inline text until a block begins or ends, then hands it to the composer."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.inline: list[str] = []
        self.gap = PARAGRAPH_GAP
        self.preformatted = 0
        self.table: Table | None = None
        self.spans = Spans()
        self.cells: list[tuple[str, int, int]] | None = None

    def through(self, root: etree._Element) -> None:
        skipping: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                if skipping is None and is_skipped(element):
                    skipping = element
                if skipping is None:
                    self.enter(element)
            else:
                if skipping is None:
                    self.leave(element)
                elif skipping is element:
                    skipping = None
                if skipping is None and element is not root and element.tail:
                    self.inline.append(element.tail)
        self.flush()

    def enter(self, element: etree._Element) -> None:
        if element.tag in BLOCK_TAGS and not is_inside_cell(element):
            self.flush()
            self.gap = LINE_GAP if element.tag in LINES else PARAGRAPH_GAP
            if element.tag == "table":
                self.end_table()
                self.table, self.spans = Table(self.composer), Spans()
            elif element.tag == "tr" and self.table is not None:
                self.cells = []
        elif element.tag in BLOCK_TAGS or element.tag == "br":
            self.inline.append(BREAK if element.tag == "br" else " ")
        self.preformatted += element.tag == "pre"
        if element.text:
            self.inline.append(element.text)

    def leave(self, element: etree._Element) -> None:
        if element.tag in HEADINGS and not is_inside_cell(element):
            title = " ".join("".join(self.inline).split())
            self.inline = []
            self.composer.add_heading(HEADINGS[element.tag], title)
        elif element.tag in ("td", "th") and self.cells is not None and not is_inside_cell(element):
            text = " ".join("".join(self.inline).split())
            self.cells.append((text, span_of(element, "colspan"), span_of(element, "rowspan")))
            self.inline = []
        elif element.tag == "tr" and self.cells is not None and not is_inside_cell(element):
            self.table.add(self.spans.row(self.cells))
            self.cells, self.inline = None, []
        elif element.tag in BLOCK_TAGS and not is_inside_cell(element):
            self.flush()
            if element.tag == "table":
                self.end_table()
        self.preformatted -= element.tag == "pre"

    def end_table(self) -> None:
        if self.table is not None:
            self.table.flush()
        self.table = self.cells = None

    def flush(self) -> None:
        text = "".join(self.inline)
        self.inline = []
        if not self.preformatted:
            text = "\n".join(" ".join(line.split()) for line in text.split(BREAK))
        self.composer.add(text, gap=self.gap)
        self.gap = PARAGRAPH_GAP


def is_menu(listing: etree._Element) -> bool:
    """Whether a list is nothing but many short links, as language menus and link farms are."""
    items = listing.findall("li")
    if len(items) < MENU_ITEMS:
        return False
    text = len("".join("".join(listing.itertext()).split()))
    linked = len("".join("".join(part for link in listing.iter("a") for part in link.itertext()).split()))
    return linked >= 0.95 * text and text < MENU_WORD * len(items)


def span_of(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and 0 < int(value) < MAX_SPAN else 1


def is_inside_cell(element: etree._Element) -> bool:
    return next(element.iterancestors("td", "th"), None) is not None


def is_skipped(element: etree._Element) -> bool:
    if element.tag in SKIPPED_TAGS or element.get("role") in SKIPPED_ROLES:
        return True
    if element.tag in ("ul", "ol") and is_menu(element):
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and "".join(style.lower().split()).startswith(HIDING_STYLES)
