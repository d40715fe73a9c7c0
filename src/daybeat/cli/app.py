"""The `daybeat` command. Commands are imported when they run, so that a server carries no terminal toolkit."""

import sys
from typing import Annotated

import typer

from daybeat import __version__
from daybeat.cli import operating

app = typer.Typer(
    name="daybeat",
    help="A self-hosted tracker for habits, goals and moods.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
operating.add_to(app)


def _version(wanted: bool) -> None:  # noqa: FBT001 - the shape of Typer's callbacks
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def daybeat(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """A self-hosted tracker for habits, goals and moods."""
    del version


def main() -> None:
    """Run the command line; expected refusals end with a sentence and an exit code, not with a traceback."""
    try:
        app()
    except operating.EXPECTED as error:
        sys.stderr.write(f"daybeat: {error}\n")
        sys.exit(operating.exit_code(error))
