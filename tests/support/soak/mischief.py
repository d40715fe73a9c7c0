"""What is done to the processes and services, by a seeded dice."""

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import redis

from tests.support.fault_proxy import Fault
from tests.support.soak.house import House

ROLES = {
    "api-1": 14,
    "api-2": 14,
    "relay": 14,
    "consume-1": 14,
    "consume-2": 10,
    "notify": 6,
    "mqtt": 8,
    "worker": 7,
    "beat": 5,
    "mood-sender": 6,
    "mood-wall": 8,
}
"""How often each is killed, in parts."""
LINKS = ("postgresql", "rabbitmq", "redis")


@dataclass(slots=True)
class Plan:
    """How much mischief there is to be."""

    kills: int
    seed: int
    postgresql: int = 0
    rabbitmq: int = 0
    redis: int = 0
    mosquitto: int = 0
    faults: int = 0
    apart: tuple[float, float] = (0.3, 1.2)
    kinds: tuple[Fault, ...] = (Fault.RESET, Fault.BLACK_HOLE, Fault.SLOW)
    lasting: tuple[float, float] = (0.5, 4.0)
    roles: Mapping[str, int] = field(default_factory=lambda: ROLES)
    links: tuple[str, ...] = LINKS
    patient: bool = False  # kill only who has come to work


@dataclass(slots=True)
class Mischief:
    """Kills and disturbs until the plan is done."""

    house: House
    plan: Plan
    done: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        """Do everything in the plan, in an order the dice says."""
        dice = random.Random(self.plan.seed)  # noqa: S311
        acts: list[Callable[[random.Random], None]] = [self._kill_role] * self.plan.kills
        acts += [self._kill_postgresql] * self.plan.postgresql + [self._kill_rabbitmq] * self.plan.rabbitmq
        acts += [self._kill_redis] * (self.plan.redis - self.plan.redis // 2) + [self._flush] * (self.plan.redis // 2)
        acts += [self._kill_mosquitto] * self.plan.mosquitto + [self._disturb] * self.plan.faults
        dice.shuffle(acts)
        for act in acts:
            act(dice)
            time.sleep(dice.uniform(*self.plan.apart))

    def heal(self) -> None:
        """Let everything be well again."""
        for link in self.house.links.values():
            link.have(Fault.NONE)
        for role in self.house.roles.values():
            role.wait()

    def _kill_role(self, dice: random.Random) -> None:
        names = [name for name in self.plan.roles if name in self.house.roles]
        name = dice.choices(names, [self.plan.roles[each] for each in names])[0]
        role = self.house.roles[name]
        if self.plan.patient:
            role.wait()
            time.sleep(dice.uniform(*self.plan.apart))
        role.kill()
        role.launch()
        self.done[name] += 1

    def _kill_postgresql(self, _dice: random.Random) -> None:
        self.house.postgresql.stop(signal.SIGKILL)
        self.house.postgresql.start()
        self.done["postgresql"] += 1

    def _kill_rabbitmq(self, _dice: random.Random) -> None:
        self.house.rabbitmq.stop(signal.SIGKILL)
        self.house.rabbitmq.start()
        self.done["rabbitmq"] += 1

    def _kill_redis(self, _dice: random.Random) -> None:
        self.house.redis.stop(signal.SIGKILL)
        self.house.redis.start()
        self.done["redis"] += 1

    def _flush(self, _dice: random.Random) -> None:
        with redis.Redis.from_url(self.house.redis.url) as client:
            client.flushall()
        self.done["redis flushed"] += 1

    def _kill_mosquitto(self, _dice: random.Random) -> None:
        self.house.mosquitto.stop(signal.SIGKILL)
        self.house.mosquitto.start()
        self.done["mosquitto"] += 1

    def _disturb(self, dice: random.Random) -> None:
        """Disturb one link for a while; what else is planned goes on meanwhile."""
        name = dice.choice(self.plan.links)
        link, fault = self.house.links[name], dice.choice(self.plan.kinds)
        link.have(fault)
        threading.Timer(dice.uniform(*self.plan.lasting), link.have, [Fault.NONE]).start()
        self.done[f"{name}: {fault.value}"] += 1
