"""Commands for whoever runs Daybeat: serve, migrate, doctor, replay, quarantine, invite."""

from functools import partial
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from daybeat.bootstrap.settings import load_settings
from daybeat.cli.errors import CommandFailed
from daybeat.cli.show import progress_bar, put_json, put_line, talk

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

quarantine_app = typer.Typer(name="quarantine", help="Events and jobs that could not be handled.", no_args_is_help=True)


def serve() -> None:
    """Run everything in one process: on SQLite, or on the services that are set."""
    from daybeat.services.serve import serve as run

    run(load_settings())


def api() -> None:
    """Run the doors alone: HTTP, WebSocket and the page. Any number of them may run."""
    from daybeat.services.api import run

    run()


def relay() -> None:
    """Hand what was committed to RabbitMQ. One works at a time; a second one stands by."""
    from daybeat.services.relay import run

    run()


def consume() -> None:
    """Feed everything that follows facts from RabbitMQ. One works on each queue; a second one stands by."""
    from daybeat.services.consume import run

    run()


def notify() -> None:
    """Tell people what there is to tell, where they want to be told. Any number may run; one hears the facts."""
    from daybeat.services.notify import run

    run()


def mqtt() -> None:
    """Speak with devices over the MQTT broker. Run one."""
    from daybeat.services.mqtt import run

    run()


def collect() -> None:
    """Take activity events over HTTP and put them into the queue. Any number may run."""
    from daybeat.services.collect import run

    run()


def record() -> None:
    """Store activity events from the queue. Any number may run."""
    from daybeat.services.record import run

    run()


def mood_sender() -> None:
    """Serve the two pictures whose clicks go into the queue."""
    from daybeat.services.mood_sender import run

    run()


def mood_wall() -> None:
    """Count the moods in the queue and show them."""
    from daybeat.services.mood_wall import run

    run()


def migrate() -> None:
    """Bring the database to this version's tables; the old one is kept in backups/."""
    from daybeat.bootstrap.core import open_core
    from daybeat.infra.db.migrate import newest_revision

    with open_core(load_settings()):
        talk(f"The database is at revision {newest_revision()}.")


def doctor(*, json: Annotated[bool, typer.Option("--json", help="Give data instead of lines.")] = False) -> None:
    """Check everything Daybeat needs, and say what to do about what is missing."""
    from daybeat.bootstrap.doctor import examine

    findings = examine(load_settings())
    if json:
        put_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            put_line(f"{'ok  ' if finding.ok else 'BAD '} {finding.part}: {finding.says}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def replay(name: Annotated[str | None, typer.Argument(help="A read model; all of them when left out.")] = None) -> None:
    """Drop read models and rebuild them from the event log."""
    from daybeat.bootstrap.core import open_core
    from daybeat.bootstrap.rebuild import names, rebuild

    if name is not None and name not in names():
        raise CommandFailed(f"There is no read model {name!r}. There are: {', '.join(names())}.")
    with open_core(load_settings()) as core, progress_bar() as progress:
        for each in [name] if name else names():
            task = progress.add_task(each, total=None)
            rebuild(core, each, partial(_advance, progress, task))
    talk("Rebuilt.")


def _advance(progress: "Progress", task: "TaskID", done: int, total: int) -> None:
    progress.update(task, completed=done, total=total)


def simulate(
    users: Annotated[int, typer.Option("--users", min=1, max=20_000, help="How many people.")] = 50,
    minutes: Annotated[float, typer.Option("--minutes", min=0.1, max=1440, help="How long they live.")] = 2,
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same people.")] = 1,
    *,
    json: Annotated[bool, typer.Option("--json", help="Give data instead of lines.")] = False,
) -> None:
    """Let people with real MQTT clients be asked, answer, forget, press twice and send rubbish.

    They live in a Daybeat of their own, in a folder that is thrown away. The exit code is 1 when anything was lost.
    """
    from daybeat.cli.simulation.run import simulate as run

    if not run(users, minutes, seed=seed, as_json=json):
        raise typer.Exit(1)


@quarantine_app.command("list")
def list_set_aside(*, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """List what could not be handled, with the reason."""
    from daybeat.bootstrap.core import open_core
    from daybeat.infra.events.quarantine import set_aside_items

    with open_core(load_settings()) as core:
        items = core.store.read_now(set_aside_items)
    if json:
        put_json([{name: str(value) for name, value in item._asdict().items()} for item in items])
        return
    for item in items:
        put_line(f"{item.id}  {item.since:%Y-%m-%d %H:%M}  {item.reader}  {item.error}")
    if not items:
        talk("Nothing is set aside.")


@quarantine_app.command("retry")
def retry_set_aside(item: Annotated[str | None, typer.Argument(help="An id; all when left out.")] = None) -> None:
    """Try again what could not be handled."""
    from daybeat.bootstrap.channels import Ways
    from daybeat.bootstrap.core import open_core, recurring_tasks
    from daybeat.bootstrap.mqtt import doors
    from daybeat.bootstrap.notifying import trying_again
    from daybeat.bootstrap.prompts import moods_door
    from daybeat.bootstrap.readers import QUEUE_READERS, SUBSCRIBERS
    from daybeat.infra.events.quarantine import set_aside_items
    from daybeat.infra.events.retry import retry

    with open_core(load_settings()) as core:
        known = [each.id for each in core.store.read_now(set_aside_items)]
        wanted = known if item is None else [_own_id(item)]
        tasks = {each.name: each for each in recurring_tasks()}
        others = trying_again(core, Ways(core.settings, core.secret))
        again = partial(retry, queue_readers=QUEUE_READERS, doors=doors(moods_door(core)), others=others)
        for item_id in wanted:
            core.store.write_now(partial(again, item_id, SUBSCRIBERS, tasks))
            put_line(f"{item_id}  handled")
    if not wanted:
        talk("Nothing is set aside.")


def invite() -> None:
    """Make an invitation for one new account."""
    from daybeat.bootstrap.core import open_core
    from daybeat.modules.accounts.handlers import create_invite

    settings = load_settings()
    with open_core(settings) as core:
        code = core.store.write_now(lambda uow: create_invite(uow=uow))
    put_line(f"{settings.url}/register?invite={code}")
    talk("It is good for one account and two weeks.")


PROCESSES = (serve, api, relay, consume, notify, mqtt, collect, record, mood_sender, mood_wall)


def add_to(app: typer.Typer) -> None:
    for command in (*PROCESSES, migrate, doctor, replay, invite, simulate):
        app.command()(command)
    app.add_typer(quarantine_app)


def _own_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise typer.BadParameter("that is not an id") from None
