"""Any service Apprise knows, by its URL. Apprise is loaded when the first such address is entered or used.

It connects by itself, so all it does happens within a fence: no private addresses, no files, no programs.
"""

import asyncio
import contextlib
import logging
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import structlog

from daybeat.infra.web.fence import Fence
from daybeat.infra.web.reachable import PRIVATE_REASON, as_ip, refusal
from daybeat.modules.notifications.channels.answers import settle
from daybeat.modules.notifications.channels.port import (
    Address,
    BadAddress,
    Later,
    Message,
    Pace,
    Readiness,
    Refused,
)
from daybeat.modules.notifications.channels.text import one_line, plain, shortened

if TYPE_CHECKING:
    from apprise import NotifyBase

log = structlog.get_logger()

WITHIN = 10.0
AT_ONCE = 8
LONGEST_URL, LONGEST_TITLE, LONGEST_BODY = 2_000, 250, 8_000
_UNKNOWN = "Apprise does not know this address. Its documentation lists how the address of each service is written."
_OF_THE_MACHINE = "This kind of address would use the machine that Daybeat runs on, not a service."
_NEEDS_A_FILE = "This address names a file of the machine that Daybeat runs on. Leave that part out."
_FIRST_ERROR, _LAST_ERROR = 300, 599

OF_THE_MACHINE = frozenset(
    (
        *("blink1", "dbus", "file", "gio", "glib", "gnome", "growl", "kde", "macosx", "nostr", "qt", "rsyslog"),
        *("smpp", "smpps", "syslog", "vapid", "windows", "xmpp", "xmpps"),
    )
)
"""They run programs, touch files or devices, or speak past the fence in threads and packets of their own."""
HAVE_A_CHANNEL = {"mqtt": "MQTT", "mqtts": "MQTT"}
FILE_PARTS = frozenset({"keyfile", "pgpkey", "pgpprv", "pgppub", "subfile"})


