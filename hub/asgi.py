"""Entry for ASGI servers: pages and event streams."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
django.setup(set_prefix=False)

# Both need the installed apps. The routes are loaded here so that the first reader does not wait for them.
from hub import urls  # noqa: E402, F401
from hub.pagepool import PagePoolHandler  # noqa: E402

application = PagePoolHandler()

# What was loaded at the start lives as long as the process: no collection has to look at it again.
gc.collect()
gc.freeze()
