"""The `daybeat` command. Commands are imported when they run, so that a server carries no terminal toolkit."""

import sys
from typing import Annotated

import typer

from daybeat import __version__
from daybeat.bootstrap.settings import ConfigurationError
from daybeat.cli import client, copying, demo, operating
from daybeat.cli.errors import CommandFailed
from daybeat.cli.importing import import_app
from daybeat.cli.insights import insights_app
from daybeat.infra.db.sqlite import DataFolderBusy

app = typer.Typer(
    name="daybeat",
    help="A self-hosted tracker for habits, goals and moods.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
operating.add_to(app)
client.add_to(app)
app.command()(demo.demo)
app.command()(copying.copy)
app.add_typer(import_app)
app.add_typer(insights_app)


def _version(wanted: bool) -> None:  # noqa: FBT001 - the shape of Typer's callbacks
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def daybeat(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """A self-hosted tracker for habits, goals and moods."""
    del version


def main() -> None:
    """Run the command line; expected refusals end with a sentence and an exit code, not with a traceback."""
    try:
        app()
    except CommandFailed as error:
        _end(str(error), error.code)
    except DataFolderBusy as error:
        _end(f"Another Daybeat works on {error}. Stop it first, or set DAYBEAT_DATA_DIR to another folder.", 1)
    except ConfigurationError as error:
        _end(str(error), 1)


def _end(message: str, code: int) -> None:
    sys.stderr.write(f"daybeat: {message}\n")
    sys.exit(code)
