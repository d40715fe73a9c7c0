"""What is answered to brokers that ask: their words in, the one rule of rights, yes or no out."""

import hmac
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from daybeat.contracts.topics import ROOT, STATUS
from daybeat.infra.mqtt.address import GATEWAY_CLIENT_ID, BrokerAddress
from daybeat.modules.devices.domain.credentials import CLIENT_ID_PREFIX, is_password
from daybeat.modules.devices.domain.rights import Action, Holder, decide

Said = Mapping[str, Any]

VHOST, EXCHANGE = "/", "amq.topic"
EMQX_ACTIONS = {"publish": Action.PUBLISH, "subscribe": Action.SUBSCRIBE}
RABBITMQ_ACTIONS = {"write": Action.PUBLISH, "read": Action.SUBSCRIBE}
_NO = {None, "", False, "false", "0"}
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")


class Asker:
    """Somebody at a broker: one of our devices, ourselves, or nobody we know."""

    def __init__(self, secret: str, row: Row[Any] | None, gateway: BrokerAddress | None) -> None:
        self._secret, self._row, self._gateway = secret, row, gateway

    def may_connect_to_emqx(self, said: Said) -> bool:
        return self._may_connect(said, "clientid")

    def may_connect_to_rabbitmq(self, said: Said) -> bool:
        return self._may_connect(said, "client_id")

    def may_use_topic_at_emqx(self, said: Said) -> bool:
        action, topic = EMQX_ACTIONS[said["action"]], str(said["topic"])
        if self._is_gateway(said) and str(said["clientid"]).startswith(GATEWAY_CLIENT_ID):
            return topic == STATUS or topic.startswith(f"{ROOT}/")
        return self._may_use(said["clientid"], action, topic, retain=said.get("retain") not in _NO)

    def may_use_topic_at_rabbitmq(self, said: Said) -> bool:
        """Decide about a routing key, in which RabbitMQ writes a topic's slashes as dots and its + as *."""
        if said["vhost"] != VHOST or said["resource"] != "topic" or said["name"] != EXCHANGE:
            return False
        topic = said["routing_key"].replace(".", "/")
        return self._may_use(said["variable_map.client_id"], RABBITMQ_ACTIONS[said["permission"]], topic)

    def may_enter_vhost(self, said: Said) -> bool:
        return self._row is not None and said["vhost"] == VHOST

    def may_use_resource(self, said: Said) -> bool:
        """Decide about RabbitMQ's own things: a device needs its subscription queue and the topic exchange."""
        if self._row is None or said["vhost"] != VHOST:
            return False
        if said["resource"] == "exchange":
            return bool(said["name"] == EXCHANGE and said["permission"] in RABBITMQ_ACTIONS)
        queues = {f"mqtt-subscription-{self._row.client_id}qos{qos}" for qos in (0, 1)}
        return said["resource"] == "queue" and said["name"] in queues

    def _may_connect(self, said: Said, client_id: str) -> bool:
        if self._is_gateway(said):
            # Under a device's client id we only come to throw it out.
            given = hmac.compare_digest(str(said["password"]).encode(), (self._gateway_password or "").encode())
            return given and str(said[client_id]).startswith((GATEWAY_CLIENT_ID, CLIENT_ID_PREFIX))
        if self._row is None or said[client_id] != self._row.client_id:
            return False
        return is_password(self._secret, self._row.id, str(said["password"]))

    def _may_use(self, client_id: Any, action: Action, topic: str, *, retain: bool = False) -> bool:
        if self._row is None or _UNSAFE.search(topic):
            return False
        holder = Holder(self._row.user_id, self._row.client_id)
        return decide(holder, str(client_id), action, topic.split("/"), retain=retain)

    def _is_gateway(self, said: Said) -> bool:
        return bool(self._gateway_password) and self._row is None and said["username"] == self._gateway_name

    @property
    def _gateway_name(self) -> str | None:
        return self._gateway.username if self._gateway is not None else None

    @property
    def _gateway_password(self) -> str | None:
        return self._gateway.password if self._gateway is not None else None
