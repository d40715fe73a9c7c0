"""Moods in the terminal: say one, or wait to be asked."""

from typing import Annotated, Any

import typer

from daybeat.cli.api import signed_in
from daybeat.cli.outbox import send_or_keep
from daybeat.cli.places import state_file, write_private
from daybeat.cli.show import put_json, put_line
from daybeat.kit.ids import new_id

Tags = Annotated[list[str] | None, typer.Option("--tag", "-t", help="What goes with it, like sleep. Can be repeated.")]


def mood(
    how: Annotated[str, typer.Argument(help="1 to 5, or a word like good.")],
    tag: Tags = None,
    note: Annotated[str | None, typer.Option("--note", "-m", help="A few words about it.")] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Give data instead of a line.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing when all went well.")] = False,
) -> None:
    """Say how you feel. It answers the open prompt, if there is one."""
    api, mood_id = signed_in(), str(new_id())
    body = {"id": mood_id, **said(how), "note": note, "tags": tag or []}
    write_private(state_file("last.json"), {"url": api.url, "path": f"/moods/{mood_id}"})
    kept = send_or_keep(api, "POST", "/moods", body, str(new_id()))
    if json:
        put_json(kept)
    elif not quiet:
        put_line(f"{kept['mood'].capitalize()}, {kept['score']} of 5.{_with(kept['tags'])}")


def listen(*, once: Annotated[bool, typer.Option("--once", help="Answer one prompt, then end.")] = False) -> None:
    """Wait for prompts over MQTT and answer them here."""
    from daybeat.cli.listening import listen_and_answer

    listen_and_answer(signed_in(), once=once)


def said(how: str) -> dict[str, Any]:
    """Read a score or a word."""
    return {"score": int(how)} if how.isascii() and how.isdecimal() and len(how) < 3 else {"mood": how}  # noqa: PLR2004


def _with(tags: list[str]) -> str:
    return f" With {', '.join(tags)}." if tags else ""
