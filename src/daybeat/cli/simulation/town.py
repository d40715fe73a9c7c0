"""Who lives in the simulated town: accounts with a device each, made by the same handlers as everybody's."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from daybeat.bootstrap.core import Core
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.accounts.commands import Register
from daybeat.modules.accounts.handlers import register
from daybeat.modules.devices.domain.credentials import password_of
from daybeat.modules.devices.handlers import add_device
from daybeat.modules.devices.queries import device
from daybeat.modules.reminders.commands import ChoosePrompts
from daybeat.modules.reminders.handlers import choose_prompts
from daybeat.modules.reminders.schemas import PromptSettingsIn

AT_ONCE = 50
NO_PASSWORD = "nobody signs in here"  # noqa: S105 - says that there is none
WISHES = {"every": "PT1M", "quiet_hours": None, "follow_up_after": "PT20S", "max_follow_ups": 1, "channels": ["mqtt"]}


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody with what their device needs to connect."""

    user_id: UUID
    client_id: str
    username: str
    password: str


def settle(core: Core, people: int, moved_in: Callable[[int], None]) -> list[Resident]:
    """Open so many accounts, each with a device and asked once a minute; `moved_in` hears of each group."""
    residents: list[Resident] = []
    for first in range(0, people, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, people))
        residents += core.store.write_now(partial(_settle_some, core.secret, numbers))
        moved_in(len(numbers))
    return residents


def _settle_some(secret: str, numbers: range, uow: UnitOfWork) -> list[Resident]:
    return [_settle_one(secret, number, uow) for number in numbers]


def _settle_one(secret: str, number: int, uow: UnitOfWork) -> Resident:
    account = Register(
        email=f"resident{number}@example.org", name=f"Resident {number}", password_hash=NO_PASSWORD, timezone="UTC"
    )
    user_id = register(account, registration="open", uow=uow)
    wanted = PromptSettingsIn.model_validate(WISHES).wanted()
    choose_prompts(ChoosePrompts(user_id=user_id, zone="UTC", wanted=wanted), uow=uow)
    device_id = add_device(user_id, "phone", uow=uow)
    made = device(uow.connection, device_id)
    return Resident(user_id, made.client_id, made.username, password_of(secret, device_id))
