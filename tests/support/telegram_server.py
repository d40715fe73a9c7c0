"""Telegram on this machine: a real server that speaks the Bot API."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, Self

from tests.support.telegram_rules import Refusal, check_notice, shown_buttons, shown_text

TOKEN = "7001234567:AAE-this_is_a_made-up_token_of_a_bot"
BOT = {"id": 7001234567, "is_bot": True, "first_name": "Daybeat", "username": "daybeat_test_bot"}
FOR_EVER = 10**9
_message_numbers = count(1)  # as the real one, it gives no number twice


@dataclass
class Shown:
    """A message of the bot as people see it now."""

    number: int
    chat_id: int
    text: str
    markup: str
    buttons: list[list[dict[str, str]]]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.buttons for button in row]


@dataclass
class Fault:
    """How a method fails, and how often."""

    status: int
    description: str = "Internal Server Error"
    parameters: dict[str, Any] = field(default_factory=dict)
    times: int = 1


class TelegramServer:
    """Keeps chats and hands out updates until they are confirmed, as the real one does."""

    def __init__(self) -> None:
        self.messages: dict[tuple[int, int], Shown] = {}
        self.notices: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.handed_out: Counter[int] = Counter()
        self.webhook = ""
        self.menu: list[dict[str, str]] = []
        self.known: set[int] = set()
        self.blocked_by: set[int] = set()
        self._updates: list[dict[str, Any]] = []
        self._ever: list[dict[str, Any]] = []
        self._again: list[dict[str, Any]] = []
        self._faults: dict[str, Fault] = {}
        self._hanging: set[str] = set()
        self._queries: set[str] = set()
        self._numbers, self._query_numbers = count(1000), count(1)
        self._news = threading.Condition()
        self._closing = False
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.telegram = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._news:
            self._closing = True
            self._news.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fails(self, method: str, status: int, description: str = "Internal Server Error", **more: Any) -> None:
        """Let a method fail, once unless `times` says otherwise."""
        with self._news:
            self._faults[method] = Fault(status, description, times=more.pop("times", 1), parameters=more)
            self._news.notify_all()

    def works(self, method: str) -> None:
        """Let a method work again."""
        with self._news:
            self._faults.pop(method, None)
            self._hanging.discard(method)
            self._news.notify_all()

    def hangs(self, method: str) -> None:
        with self._news:
            self._hanging.add(method)

    def happens(self, number: int | None = None, **what: Any) -> int:
        """Let an update wait for the bot; gives its number. A number of our own begins a new count."""
        with self._news:
            if number is not None:
                self._numbers = count(number)
            update_id = next(self._numbers)
            self._updates.append({"update_id": update_id, **what})
            self._ever.append(self._updates[-1])
            self._news.notify_all()
        return update_id

    def repeats_itself(self) -> None:
        """Hand out everything once more, confirmed or not."""
        with self._news:
            self._again = list(self._ever)
            self._news.notify_all()

    def next_message(self) -> int:
        return next(_message_numbers)

    def new_query(self) -> str:
        query = f"query{next(self._query_numbers)}"
        self._queries.add(query)
        return query

    def chat(self, chat_id: int) -> list[Shown]:
        """Give what the bot has written in a chat, the oldest first."""
        with self._news:
            return [shown for (chat, _), shown in sorted(self.messages.items()) if chat == chat_id]

    def waiting(self) -> Sequence[int]:
        """Give the numbers of what is not confirmed."""
        with self._news:
            return [update["update_id"] for update in self._updates]

    def answer(self, token: str, method: str, content: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Answer a call."""
        with self._news:
            self.calls.append((method, content))
            self._news.wait_for(lambda: self._closing or method not in self._hanging)
            fault = self._fault(method)
            if fault is not None:
                return _refused(fault.status, fault.description, fault.parameters)
            if token != TOKEN:
                return _refused(401, "Unauthorized")
            try:
                return 200, {"ok": True, "result": self._do(method, content)}
            except Refusal as refusal:
                return _refused(refusal.status, refusal.description)

    def _fault(self, method: str) -> Fault | None:
        fault = self._faults.get(method)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                del self._faults[method]
        return fault

    def _do(self, method: str, content: dict[str, Any]) -> Any:
        methods: dict[str, Callable[[dict[str, Any]], Any]] = {
            "getMe": lambda _content: BOT,
            "getUpdates": self._get_updates,
            "sendMessage": self._send,
            "editMessageText": self._edit,
            "answerCallbackQuery": self._answer_query,
            "setMyCommands": self._set_menu,
            "deleteWebhook": self._delete_webhook,
        }
        if method not in methods:
            raise Refusal("Not Found", 404)
        return methods[method](content)

    def _get_updates(self, content: dict[str, Any]) -> Any:
        if self.webhook:
            raise Refusal("Conflict: can't use getUpdates method while webhook is active", 409)
        offset = content.get("offset", 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        self._news.wait_for(self._has_news, content["timeout"])
        again, self._again = self._again, []
        wanted = [
            update for update in again or self._updates if {"update_id", *content["allowed_updates"]} >= update.keys()
        ]
        given = wanted[: content["limit"]]
        self.handed_out.update(update["update_id"] for update in given)
        return given

    def _has_news(self) -> bool:
        return bool(self._closing or self._updates or self._again or "getUpdates" in self._faults)

    def _send(self, content: dict[str, Any]) -> Any:
        self._check_chat(content["chat_id"])
        number = self.next_message()
        self._show(number, content)
        return {"message_id": number, "chat": {"id": content["chat_id"], "type": "private"}, "date": 1}

    def _edit(self, content: dict[str, Any]) -> Any:
        self._check_chat(content["chat_id"])
        before = self.messages.get((content["chat_id"], content["message_id"]))
        if before is None:
            raise Refusal("Bad Request: message to edit not found")
        if (before.markup, before.buttons) == (content["text"], shown_buttons(content)):
            raise Refusal("Bad Request: message is not modified: specified new message content is exactly the same")
        self._show(content["message_id"], content)
        return True

    def _show(self, number: int, content: dict[str, Any]) -> None:
        shown = Shown(number, content["chat_id"], shown_text(content), content["text"], shown_buttons(content))
        self.messages[content["chat_id"], number] = shown

    def _answer_query(self, content: dict[str, Any]) -> Any:
        if content["callback_query_id"] not in self._queries:
            raise Refusal("Bad Request: query is too old and response timeout expired or query ID is invalid")
        check_notice(content)
        self._queries.discard(content["callback_query_id"])
        self.notices.append(content)
        return True

    def _set_menu(self, content: dict[str, Any]) -> Any:
        self.menu = content["commands"]
        return True

    def _delete_webhook(self, _content: dict[str, Any]) -> Any:
        self.webhook = ""
        return True

    def _check_chat(self, chat_id: int) -> None:
        if chat_id not in self.known:
            raise Refusal("Bad Request: chat not found")
        if chat_id in self.blocked_by:
            raise Refusal("Forbidden: bot was blocked by the user", 403)


class _Server(ThreadingHTTPServer):
    telegram: TelegramServer
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: whoever asked has left."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 30
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        _, bot, method = self.path.split("/")
        status, answer = self.server.telegram.answer(bot.removeprefix("bot"), method, content)
        body = json.dumps(answer).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # whoever asked has left

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _refused(status: int, description: str, parameters: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    answer = {"ok": False, "error_code": status, "description": description}
    return status, {**answer, "parameters": parameters} if parameters else answer
