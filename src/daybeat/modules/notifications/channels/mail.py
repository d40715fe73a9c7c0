"""How a message is written as e-mail: as text, and as a plain page with buttons. Nothing in it can become a header."""

from datetime import datetime
from email.header import Header
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from daybeat.modules.notifications.channels.port import Message
from daybeat.modules.notifications.channels.text import one_line, plain, shortened

if TYPE_CHECKING:
    from jinja2 import Template

LONGEST_SUBJECT, LONGEST_BODY = 250, 40_000  # bytes
_SUBJECT = "subject"


class _LiteralSubject(EmailPolicy):
    """Takes a subject at its word: the library would read what looks like an encoded header inside it."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return (name, value) if name.lower() == _SUBJECT else super().header_store_parse(name, value)

    def fold(self, name: str, value: Any) -> str:
        if name.lower() != _SUBJECT:
            return str(super().fold(name, value))
        return f"{name}: {Header(value, 'utf-8', header_name=name).encode(linesep=self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode() if name.lower() == _SUBJECT else super().fold_binary(name, value)


def mail_of(message: Message, sender: Mailbox, to: str, now: datetime) -> EmailMessage:
    """Write a mail that answering machines leave alone, and that has the same id each time it is sent."""
    title, body = one_line(message.title), shortened(plain(message.body), LONGEST_BODY)
    mail = EmailMessage(_LiteralSubject(linesep="\r\n"))
    mail["From"] = sender
    mail["To"] = Mailbox(addr_spec=to)
    mail["Subject"] = shortened(title, LONGEST_SUBJECT)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.id}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_as_text(body, message), cte="quoted-printable")
    html = _page().render(title=shortened(title, LONGEST_SUBJECT), lines=body.splitlines(), message=message)
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    return mail


def _as_text(body: str, message: Message) -> str:
    buttons = [f"{one_line(action.label)}: {action.url}" for action in message.actions]
    return "\n".join([*([body, ""] if body else []), *buttons, *([""] if buttons else []), message.link, ""])


@cache
def _page() -> "Template":
    from jinja2 import Environment

    source = (resources.files("daybeat.modules.notifications") / "pages" / "email.html").read_text()
    return Environment(autoescape=True).from_string(source)
