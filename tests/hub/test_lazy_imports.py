"""The site starts without the libraries that only single pieces of work need."""

import subprocess
import sys

HEAVY = ("llama_index", "openai", "pypdfium2", "docx", "pptx", "openpyxl", "nltk", "tiktoken")
SCRIPT = f"""
import sys
import hub.asgi
from hub.celery import app
app.loader.import_default_modules()
print(*sorted(name for name in sys.modules if name.split(".")[0] in {HEAVY!r}))
"""


def test_the_site_starts_without_the_heavy_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
