"""`daybeat serve`: everything in one process, on SQLite or on the services that are set."""

import sys

from fastapi import FastAPI

from daybeat.bootstrap.app import build_app, page_folder
from daybeat.bootstrap.core import Core
from daybeat.bootstrap.settings import Settings
from daybeat.services.process import run_on_core


def serve(settings: Settings) -> None:
    """Run until told to stop."""
    run_on_core("serve", settings, _build)


def _build(core: Core) -> FastAPI:
    if page_folder() is None:
        sys.stderr.write("The page is not built, so only the API is served. `make setup` builds it.\n")
    return build_app(core)
