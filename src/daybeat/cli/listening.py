"""Waiting for prompts over MQTT, as the device that signing in made of this terminal."""

import json
import select
import sys
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from daybeat.cli.api import Api
from daybeat.cli.device import device_of
from daybeat.cli.errors import CommandFailed
from daybeat.cli.moods import said
from daybeat.cli.show import put_line, talk
from daybeat.infra.mqtt.address import ENCRYPTED, PLAIN
from daybeat.kit.ids import new_id

LOOK_EVERY = 0.2
ACK_WITHIN = 30.0
FACES = "1 awful · 2 bad · 3 okay · 4 good · 5 great"


class Listener:
    """This terminal's connection: prompts come in, replies go out, acks say what became of them."""

    def __init__(self, device: dict[str, Any]) -> None:
        self._topics = f"daybeat/u/{device['user_id']}/mood/"
        self.prompts: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self.acks: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=device["client_id"])
        self._client.username_pw_set(device["username"], device["password"])
        self._client.on_connect, self._client.on_message = self._connected, self._arrived
        where = urlsplit(device["url"])
        if where.scheme == "mqtts":
            self._client.tls_set()
        self._client.connect_async(
            where.hostname or "", where.port or (ENCRYPTED if where.scheme == "mqtts" else PLAIN)
        )

    def start(self) -> None:
        self._client.loop_start()

    def stop(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def reply(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Send a reply and wait until Daybeat says what became of it."""
        self._client.publish(self._topics + "reply", json.dumps(answer), qos=1)
        while True:
            try:
                ack = self.acks.get(timeout=ACK_WITHIN)
            except Empty:
                raise CommandFailed(
                    "Daybeat has not confirmed the answer; it is sent when the broker is back."
                ) from None
            if ack.get("reply_id") == answer["reply_id"]:
                return ack

    def _connected(self, client: Client, _data: Any, _flags: Any, reason: ReasonCode, _properties: Any) -> None:
        if reason.is_failure:
            talk(f"The broker does not let this terminal in: {reason}.")
            return
        client.subscribe([(self._topics + "prompt", 1), (self._topics + "ack", 1)])

    def _arrived(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        content = json.loads(message.payload) if message.payload else None
        if message.topic.endswith("/prompt"):
            self.prompts.put(content)
        elif content is not None:
            self.acks.put(content)


def listen_and_answer(api: Api, *, once: bool) -> None:
    """Ask in the terminal whenever Daybeat asks, until it is told to stop."""
    listener = Listener(device_of(api))
    listener.start()
    talk("Waiting for prompts. Ctrl+C ends it.")
    try:
        while True:
            prompt = listener.prompts.get()
            if prompt is not None and _ask(listener, prompt) and once:
                return
    except KeyboardInterrupt:
        talk("Stopped.")
    finally:
        listener.stop()


def _ask(listener: Listener, prompt: dict[str, Any]) -> bool:
    """Put one prompt; tells whether it was answered here."""
    again = " (asked again)" if prompt.get("follow_up") else ""
    talk(f"\n{prompt['question']}{again}  {FACES}  ·  Enter skips")
    while (typed := _typed_line(listener, prompt)) is not None:
        words = typed.split(maxsplit=1)
        if not words:
            return False
        answer = {"reply_id": str(new_id()), **said(words[0]), "prompt_id": prompt["prompt_id"]}
        ack = listener.reply({**answer, "note": words[1]} if words[1:] else answer)
        if ack["status"] == "stored":
            put_line("Saved.")
            return True
        talk(ack.get("reason") or "It was answered already.")
        if ack["status"] == "duplicate":
            return False
    talk("Answered elsewhere, or over.")
    return False


def _typed_line(listener: Listener, prompt: dict[str, Any]) -> str | None:
    """Wait for a line; None when the prompt is over before there is one."""
    while not select.select([sys.stdin], [], [], LOOK_EVERY)[0]:
        if not listener.prompts.empty():
            newer = listener.prompts.get()
            if newer is None or newer["prompt_id"] != prompt["prompt_id"]:
                listener.prompts.put(newer)
                return None
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line.strip()
