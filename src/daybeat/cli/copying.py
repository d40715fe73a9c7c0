"""`daybeat copy`: from the data folder of one machine to PostgreSQL."""

from typing import TYPE_CHECKING, Annotated

import typer

from daybeat.cli.errors import CommandFailed
from daybeat.cli.show import progress_bar, put_json, talk

if TYPE_CHECKING:
    from rich.progress import Progress

    from daybeat.bootstrap.copying import Copied
    from daybeat.bootstrap.copying_rows import Progress as Done

SHOWN = 16  # signs of a checksum; --json gives all of it
AFTERWARDS = (
    "The folder is as it was; do not start Daybeat on it again. Start the services with its secret, or nobody stays "
    "signed in: DAYBEAT_SECRET_KEY_FILE={secret}"
)


def copy(
    source: Annotated[str, typer.Option("--from", help="A data folder, or sqlite:///path/to/daybeat.db.")],
    target: Annotated[str, typer.Option("--to", help="An empty database: postgresql://user@host/name.")],
    events_to: Annotated[
        str | None, typer.Option("--events-to", help="Where activity events go: mysql://… or postgresql://…; as --to.")
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Give data instead of lines.")] = False,
) -> None:
    """Move a data folder to PostgreSQL: copy every row, read all of it back and compare."""
    from daybeat.bootstrap.copying import copy_folder
    from daybeat.bootstrap.copying_ends import CannotCopy, database_of
    from daybeat.kit.clock import SystemClock

    with progress_bar() as progress:
        try:
            copied = copy_folder(
                source, target, SystemClock().now(), lambda *of: _watch(progress, *of), events_to=events_to
            )
        except CannotCopy as reason:
            raise CommandFailed(str(reason)) from reason
    _show(copied, as_json=json)
    talk(AFTERWARDS.format(secret=database_of(source).parent / "secret.key"))


def _watch(progress: "Progress", step: str, table: str, rows: int) -> "Done":
    task = progress.add_task(_described(step, table, 0, rows), total=rows)
    return lambda done: progress.update(task, completed=done, description=_described(step, table, done, rows))


def _described(step: str, table: str, done: int, rows: int) -> str:
    return f"{step} {table} {done:,}/{rows:,}"


def _show(copied: "Copied", *, as_json: bool) -> None:
    if as_json:
        tables = [{"table": each.table, "rows": each.rows, "sha256": each.checksum} for each in copied.tables]
        put_json({"tables": tables, "facts_to_relay": copied.facts, "messages_to_relay": copied.messages})
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("table")
    table.add_column("rows", justify="right")
    table.add_column("SHA-256 on both sides")
    for each in copied.tables:
        table.add_row(each.table, f"{each.rows:,}", each.checksum[:SHOWN])
    Console(highlight=False).print(table)
    talk(f"The relay will find {copied.facts:,} facts and {copied.messages:,} messages that are not read yet.")
