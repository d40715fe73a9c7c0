"""A mail server that keeps what it is handed, and refuses when a test wants it to."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from scripts.services.private import free_port

LOOPBACK = "127.0.0.1"
USER, PASSWORD = "daybeat", "p4ss"
FINE = "250 OK"


class MailServer:
    """What came, with the envelope's recipient; `on_recipient` and `on_message` are what it answers from now on.

    `tls_context` offers STARTTLS, `ssl_context` speaks TLS from the beginning.
    """

    def __init__(self, *, sign_in: bool = False, **tls: Any) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.on_recipient = self.on_message = FINE
        self._sign_in = sign_in
        options: dict[str, Any] = {**tls, "authenticator": self._knows} if sign_in else tls
        self._controller = Controller(
            self, LOOPBACK, free_port(), auth_require_tls=False, ready_timeout=30.0, data_size_limit=2**20, **options
        )

    @property
    def port(self) -> int:
        return self._controller.port

    @contextmanager
    def running(self) -> Iterator[None]:
        self._controller.start()
        try:
            yield
        finally:
            self._controller.stop()

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._sign_in and not session.authenticated:
            return "530 5.7.0 sign in first"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return FINE

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.on_recipient == FINE:
            envelope.rcpt_tos.append(address)
        return self.on_recipient

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.on_message == FINE and isinstance(envelope.content, bytes):
            self.mails.append(message_from_bytes(envelope.content, policy=default))
            self.recipients += envelope.rcpt_tos
        return self.on_message

    def _knows(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        right = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=isinstance(given, LoginPassword) and given == right)