class AppriseChannel:
    """Speaks through Apprise in threads of its own; `within` are the seconds one message may take."""

    kind = "apprise"
    pace = Pace(each=1.0, together=10.0)

    def __init__(self, *, allow_private: bool = False, within: float = WITHIN) -> None:
        self._allow_private, self._within = allow_private, within
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="apprise")

    def readiness(self) -> Readiness:
        return Readiness(ready=True)

    def check(self, address: Address) -> dict[str, Any]:
        """Take {url}. What it is called is kept beside it, so that showing it needs no Apprise."""
        url = address.get("url")
        if not isinstance(url, str) or not 0 < len(url) <= LONGEST_URL or plain(url) != url or "\n" in url:
            raise BadAddress(_UNKNOWN)
        _check_parts(url.strip())
        _load()
        with Fence(allow_private=self._allow_private) as fence, _heard():
            service = _service(url.strip())
        if service is None:
            raise BadAddress(fence.reason or _UNKNOWN)
        host = str(service.host or "") if _names_a_host(service) else ""
        self._check_host(host)
        return {"url": url.strip(), "service": one_line(str(service.service_name)), "host": one_line(host)}

    def shown(self, address: Address) -> str:
        parts = (address.get("service"), address.get("host"))
        return ", ".join(str(part) for part in parts if part) or "Apprise"

    async def send(self, address: Address, message: Message) -> str | None:
        fence = Fence(allow_private=self._allow_private)
        work = asyncio.get_running_loop().run_in_executor(self._threads, self._tell, fence, address, message)
        try:
            async with asyncio.timeout(self._within):
                await work
        except TimeoutError:
            fence.cut()
            raise Later(f"{self.shown(address)} took too long to answer.") from None
        return None

    def close(self) -> None:
        """Let the threads go; nothing is waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _check_host(self, host: str) -> None:
        ip = as_ip(host.strip("[]")) if host else None
        reason = refusal(ip, allow_private=self._allow_private) if ip is not None else None
        if reason is None and not self._allow_private and (host == "localhost" or host.endswith(".localhost")):
            reason = PRIVATE_REASON
        if reason is not None:
            raise BadAddress(reason)

    def _tell(self, fence: Fence, address: Address, message: Message) -> None:
        """Send, in a thread. Apprise only says yes or no, so the status it read comes out of what it logs."""
        name = self.shown(address)
        _load()
        with fence, _heard() as statuses:
            service = _service(str(address["url"]))
            done = service is not None and self._tried(service, message, name)
        if done:
            return
        if fence.reason is not None or service is None:
            raise Refused(fence.reason or _UNKNOWN)
        if statuses:
            settle(statuses[-1])
        raise Later(f"{name} could not be reached, or did not take the message.")

    def _tried(self, service: "NotifyBase", message: Message, name: str) -> bool:
        from apprise import NotifyFormat, OverflowMode

        service.socket_read_timeout = service.socket_connect_timeout = self._within
        service.redirects, service.overflow_mode = False, OverflowMode.TRUNCATE
        title, body = one_line(message.title), _body(message, min(service.body_maxlen, LONGEST_BODY))
        try:
            return service.notify(
                body=body, title=shortened(title, LONGEST_TITLE), notify_type="info", body_format=NotifyFormat.TEXT
            )
        except Exception as error:  # noqa: BLE001 - a hundred services, each with troubles of its own
            # Its text may repeat the address, which holds secrets.
            log.warning("apprise service broke", service=name, error=type(error).__name__)
            return False


def _check_parts(url: str) -> None:
    scheme = url.partition("://")[0].strip().lower()
    if scheme in OF_THE_MACHINE:
        raise BadAddress(_OF_THE_MACHINE)
    if scheme in HAVE_A_CHANNEL:
        raise BadAddress(f"Use Daybeat's own channel for {HAVE_A_CHANNEL[scheme]} instead.")
    try:
        asked = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        raise BadAddress(_UNKNOWN) from None
    for name, value in asked:
        is_path = name.lower() == "template" and ("/" in value or "\\" in value or "." in value)
        if name.lower() in FILE_PARTS or is_path or value.lower().startswith("file:"):
            raise BadAddress(_NEEDS_A_FILE)


@cache
def _load() -> None:
    """Load Apprise with all it knows, outside of any fence. What it finds old in Python is no news to us.

    What it logs may hold parts of addresses, so it comes to our ear and goes nowhere else.
    """
    logger = logging.getLogger("apprise")
    logger.propagate = False
    logger.addHandler(_ear)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from apprise import Apprise

        Apprise.instantiate("json://example.org")


def _service(url: str) -> "NotifyBase | None":
    """Let Apprise read a URL; None when it cannot make anything of it."""
    from apprise import Apprise, AppriseAsset, NotifyBase

    asset = AppriseAsset(
        app_id="Daybeat",
        app_desc="Daybeat",
        async_mode=False,
        http_redirects=False,
        interpret_emojis=False,
        interpret_escapes=False,
        pgp_autogen=False,
        pem_autogen=False,
        storage_mode="memory",
    )
    found = Apprise.instantiate(url, asset=asset)
    return found if isinstance(found, NotifyBase) else None


def _names_a_host(service: "NotifyBase") -> bool:
    """Tell whether the host in this service's URL is a server; many put a token there."""
    return "host" in service.template_tokens


def _body(message: Message, most: int) -> str:
    """Write the text with the link at its end: where the buttons lead, or to Daybeat."""
    link = message.actions[0].url if message.actions else message.link
    room = most - len(link.encode()) - 2
    if room <= 0:
        return shortened(plain(message.body), most)
    return f"{shortened(plain(message.body), room)}\n\n{link}".strip()


class _Ear(logging.Handler):
    """Hears what Apprise logs in each thread, and keeps only the numbers that can be a status."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.here = threading.local()

    def emit(self, record: logging.LogRecord) -> None:
        numbers = record.args if isinstance(record.args, tuple) else ()
        statuses: list[int] = getattr(self.here, "statuses", [])
        statuses += [each for each in numbers if isinstance(each, int) and _FIRST_ERROR <= each <= _LAST_ERROR]


_ear = _Ear()


@contextlib.contextmanager
def _heard() -> Iterator[list[int]]:
    """Collect the statuses of this thread."""
    _ear.here.statuses = []
    try:
        yield _ear.here.statuses
    finally:
        _ear.here.statuses = []
