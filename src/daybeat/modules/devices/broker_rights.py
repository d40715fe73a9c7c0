"""Keeps the rights at a Mosquitto with dynamic security: all of them at each connection, then each change at once.

One client per device, bound to its client id, and one role per user. Whatever carries our names and is not in the
table of devices is taken away.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, Row

from daybeat.contracts.topics import ROOT, STATUS
from daybeat.infra.db.store import Store
from daybeat.infra.mqtt.dynamic_security import Command, DynamicSecurity, NoDynamicSecurity
from daybeat.infra.mqtt.link import Link, NotConnected
from daybeat.infra.mqtt.mosquitto_files import KnownClient
from daybeat.infra.wakeup import WakeUp
from daybeat.modules.devices import queries
from daybeat.modules.devices.domain.credentials import USERNAME_PREFIX, fingerprint, password_of
from daybeat.modules.devices.domain.rights import Action, grants
from daybeat.modules.devices.handlers import NEWS, note_applied

log = structlog.get_logger()

ROLE_PREFIX = "daybeat-user-"
GATEWAY_ROLE = "daybeat-gateway"
AT_ONCE = 50
PAGE = 200
SAFETY_NET = 5.0  # seconds between looks when nobody woke us

Acl = Mapping[str, Any]


class BrokerRights:
    """Tells a broker who may do what. `by_plugin` says whether it listens; otherwise it asks us over HTTP itself."""

    def __init__(self, store: Store, secret: str, own_username: str | None) -> None:
        self._store, self._secret, self._own_username = store, secret, own_username
        self._news = WakeUp(SAFETY_NET)
        self._plugin: DynamicSecurity | None = None
        self.by_plugin = False
        store.on_hint(NEWS, self._news.wake)

    async def prepare(self, link: Link) -> None:
        """Bring a connection's broker up to date, if it has the plugin. One that hangs is connected to anew."""
        self._plugin, plugin = None, DynamicSecurity(link)
        try:
            await plugin.begin()
            await self._compare(plugin)
        except NoDynamicSecurity as reason:
            log.info("mqtt broker keeps its own rights", reason=str(reason) or None)
        except TimeoutError:
            raise NotConnected("the broker does not answer about rights") from None
        else:
            self._plugin = plugin
        self.by_plugin = self._plugin is not None

    async def serve(self, link: Link) -> None:
        """Tell the connection's broker of every device that comes or goes."""
        while not link.closed.is_set():
            self._news.clear()
            try:
                while rows := await self._store.read(partial(queries.not_applied, most=AT_ONCE)):
                    await self._apply(link, rows)
            except TimeoutError:
                log.warning("mqtt broker does not answer about rights")
                await link.close()
            await self._news.wait()

    async def _apply(self, link: Link, rows: Sequence[Row[Any]]) -> None:
        """Tell of devices that came or went, and note that the broker knows."""
        if self._plugin is not None:
            commands = [command for row in rows for command in self._commands(row)]
            _look(commands, await self._plugin.run(commands), {"already exists", "not found"})
        else:
            for row in rows:
                if row.removed_at is not None:
                    await link.throw_out(row.client_id)
        known = [row.id for row in rows if row.removed_at is None]
        gone = [row.id for row in rows if row.removed_at is not None]
        await self._store.write(partial(note_applied, known=known, gone=gone))

    def _commands(self, row: Row[Any]) -> Iterator[Command]:
        if row.removed_at is not None:
            yield {"command": "deleteClient", "username": row.username}
            return
        yield {"command": "createRole", "rolename": role_of(row.user_id), "acls": acls_of(row.user_id)}
        yield self._client(row)

    def _client(self, row: Row[Any]) -> Command:
        password = password_of(self._secret, row.id)
        return {
            "command": "createClient",
            "username": row.username,
            "password": password,
            "clientid": row.client_id,
            "textdescription": fingerprint(password),
            "roles": [{"rolename": role_of(row.user_id)}],
        }

    async def _compare(self, plugin: DynamicSecurity) -> None:
        """Find what the broker lacks and what it should not have, and put it right."""
        await self._let_ourselves_in(plugin)
        wanted = await self._store.read(_all_devices)
        roles = {role_of(row.user_id): acls_of(row.user_id) for row in wanted}
        had_roles = {each["rolename"]: each async for each in _listed(plugin, "Roles", "roles")}
        had = {each["username"]: each async for each in _listed(plugin, "Clients", "clients")}
        commands = [*_role_changes(roles, had_roles), *self._client_changes(wanted, had)]
        for begin in range(0, len(commands), AT_ONCE):
            some = commands[begin : begin + AT_ONCE]
            _look(some, await plugin.run(some), set())
        if commands:
            log.info("mqtt rights put right", changes=len(commands))
        await self._store.write(partial(note_applied, known=[row.id for row in wanted if not row.applied_at], gone=[]))

    def _client_changes(self, wanted: Sequence[Row[Any]], had: Mapping[str, Any]) -> Iterator[Command]:
        names = {row.username for row in wanted}
        for username in had:
            if username.startswith(USERNAME_PREFIX) and username not in names:
                yield {"command": "deleteClient", "username": username}
        for row in wanted:
            entry, right = had.get(row.username), self._client(row)
            if entry is not None and not _same_client(entry, right):
                yield {"command": "deleteClient", "username": row.username}
                entry = None
            if entry is None:
                yield right

    async def _let_ourselves_in(self, plugin: DynamicSecurity) -> None:
        """Give our own name at somebody else's broker the right to what Daybeat says and hears."""
        if self._own_username is None:
            return
        ours = await plugin.ask({"command": "getClient", "username": self._own_username})
        if any(GATEWAY_ROLE in str(role["rolename"]).replace(".", "-") for role in ours["client"]["roles"]):
            return
        right = {"command": "createRole", "rolename": GATEWAY_ROLE, "acls": _gateway_acls()}
        give = {"command": "addClientRole", "username": self._own_username, "rolename": GATEWAY_ROLE}
        _look([right, give], await plugin.run([right, give]), {"already exists"})


