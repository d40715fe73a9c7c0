"""Talking to Mosquitto's dynamic security plugin: commands out, one answer each, over the gateway's own connection."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from daybeat.infra.mqtt.link import Link, Received
from daybeat.infra.mqtt.routes import Message

COMMANDS = "$CONTROL/dynamic-security/v1"
ANSWERS = f"{COMMANDS}/response"
THERE_WITHIN = 3.0
ANSWERED_WITHIN = 30.0  # the plugin writes its whole list for every change

Command = Mapping[str, Any]


class NoDynamicSecurity(Exception):
    """The broker does not have the plugin, or does not let us use it."""


class DynamicSecurity:
    """One conversation with the plugin. Commands of one call are carried out in their order."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._calls = 0
        self._waiting: asyncio.Future[list[Any]] | None = None

    async def begin(self) -> None:
        """Find out whether the plugin is there by asking it. Raises NoDynamicSecurity."""
        self._link.listen(ANSWERS, self._hear)
        if await self._link.subscribe([ANSWERS]) == [False]:
            raise NoDynamicSecurity
        try:
            await self.run([{"command": "getDefaultACLAccess"}], within=THERE_WITHIN)
        except TimeoutError:
            raise NoDynamicSecurity("no answer") from None

    async def ask(self, command: Command) -> Any:
        """Send one command and give its data."""
        answers = await self.run([command])
        if answers[0].get("error"):
            raise NoDynamicSecurity(str(answers[0]["error"]))
        return answers[0].get("data")

    async def run(self, commands: Sequence[Command], *, within: float = ANSWERED_WITHIN) -> list[Any]:
        """Send commands and give the plugin's answers, refusals among them. No answer raises TimeoutError."""
        if not commands:
            return []
        self._calls += 1
        mark = f"{id(self._link)}-{self._calls}"
        self._waiting = asyncio.get_running_loop().create_future()
        body = {"commands": [{**command, "correlationData": mark} for command in commands]}
        await self._link.publish(Message(COMMANDS, json.dumps(body).encode()))
        async with asyncio.timeout(within):
            while True:
                answers = await self._waiting
                if answers and answers[0].get("correlationData") == mark:
                    return answers
                self._waiting = asyncio.get_running_loop().create_future()

    def _hear(self, received: Received) -> None:
        """Take an answer. Others may hold conversations with the plugin, too; theirs carry other marks."""
        try:
            answers = json.loads(received.payload)["responses"]
        except (ValueError, KeyError, TypeError):
            return
        usable = isinstance(answers, list) and all(isinstance(each, dict) for each in answers)
        if usable and self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(answers)
