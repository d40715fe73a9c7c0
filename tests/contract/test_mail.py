"""What a message looks like as e-mail, and how it is handed in."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from daybeat.modules.notifications.channels.email import EmailChannel, read_server
from daybeat.modules.notifications.channels.port import BadAddress, Later, Message
from scripts.services.private import free_port
from tests.contract.test_channels import ACTIONS, INJECTED, LINK, REMINDER
from tests.support.certificates import certificate_for
from tests.support.mail_server import PASSWORD, USER, MailServer

pytestmark = pytest.mark.once


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer(sign_in=True)
    with server.running():
        yield server


def send(channel: EmailChannel, address: Mapping[str, str], message: Message) -> None:
    asyncio.run(channel.send(address, message))


def mail_channel(mail: MailServer, *, password: str = PASSWORD, starttls: str = "no") -> EmailChannel:
    url = f"smtp://{USER}:{password}@127.0.0.1:{mail.port}?starttls={starttls}"
    return EmailChannel(read_server(url), "daybeat@example.org")


def page_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_a_mail_is_handed_in_as_the_owner_of_the_account(mail: MailServer) -> None:
    send(mail_channel(mail), {"to": "ana@example.org"}, REMINDER)
    (came,) = mail.mails
    assert mail.recipients == ["ana@example.org"]
    assert came["Auto-Submitted"] == "auto-generated"
    assert came["Message-ID"] == f"<{REMINDER.id}@example.org>"


def test_a_mails_page_has_buttons_that_lead_to_the_link(mail: MailServer) -> None:
    send(mail_channel(mail), {"to": "ana@example.org"}, REMINDER)
    page = page_of(mail.mails[0])
    assert page.count(f'href="{LINK}"') == 3
    assert 'dir="auto"' in page


def test_a_mails_page_shows_markup_and_does_not_become_it(mail: MailServer) -> None:
    label = replace(ACTIONS[0], label='"><img src=x onerror=alert(1)>')
    send(
        mail_channel(mail),
        {"to": "ana@example.org"},
        replace(REMINDER, title=INJECTED, body=INJECTED, actions=(label,)),
    )
    page = page_of(mail.mails[0])
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "title", ["=?utf-8?q?hi?=", "=?utf-8?q?x=0D=0ABcc:_eve@example.org?=", "=?utf-8?b?", "ä" * 300]
)
def test_a_subject_is_taken_at_its_word(mail: MailServer, title: str) -> None:
    send(mail_channel(mail), {"to": "ana@example.org"}, replace(REMINDER, title=title))
    (came,) = mail.mails
    assert came["Subject"] == title or came["Subject"] == "ä" * 123 + "…"
    assert came["Bcc"] is None


@pytest.mark.parametrize(
    "to",
    [
        "ana@example.org\r\nBcc: eve@example.org",
        "ana@example.org, eve@example.org",
        "Ana <ana@example.org>",
        '"a b"@example.org',
        "ana@[127.0.0.1]",
        "ana@-example.org",
        "ana@exa mple.org",
        "@example.org",
        "ana",
        "ana@",
        "ä@example.org",
        "a" * 250 + "@example.org",
    ],
)
def test_what_is_more_or_less_than_one_mail_address_is_refused(mail: MailServer, to: str) -> None:
    with pytest.raises(BadAddress):
        mail_channel(mail).check({"to": to})
    with pytest.raises(BadAddress):
        send(mail_channel(mail), {"to": to}, REMINDER)
    assert not mail.mails


def test_a_domain_in_any_script_is_written_as_mail_needs_it(mail: MailServer) -> None:
    assert mail_channel(mail).check({"to": " ana@Bücher.example "}) == {"to": "ana@xn--bcher-kva.example"}


def test_a_password_is_not_sent_where_it_could_be_read(mail: MailServer) -> None:
    with pytest.raises(Later):
        send(mail_channel(mail, starttls="yes"), {"to": "ana@example.org"}, REMINDER)
    assert not mail.mails


@pytest.mark.parametrize(("scheme", "how"), [("smtp", "tls_context"), ("smtps", "ssl_context")])
def test_a_server_that_speaks_tls_is_spoken_to_in_private(tmp_path: Path, scheme: str, how: str) -> None:
    server_side, client_side = certificate_for("localhost", tmp_path)
    server = MailServer(sign_in=True, **{how: server_side})
    at = read_server(f"{scheme}://{USER}:{PASSWORD}@localhost:{server.port}")
    with server.running():
        send(EmailChannel(at, "daybeat@example.org", tls=client_side), {"to": "ana@example.org"}, REMINDER)
        with pytest.raises(Later):
            send(EmailChannel(at, "daybeat@example.org"), {"to": "ana@example.org"}, REMINDER)
    assert len(server.mails) == 1


def test_an_account_that_is_not_let_in_loses_no_message(mail: MailServer) -> None:
    with pytest.raises(Later) as told:
        send(mail_channel(mail, password="n0tright"), {"to": "ana@example.org"}, REMINDER)
    assert "n0tright" not in str(told.value)


def test_a_mail_server_that_is_away_may_come_back() -> None:
    away = read_server(f"smtp://127.0.0.1:{free_port()}")
    with pytest.raises(Later):
        send(EmailChannel(away, "daybeat@example.org"), {"to": "ana@example.org"}, REMINDER)


@pytest.mark.parametrize(("url", "sender"), [(None, "a@example.org"), ("smtp://h", ""), ("smtp://h", "nobody")])
def test_without_a_mail_server_and_a_sender_there_is_no_mail(url: str | None, sender: str) -> None:
    channel = EmailChannel(read_server(url) if url else None, sender)
    assert not channel.readiness().ready
    assert "DAYBEAT_SMTP_URL" in channel.readiness().how_to
    with pytest.raises(Later):
        send(channel, {"to": "ana@example.org"}, REMINDER)


def test_the_sender_may_have_a_name_of_its_own(mail: MailServer) -> None:
    named = EmailChannel(
        read_server(f"smtp://{USER}:{PASSWORD}@127.0.0.1:{mail.port}?starttls=no"), "Our Home <home@example.org>"
    )
    send(named, {"to": "ana@example.org"}, REMINDER)
    assert mail.mails[0]["From"] == "Our Home <home@example.org>"


@pytest.mark.parametrize(
    "url", ["", "mail.example.org", "http://x", "smtp://", "smtp://h:p0rt", "smtp://h?starttls=maybe"]
)
def test_an_address_of_no_mail_server_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="looks like"):
        read_server(url)


def test_a_mail_server_with_a_password_is_spoken_to_in_private() -> None:
    assert read_server("smtp://a:b%40@h").starttls == "yes"
    assert read_server("smtp://a:b%40@h").password == "b@"
    assert read_server("smtp://h").starttls == "try"
    assert (read_server("smtps://h").port, read_server("smtps://h").encrypted) == (465, True)
    assert "b@" not in repr(read_server("smtp://a:b%40@h"))
