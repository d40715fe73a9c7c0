"""Commands for whoever runs Daybeat: serve, migrate, doctor, replay, quarantine, invite."""

import typer

from daybeat.bootstrap.settings import ConfigurationError, load_settings
from daybeat.infra.db.sqlite import DataFolderBusy

EXPECTED = (ConfigurationError, DataFolderBusy)


def exit_code(_error: Exception) -> int:
    return 1


def serve() -> None:
    """Run everything in one process on SQLite."""
    from daybeat.services.serve import serve as run

    run(load_settings())


def add_to(app: typer.Typer) -> None:
    app.command()(serve)
