"""Office packages in the strict form of ISO 29500, read as the transitional ones that the libraries know.

Both name the same elements in different namespaces; nothing else of what is read here differs.
"""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = b"http://purl.oclc.org/ooxml/"
NAMESPACE = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
ROOT_RELATIONS = "_rels/.rels"
READ = (".xml", ".rels")


def opened(path: Path) -> str | BytesIO:
    """What a library may open: the file itself, or a transitional copy in memory of a strict one."""
    with zipfile.ZipFile(path) as package:
        if ROOT_RELATIONS in package.NameToInfo and STRICT in package.read(ROOT_RELATIONS):
            return transitional(package)
    return str(path)


def transitional(package: zipfile.ZipFile) -> BytesIO:
    """A copy with the other names; parts that are no XML, such as pictures, are left empty."""
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as other:
        for name in package.namelist():
            content = package.read(name) if name.lower().endswith(READ) else b""
            other.writestr(name, NAMESPACE.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", content))
    copy.seek(0)
    return copy


def parse(data: bytes) -> etree._Element:
    """A part that no library opens; nothing it names is fetched or expanded."""
    return etree.fromstring(
        data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    )
