"""Every way to reach somebody that this instance has. A new channel is a file beside the others and a line here."""

from dataclasses import dataclass
from email.utils import parseaddr
from functools import cached_property

from daybeat.bootstrap.settings import ConfigurationError, Settings
from daybeat.infra.web.outgoing import Outgoing
from daybeat.modules.notifications.channels.apprise_url import AppriseChannel
from daybeat.modules.notifications.channels.email import EmailChannel, MailServer, read_server
from daybeat.modules.notifications.channels.mqtt import MqttChannel, Sending
from daybeat.modules.notifications.channels.ntfy import NtfyChannel
from daybeat.modules.notifications.channels.port import Channel, Channels
from daybeat.modules.notifications.channels.telegram import TelegramChannel
from daybeat.modules.notifications.channels.web_push import WebPushChannel
from daybeat.modules.notifications.channels.webhook import WebhookChannel
from daybeat.modules.notifications.telegram.api import BotApi


@dataclass
class Ways:
    """What channels need of this instance. `sending` brings messages to the MQTT broker, None where there is none."""

    settings: Settings
    secret: str
    sending: Sending | None = None

    @cached_property
    def bot_api(self) -> BotApi | None:
        token = self.settings.telegram_token
        return BotApi(token.get_secret_value(), url=self.settings.telegram_api_url) if token else None

    @cached_property
    def channels(self) -> Channels:
        """List the channels in the order in which people are offered them."""
        outgoing = self._outgoing
        ways: tuple[Channel, ...] = (
            TelegramChannel(self.bot_api),
            WebPushChannel(outgoing, self.secret, self._contact),
            EmailChannel(self._mail_server, self.settings.mail_from or ""),
            NtfyChannel(outgoing),
            WebhookChannel(outgoing),
            MqttChannel(self.sending),
            self._apprise,
        )
        return Channels({way.kind: way for way in ways})

    async def close(self) -> None:
        """Close what is still open to the outside."""
        self._apprise.close()
        await self._outgoing.close()
        if self.bot_api is not None:
            await self.bot_api.close()

    @cached_property
    def _outgoing(self) -> Outgoing:
        return Outgoing(allow_private=self.settings.allow_private_targets)

    @cached_property
    def _apprise(self) -> AppriseChannel:
        return AppriseChannel(allow_private=self.settings.allow_private_targets)

    @property
    def _contact(self) -> str:
        """Whom a push service would write to."""
        _, mail = parseaddr(self.settings.mail_from or "")
        return f"mailto:{mail}" if mail else self.settings.url

    @property
    def _mail_server(self) -> MailServer | None:
        if self.settings.smtp_url is None:
            return None
        try:
            return read_server(self.settings.smtp_url.get_secret_value())
        except ValueError as error:
            raise ConfigurationError(f"DAYBEAT_SMTP_URL cannot be used: {error}.") from None
