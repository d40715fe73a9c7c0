"""A world of prompts without sockets: the real store, a clock to set, and ticks when we say so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.store import Store
from daybeat.kit.ids import new_id
from daybeat.modules.reminders.commands import ChoosePrompts
from daybeat.modules.reminders.handlers import choose_prompts, close_prompt
from daybeat.modules.reminders.models import prompts
from daybeat.modules.reminders.repository import PromptRepository
from daybeat.modules.reminders.schemas import PromptSettingsIn
from daybeat.modules.reminders.ticking import STEPS
from tests.support.clock import SetClock


class PromptWorld:
    """Users who are asked, as time goes by."""

    def __init__(self, store: Store, clock: SetClock) -> None:
        self.store, self.clock = store, clock

    def somebody(self, zone: str, **wishes: Any) -> UUID:
        """Let somebody choose when to be asked, in the words of the API."""
        user_id = new_id()
        command = ChoosePrompts(user_id=user_id, zone=zone, wanted=PromptSettingsIn.model_validate(wishes).wanted())
        self.store.write_now(lambda uow: choose_prompts(command, uow=uow))
        return user_id

    def tick(self) -> None:
        """Do what is due now."""
        if self.store.read_now(lambda connection: PromptRepository(connection).anything_to_do(self.clock.now())):
            for step in STEPS:
                while self.store.write_now(step):
                    pass

    def run(self, until: datetime, every: timedelta = timedelta(minutes=1)) -> None:
        """Let time go by, with a tick at each step."""
        while self.clock.now() < until:
            self.clock.set(min(self.clock.now() + every, until))
            self.tick()

    def answer(self, user_id: UUID) -> UUID | None:
        """Answer what is open."""
        return self.store.write_now(lambda uow: close_prompt(uow, user_id, None, new_id()))

    def prompts_of(self, user_id: UUID) -> list[Row[Any]]:
        """List what became of everything that was due, in order."""
        query = select(prompts).where(prompts.c.user_id == user_id).order_by(prompts.c.due_at)
        return list(self.store.read_now(lambda connection: connection.execute(query).all()))


@contextmanager
def prompt_world(folder: Path, now: datetime = datetime(2026, 3, 2, 7, tzinfo=UTC)) -> Iterator[PromptWorld]:
    """Open a world on a folder."""
    clock = SetClock(now)
    with open_core(Settings(data_dir=folder), clock) as core:
        yield PromptWorld(core.store, clock)
