"""What is handed out is made of the modules that are in the repository, and small."""

import gzip
import io
import json
import re
import zipfile
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management import call_command

from hub.embeds.packing import (
    EMBED,
    EXTENSION,
    MODULES,
    SCRIPT,
    SHARED_WITH_EXTENSION,
    extension_archive,
    script,
)

MOST_BYTES = 15_000


def test_the_script_is_made_of_its_modules() -> None:
    assert SCRIPT.read_text("utf-8") == script(), "run make embed"
    assert {path.stem for path in EMBED.glob("*.js")} == {*MODULES, "hatpin"}


def test_it_is_small_and_asks_nobody_else() -> None:
    content = SCRIPT.read_bytes()
    assert len(gzip.compress(content, 9)) < MOST_BYTES
    hosts = set(re.findall(rb"https?://[\w.-]+", content))
    assert hosts <= {b"http://www.w3.org", b"https://crm.example.com", b"https://"}
    for never in (
        b"eval(",
        b"new Function",
        b"innerHTML",
        b"insertAdjacentHTML",
        b"document.write",
        b".style",
    ):
        assert never not in content


def test_the_stable_address_is_served_with_a_tag(client: Any) -> None:
    assert finders.find("embed/hatpin.js") == str(SCRIPT)


def test_the_extension_shares_the_modules_and_is_packed_alike(tmp_path: Any) -> None:
    archive = zipfile.ZipFile(io.BytesIO(extension_archive()))
    names = set(archive.namelist())
    assert {"manifest.json", "_locales/de/messages.json", "_locales/en/messages.json"} <= names
    for name in SHARED_WITH_EXTENSION:
        assert archive.read(f"embed/{name}.js") == (EMBED / f"{name}.js").read_bytes()
    assert "import " not in archive.read("content.js").decode()
    target = tmp_path / "deep" / "extension.zip"
    call_command("pack_embeds", extension=target, stdout=io.StringIO())
    assert target.read_bytes() == extension_archive()


def test_every_sentence_of_the_extension_is_in_both_languages() -> None:
    said = {
        language: json.loads((EXTENSION / "_locales" / language / "messages.json").read_text("utf-8"))
        for language in ("de", "en")
    }
    assert said["de"].keys() == said["en"].keys()
    assert all(entry["message"] for entries in said.values() for entry in entries.values())
    used = set()
    for path in EXTENSION.rglob("*"):
        if path.suffix in {".html", ".js", ".json"} and "_locales" not in path.parts:
            text = path.read_text("utf-8")
            used |= set(re.findall(r'__MSG_(\w+)__|data-say="(\w+)"|say\("(\w+)"', text))
    assert {next(filter(None, found)) for found in used} == said["de"].keys()


def test_the_manifest_asks_for_little() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    assert manifest["manifest_version"] == 3
    assert set(manifest["permissions"]) == {"storage", "activeTab", "alarms", "scripting"}
    assert "host_permissions" not in manifest
    assert "content_scripts" not in manifest
    assert manifest["browser_specific_settings"]["gecko"]["id"]
    for size, icon in manifest["icons"].items():
        header = (EXTENSION / icon).read_bytes()[:24]
        assert header[1:4] == b"PNG"
        assert int.from_bytes(header[16:20]) == int(size)


def test_whoever_is_signed_in_may_take_it(sign_in: Any, cast: Any) -> None:
    answer = sign_in(cast.emma).get("/embed/extension.zip")
    assert answer["Content-Type"] == "application/zip"
    assert answer.content == extension_archive()
    assert sign_in(cast.emma).get("/embed/browser/").status_code == 200