def known_clients(connection: Connection, secret: str) -> list[KnownClient]:
    """List every device as a broker that is about to start has to know it."""
    return [
        KnownClient(
            username=row.username,
            password=(password := password_of(secret, row.id)),
            client_id=row.client_id,
            description=fingerprint(password),
            role=role_of(row.user_id),
            acls=acls_of(row.user_id),
        )
        for row in _all_devices(connection)
    ]


def role_of(user_id: UUID) -> str:
    return f"{ROLE_PREFIX}{user_id}"


def acls_of(user_id: UUID) -> list[Acl]:
    """Write a user's rights as the plugin reads them. Where any id may stand, the wildcard itself is denied."""
    acls = [acl for grant in grants(user_id) for acl in _granted(grant.action, grant.topic)]
    return [*acls, *(_acl("publishClientReceive", topic) for topic in (f"{ROOT}/{user_id}/#", STATUS))]


def _granted(action: Action, topic: str) -> Iterator[Acl]:
    if action is Action.PUBLISH:
        yield _acl("publishClientSend", topic)
    elif "+" not in topic:
        yield _acl("subscribeLiteral", topic)
    else:
        yield _acl("subscribePattern", topic)
        yield _acl("subscribeLiteral", topic, allow=False)


def _acl(kind: str, topic: str, *, allow: bool = True) -> Acl:
    return {"acltype": kind, "topic": topic, "priority": 0, "allow": allow}


def _gateway_acls() -> list[Acl]:
    return [_acl(kind, "daybeat/#") for kind in ("publishClientSend", "publishClientReceive", "subscribePattern")]


async def _listed(plugin: DynamicSecurity, what: str, name: str) -> Any:
    """List the plugin's clients or roles, a page at a time."""
    place = 0
    while True:
        asked = {"command": f"list{what}", "verbose": True, "count": PAGE, "offset": place}
        items = (await plugin.ask(asked))[name]
        for item in items:
            yield item
        place += len(items)
        if len(items) < PAGE:
            return


def _role_changes(wanted: Mapping[str, list[Acl]], had: Mapping[str, Any]) -> Iterator[Command]:
    for name in had:
        if name.startswith(ROLE_PREFIX) and name not in wanted:
            yield {"command": "deleteRole", "rolename": name}
    for name, acls in wanted.items():
        if name not in had:
            yield {"command": "createRole", "rolename": name, "acls": acls}
        elif _plain(had[name].get("acls", [])) != _plain(acls):
            yield {"command": "modifyRole", "rolename": name, "acls": acls}


def _plain(acls: Sequence[Acl]) -> set[tuple[Any, ...]]:
    return {(each["acltype"], each["topic"], each["allow"]) for each in acls}


def _same_client(entry: Mapping[str, Any], right: Command) -> bool:
    return (
        entry.get("clientid") == right["clientid"]
        and entry.get("textdescription") == right["textdescription"]
        and not entry.get("disabled")
        and [role["rolename"] for role in entry.get("roles", [])] == [role["rolename"] for role in right["roles"]]
    )


def _all_devices(connection: Connection) -> list[Row[Any]]:
    """Read every device that has rights."""
    found: list[Row[Any]] = []
    after = UUID(int=0)
    while rows := queries.all_devices(connection, after, PAGE):
        found += (row for row in rows if row.removed_at is None)
        after = rows[-1].id
    return found


def _look(commands: Sequence[Command], answers: Sequence[Any], fine: set[str]) -> None:
    """Log what the plugin refused, without what was asked: that may hold a password."""
    for command, answer in zip(commands, answers, strict=False):
        error = str(answer.get("error") or "")
        if error and not any(word in error.lower() for word in fine):
            log.error("mqtt right not taken", command=command["command"], reason=error)
