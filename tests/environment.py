"""The surroundings of a test run, set before Django reads its settings: nothing of the developer's own.

Loaded as a pytest plugin. Everything a run writes lies in a folder of its own, so that two runs in one
checkout do not meet. `DATABASE_URL` alone is taken from outside: the suite also runs on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="hatpin-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.mkdir(os.path.join(_folder, "static"))  # WhiteNoise warns where it is missing

KEPT = {"DATABASE_URL", "HUB_REQUIRE"}
OF_THE_SITE = (
    "AI_", "ALLOWED_HOSTS", "API_RATE", "BEHIND_PROXY", "BROKER_", "CACHE_URL", "CLAMD_", "COMPANY_NAME",
    "DEFAULT_", "EMAIL_URL", "INDEX_", "LOG_LEVEL", "SECURE_", "SITE_URL", "SOURCE_", "NOTEBOOK_", "UPLOAD_",
    "WEB_THREADS",
)  # fmt: skip
for name in list(os.environ):
    if name.startswith(OF_THE_SITE) and name not in KEPT:
        del os.environ[name]

os.environ.update(
    DEBUG="off",
    ENV_FILE=os.devnull,
    SECRET_KEY="only-for-tests-" + "x" * 50,
    STATIC_MANIFEST="off",
    VAR_DIR=_folder,
)
