"""E-mail through the SMTP server of whoever runs this Daybeat."""

import asyncio
import re
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from daybeat.kit.clock import Clock, SystemClock
from daybeat.modules.notifications.channels.mail import mail_of
from daybeat.modules.notifications.channels.port import (
    Address,
    BadAddress,
    Gone,
    Later,
    Message,
    Pace,
    Readiness,
    Refused,
)

if TYPE_CHECKING:
    import smtplib

WITHIN = 10.0
LONGEST_ADDRESS = 254
_PERMANENT = 500
_PORTS = {"smtp": 587, "smtps": 465}
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
_SHAPE = "a mail server looks like smtp://user:password@host:587 or smtps://host, with ?starttls=yes, no or try"
HOW_TO = "Give this Daybeat a mail server that it may send through: set DAYBEAT_SMTP_URL and DAYBEAT_MAIL_FROM."


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and as whom."""

    host: str
    port: int
    encrypted: bool = False
    starttls: Literal["yes", "no", "try"] = "try"
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def read_server(url: str) -> MailServer:
    """Read a URL; raises ValueError with a sentence that never repeats it. A password is only sent encrypted."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise ValueError(_SHAPE) from None
    given = parse_qs(parts.query).get("starttls", ["yes" if parts.username else "try"])[-1]
    if parts.scheme not in _PORTS or not parts.hostname or given not in {"yes", "no", "try"}:
        raise ValueError(_SHAPE)
    starttls: Any = given
    user, password = unquote(parts.username or "") or None, unquote(parts.password or "") or None
    secure = parts.scheme == "smtps"
    return MailServer(parts.hostname, port or _PORTS[parts.scheme], secure, starttls, user, password)


class EmailChannel:
    """Hands each message to the mail server over a connection of its own.

    `sender` is an address, with or without a name. Without a server and a sender it is not ready.
    """

    kind = "email"
    pace = Pace(each=0.5, together=5.0)

    def __init__(
        self,
        server: MailServer | None,
        sender: str,
        *,
        within: float = WITHIN,
        clock: Clock | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._server, self._within = server, within
        name, address = parseaddr(sender)
        self._sender = Mailbox(name or "Daybeat", addr_spec=address) if _is_mail_address(address) else None
        self._clock, self._tls = clock or SystemClock(), tls

    def readiness(self) -> Readiness:
        ready = self._server is not None and self._sender is not None
        return Readiness(ready, "" if ready else HOW_TO)

    def check(self, address: Address) -> dict[str, Any]:
        """Take {to}."""
        return {"to": _mail_address(address.get("to"))}

    def shown(self, address: Address) -> str:
        local, _, domain = str(address["to"]).rpartition("@")
        return f"{local[:1]}…@{domain}"

    async def send(self, address: Address, message: Message) -> str | None:
        if self._server is None or self._sender is None:
            raise Later("This Daybeat has no mail server, or no address to write from.")
        to = _mail_address(address["to"])
        written = mail_of(message, self._sender, to, self._clock.now())
        try:
            async with asyncio.timeout(self._within):
                await asyncio.to_thread(self._hand_in, self._server, written, self._sender.addr_spec, to)
        except TimeoutError:
            raise Later("The mail server took too long to answer.") from None
        return str(written["Message-ID"])

    def _hand_in(self, server: MailServer, mail: EmailMessage, sender: str, to: str) -> None:
        """Speak to the server, in a thread. Its own words may hold secrets, so only their numbers are passed on."""
        import smtplib

        try:
            with self._connected(server) as conversation:
                conversation.send_message(mail, sender, [to])
        except smtplib.SMTPRecipientsRefused as error:
            raise _recipient_refused(error.recipients[to][0]) from None
        except smtplib.SMTPAuthenticationError:
            raise Later("The mail server does not let this Daybeat in. Tell whoever runs it.") from None
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code) from None
        except smtplib.SMTPException:
            raise Later("The mail server ended the conversation, or cannot speak as safely as it has to.") from None
        except TimeoutError:
            raise Later("The mail server took too long to answer.") from None
        except OSError:
            raise Later("The mail server cannot be reached.") from None

    def _connected(self, server: MailServer) -> "smtplib.SMTP":
        import smtplib

        tls = self._tls or ssl.create_default_context()
        if server.encrypted:
            return _signed_in(smtplib.SMTP_SSL(server.host, server.port, timeout=self._within, context=tls), server)
        conversation = smtplib.SMTP(server.host, server.port, timeout=self._within)
        try:
            conversation.ehlo_or_helo_if_needed()
            if server.starttls == "yes" or (server.starttls == "try" and conversation.has_extn("starttls")):
                conversation.starttls(context=tls)
            return _signed_in(conversation, server)
        except BaseException:
            conversation.close()
            raise


def _signed_in(conversation: "smtplib.SMTP", server: MailServer) -> "smtplib.SMTP":
    if server.user is not None:
        conversation.login(server.user, server.password or "")
    return conversation


def _recipient_refused(code: int) -> Exception:
    if code >= _PERMANENT:
        return Gone(f"The mail server says that nobody gets mail at this address (code {code}).")
    return Later(f"The mail server cannot reach this address now (code {code}).")


def _refused(code: int) -> Exception:
    if code >= _PERMANENT:
        return Refused(f"The mail server does not take this message (code {code}).")
    return Later(f"The mail server could not take the message now (code {code}).")


def _is_mail_address(text: str) -> bool:
    local, _, domain = text.rpartition("@")
    return len(text) <= LONGEST_ADDRESS and bool(_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain))


def _mail_address(given: Any) -> str:
    """Give an address with its domain as the mail system writes it; raises BadAddress."""
    local, _, domain = given.strip().rpartition("@") if isinstance(given, str) else ("", "", "")
    try:
        domain = domain.lower() if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError:
        domain = ""
    if not _is_mail_address(f"{local}@{domain}"):
        raise BadAddress("This is no e-mail address that Daybeat can write to. One looks like name@example.org.")
    return f"{local}@{domain}"
