"""SIGTERM under load: a process is unready at once, finishes what it began, and is gone in time; nothing is lost."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.soak.house import ROLES, House
from tests.support.soak.mischief import Mischief, Plan
from tests.support.soak.roles import Role
from tests.support.soak.run import Crowding, Report, soak_with

MOST_SECONDS = 25.0


@dataclass(slots=True)
class Stopper(Mischief):
    """Asks roles to stop, one after the other, and starts them again."""

    times: int = 1
    names: Sequence[str] = tuple(ROLES)
    longest: dict[str, float] = field(default_factory=dict)
    ready_after: list[str] = field(default_factory=list)

    def run(self) -> None:
        for _ in range(self.times):
            for name in self.names:
                self._stop(self.house.roles[name])
                time.sleep(0.3)

    def _stop(self, role: Role) -> None:
        assert role.process is not None
        role.wait()
        began = time.monotonic()
        role.process.terminate()
        if role.answers_health and role.is_ready() and time.monotonic() - began > 1:
            self.ready_after.append(role.name)
        role.process.wait(MOST_SECONDS * 2)
        self.longest[role.name] = max(self.longest.get(role.name, 0.0), time.monotonic() - began)
        self.done[f"{role.name}: stopped"] += 1
        role.launch()


def stop_everything(folder: Path, times: int) -> tuple[Report, Stopper]:
    """Stop each role so many times under load."""

    def mischief(house: House) -> Stopper:
        return Stopper(house, Plan(0, 1), times=times)

    report, stopper = soak_with(folder, mischief, Crowding())
    assert isinstance(stopper, Stopper)
    return report, stopper
