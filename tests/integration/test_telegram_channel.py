"""The channel to Telegram: messages arrive whole, safe and short enough, and every refusal is understood."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx2
import pytest

from daybeat.kit.ids import new_id
from daybeat.modules.notifications.channels.port import BadAddress, Gone, Later, Refused, Trouble
from daybeat.modules.notifications.channels.telegram import AWAY, HOW_TO, TelegramChannel
from daybeat.modules.notifications.telegram.api import BotApi
from scripts.services.private import free_port
from tests.support.telegram import FOR_EVER, TOKEN, TelegramPerson, TelegramServer
from tests.support.telegram_messages import asks, reminds, tells

pytestmark = pytest.mark.anyio
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
HOSTILE = {
    "markup": '<script>alert("x")</script> & <b>not bold</b> [x](javascript:alert(1)) *_`~|',
    "an entity": "&lt;b&gt; &amp;amp; &#x3C;",
    "a comment": "<!-- --> <? ?> </b>",
    "lines in a title": "a\r\nb\nc\td",
    "an override": "abc\u202edef\u2066ghi",
    "control characters": "a\0b\x1bc\x7f",
    "half a character": "a\ud800b",
    "families": FAMILY * 3,
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@pytest.fixture
def ana(telegram: TelegramServer) -> TelegramPerson:
    person = TelegramPerson(telegram, 41)
    telegram.known.add(person.id)
    return person


@pytest.fixture
async def channel(telegram: TelegramServer) -> AsyncIterator[TelegramChannel]:
    api = BotApi(TOKEN, url=telegram.url)
    yield TelegramChannel(api)
    await api.close()


async def trouble_of(telegram: TelegramServer, ana: TelegramPerson, **api: Any) -> Trouble:
    """Send, and give what went wrong."""
    bot = BotApi(**{"token": TOKEN, "url": telegram.url, **api})
    try:
        await TelegramChannel(bot).send(ana.address, tells("Hello", "you"))
    except Trouble as trouble:
        return trouble
    finally:
        await bot.close()
    raise AssertionError("it was sent")


async def test_a_message_arrives_and_its_number_comes_back(channel: TelegramChannel, ana: TelegramPerson) -> None:
    number = await channel.send(ana.address, tells("Your week", "Read: 5\nSwim: 2\n"))
    (shown,) = ana.chat
    assert (str(shown.number), shown.text) == (number, "Your week\nRead: 5\nSwim: 2")
    assert shown.markup.startswith("<b>Your week</b>")
    assert shown.labels == ["Open Daybeat"]


async def test_a_prompt_has_a_button_for_each_mood(channel: TelegramChannel, ana: TelegramPerson) -> None:
    await channel.send(ana.address, asks(new_id()))
    assert ana.chat[0].labels == ["awful", "bad", "okay", "good", "great", "Open Daybeat"]


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1:8000/", "http://daybeat.example.org/", "https://localhost/", "https://[bad/", "", "x"]
)
async def test_a_link_telegram_does_not_take_is_left_out(
    channel: TelegramChannel, ana: TelegramPerson, link: str
) -> None:
    await channel.send(ana.address, reminds(new_id(), "Read", link=link))
    assert ana.chat[0].labels == ["Done", "Skip", "In 30 min"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_hostile_texts_arrive_as_plain_text(channel: TelegramChannel, ana: TelegramPerson, text: str) -> None:
    await channel.send(ana.address, tells(text, text))
    title, _, body = ana.texts[0].partition("\n")
    harmless = text.translate(dict.fromkeys([0, 0x1B, 0x7F, 0xD800, 0x202E, 0x2066, 9], " "))
    assert title == " ".join(harmless.split())
    assert body == harmless.replace("\r\n", "\n").strip()


@pytest.mark.parametrize("text", ["x", "&", "<", "é", "漢", "🎉", FAMILY, "a\n", "e\u0301"])
async def test_what_is_too_long_is_shortened(channel: TelegramChannel, ana: TelegramPerson, text: str) -> None:
    await channel.send(ana.address, tells(text * 100_000, text * 100_000))
    shown = ana.texts[0]
    assert shown.endswith("…")
    assert len(shown) > 1000
    assert shown.removesuffix("…").rstrip("\n").endswith(text.strip())


async def test_a_message_without_words_is_sent_all_the_same(channel: TelegramChannel, ana: TelegramPerson) -> None:
    await channel.send(ana.address, tells("", "\u202e"))
    assert ana.texts == ["…"]


async def test_many_messages_go_out_side_by_side(channel: TelegramChannel, ana: TelegramPerson) -> None:
    await asyncio.gather(*(channel.send(ana.address, tells(str(number), "")) for number in range(30)))
    assert sorted(ana.texts, key=int) == [str(number) for number in range(30)]


async def test_who_blocked_the_bot_is_gone(telegram: TelegramServer, ana: TelegramPerson) -> None:
    ana.blocks()
    assert isinstance(await trouble_of(telegram, ana), Gone)


@pytest.mark.parametrize(
    ("status", "description", "kind"),
    [
        (403, "Forbidden: user is deactivated", Gone),
        (403, "Forbidden: bot can't initiate conversation with a user", Gone),
        (400, "Bad Request: chat not found", Gone),
        (400, "Bad Request: PEER_ID_INVALID", Gone),
        (400, "Bad Request: message is too long", Refused),
        (413, "Request Entity Too Large", Refused),
        (401, "Unauthorized", Later),
        (404, "Not Found", Later),
        (409, "Conflict", Later),
        (500, "Internal Server Error", Later),
        (502, "Bad Gateway", Later),
    ],
)
async def test_each_refusal_is_understood(
    telegram: TelegramServer, ana: TelegramPerson, status: int, description: str, kind: type[Trouble]
) -> None:
    telegram.fails("sendMessage", status, description)
    trouble = await trouble_of(telegram, ana)
    assert type(trouble) is kind
    assert getattr(trouble, "after", None) is None


async def test_who_is_too_fast_is_told_how_long_to_wait(telegram: TelegramServer, ana: TelegramPerson) -> None:
    telegram.fails("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    trouble = await trouble_of(telegram, ana)
    assert isinstance(trouble, Later)
    assert trouble.after == 7


async def test_a_server_that_hangs_is_not_waited_for(telegram: TelegramServer, ana: TelegramPerson) -> None:
    telegram.hangs("sendMessage")
    trouble = await trouble_of(telegram, ana, within=0.2)
    assert isinstance(trouble, Later)
    assert str(trouble) == AWAY


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}", "https://127.0.0.1:{port}", "http://no.such.host.invalid"])
async def test_a_server_that_is_not_there_is_tried_later(
    telegram: TelegramServer, ana: TelegramPerson, url: str
) -> None:
    trouble = await trouble_of(telegram, ana, url=url.format(port=free_port()))
    assert isinstance(trouble, Later)


@pytest.mark.parametrize("body", [b"", b"<html>portal</html>", b"[]", b'{"ok":true}', b'{"ok":true,"result":"x"}'])
async def test_an_answer_that_is_none_is_tried_later(ana: TelegramPerson, body: bytes) -> None:
    api = BotApi(TOKEN)
    await api.close()
    api._client = httpx2.AsyncClient(
        transport=httpx2.MockTransport(lambda _request: httpx2.Response(200, content=body))
    )
    with pytest.raises(Later):
        await TelegramChannel(api).send(ana.address, tells("Hello", "you"))
    await api.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://[", "nonsense", "http://exa mple"])
async def test_no_trouble_names_the_token(telegram: TelegramServer, ana: TelegramPerson, url: str) -> None:
    trouble = await trouble_of(telegram, ana, url=url)
    chain: list[BaseException | None] = [trouble]
    while (last := chain[-1]) is not None:
        assert TOKEN not in f"{last!r} {vars(last)}"
        chain.append(last.__cause__ or last.__context__)


async def test_a_refusal_that_repeats_the_token_does_not_pass_it_on(
    telegram: TelegramServer, ana: TelegramPerson
) -> None:
    telegram.fails("sendMessage", 400, f"Bad Request: https://x/bot{TOKEN}/y and {TOKEN}", times=FOR_EVER)
    trouble = await trouble_of(telegram, ana)
    assert TOKEN.partition(":")[2] not in str(trouble)


async def test_an_instance_without_a_bot_says_what_to_do() -> None:
    channel = TelegramChannel(None)
    assert (channel.readiness().ready, channel.readiness().how_to) == (False, HOW_TO)
    with pytest.raises(Later):
        await channel.send({"chat_id": 1}, tells("Hello", "you"))


@pytest.mark.parametrize("address", [{}, {"chat_id": 41}, {"chat_id": "41", "name": "Ana"}])
def test_nobody_can_give_a_chat_as_their_own(address: dict[str, Any]) -> None:
    with pytest.raises(BadAddress, match="from the chat itself"):
        TelegramChannel(None).check(address)


def test_a_chat_is_shown_by_its_name_and_never_by_its_number() -> None:
    channel = TelegramChannel(None)
    assert channel.shown({"chat_id": 4711, "name": "Ana (@ana)"}) == "Ana (@ana)"
    assert channel.shown({"chat_id": 4711, "name": ""}) == "a Telegram chat"
