"""What a device may say and hear: its user's few topics, exactly, and nothing else that could be thought of."""

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from daybeat.modules.devices.answers import Asker
from daybeat.modules.devices.broker_rights import acls_of
from daybeat.modules.devices.domain.credentials import (
    is_password,
    new_client_id,
    new_username,
    password_of,
)
from daybeat.modules.devices.domain.rights import Action, Holder, decide

ANA, BEA = UUID("01a204d1-8a28-7c3c-bb7c-950797c6e813"), UUID("01a204d1-8a28-7c3c-bb7c-000000000000")
HABIT = "01a204d1-8a8c-76f6-a6b8-764200745383"
HOLDER = Holder(ANA, "db0123456789")
SECRET = "x" * 32

MAY = [
    (Action.PUBLISH, "mood/reply"),
    (Action.PUBLISH, f"habit/{HABIT}/set"),
    (Action.SUBSCRIBE, "mood/prompt"),
    (Action.SUBSCRIBE, "mood/ack"),
    (Action.SUBSCRIBE, f"habit/{HABIT}/state"),
]
MAY_NOT_HEAR = [
    "#",
    "+",
    "daybeat/#",
    "daybeat/u/#",
    f"daybeat/u/{ANA}/#",
    f"daybeat/u/{ANA}/+/prompt",
    f"daybeat/u/{ANA}/habit/+/state",
    f"daybeat/u/+/habit/{HABIT}/state",
    f"$share/g/daybeat/u/{ANA}/mood/prompt",
    f"$queue/daybeat/u/{ANA}/mood/prompt",
    f"daybeat/u/{ANA}/mood/prompt/",
    f"/daybeat/u/{ANA}/mood/prompt",
    f"daybeat/u/{ANA}/mood/reply",
    f"daybeat/u/{str(ANA).upper()}/mood/prompt",
    f"daybeat/u/{ANA.hex}/mood/prompt",
    f"daybeat/u/{BEA}/mood/prompt",
    f"daybeat/u/{ANA}/habit/{HABIT.upper()}/state",
    "daybeat/status/#",
    "$SYS/broker/clients/connected",
    "$CONTROL/dynamic-security/v1/response",
    "",
    "daybeat",
]


def may(action: Action, topic: str, *, client_id: str = HOLDER.client_id, retain: bool = False) -> bool:
    return decide(HOLDER, client_id, action, topic.split("/"), retain=retain)


@pytest.mark.parametrize(("action", "tail"), MAY)
def test_a_device_does_what_it_is_for(action: Action, tail: str) -> None:
    assert may(action, f"daybeat/u/{ANA}/{tail}")


def test_everybody_may_hear_whether_daybeat_is_there_but_nobody_may_say_so() -> None:
    assert may(Action.SUBSCRIBE, "daybeat/status")
    assert not may(Action.PUBLISH, "daybeat/status")


@pytest.mark.parametrize("topic", MAY_NOT_HEAR)
def test_nothing_else_is_heard(topic: str) -> None:
    assert not may(Action.SUBSCRIBE, topic)


@pytest.mark.parametrize(("action", "tail"), MAY)
def test_nothing_is_done_the_other_way_round(action: Action, tail: str) -> None:
    other = Action.SUBSCRIBE if action is Action.PUBLISH else Action.PUBLISH
    assert not may(other, f"daybeat/u/{ANA}/{tail}")


@pytest.mark.parametrize(("action", "tail"), MAY)
def test_nothing_is_done_retained_or_under_another_client_id(action: Action, tail: str) -> None:
    assert not may(action, f"daybeat/u/{ANA}/{tail}", retain=True)
    assert not may(action, f"daybeat/u/{ANA}/{tail}", client_id="db9876543210")


words = st.one_of(
    st.sampled_from(["daybeat", "u", "mood", "reply", "prompt", "ack", "habit", "set", "state", "status", HABIT]),
    st.sampled_from([str(ANA), str(BEA), str(BEA).upper(), "+", "#", "$share", "$SYS", "g", "", "%u", "..", "*"]),
    st.text(max_size=6),
)
topics = st.lists(words, max_size=8).map("/".join)


@given(topics, st.sampled_from(Action))
def test_no_topic_that_can_be_made_up_lets_anybody_reach_another_user(topic: str, action: Action) -> None:
    if may(action, topic):
        segments = topic.split("/")
        assert segments == ["daybeat", "status"] or segments[:3] == ["daybeat", "u", str(ANA)]
        assert not {"+", "#"} & set(segments)


@given(st.uuids(), st.uuids(), st.sampled_from(MAY))
def test_no_user_reaches_any_other(one: UUID, other: UUID, right: tuple[Action, str]) -> None:
    assume(one != other)
    action, tail = right
    assert not decide(Holder(one, "c"), "c", action, f"daybeat/u/{other}/{tail}".split("/"))


class Row:
    """What the adapters need of a device's row."""

    id, user_id, client_id = UUID(int=1), ANA, HOLDER.client_id


def asker() -> Asker:
    return Asker(SECRET, Row(), None)  # type: ignore[arg-type]


@given(topics, st.sampled_from(Action), st.sampled_from([HOLDER.client_id, "db9876543210"]))
def test_emqx_is_told_what_the_rule_says(topic: str, action: Action, client_id: str) -> None:
    said = {"username": "n", "clientid": client_id, "topic": topic, "action": action.value}
    allowed = decide(HOLDER, client_id, action, topic.split("/"))
    assert asker().may_use_topic_at_emqx(said) is allowed


@given(topics, st.sampled_from(Action))
def test_rabbitmq_is_told_what_the_rule_says(topic: str, action: Action) -> None:
    """RabbitMQ asks about routing keys, in which several topics may be written alike: what is allowed is our own."""
    said = {
        "vhost": "/",
        "resource": "topic",
        "name": "amq.topic",
        "permission": "write" if action is Action.PUBLISH else "read",
        "routing_key": topic.replace("/", ".").replace("+", "*"),
        "variable_map.client_id": HOLDER.client_id,
    }
    slashed = topic.replace(".", "/").replace("*", "+")
    assert asker().may_use_topic_at_rabbitmq(said) is may(action, slashed)


@pytest.mark.parametrize(("action", "tail"), MAY)
def test_dynamic_security_is_told_what_the_rule_says(action: Action, tail: str) -> None:
    kinds = {"publishClientSend"} if action is Action.PUBLISH else {"subscribeLiteral", "subscribePattern"}
    allowed = [acl for acl in acls_of(ANA) if acl["acltype"] in kinds and acl["allow"]]
    assert any(_fits(acl["topic"], f"daybeat/u/{ANA}/{tail}") for acl in allowed)


def test_dynamic_security_names_no_other_user_and_denies_its_own_wildcard() -> None:
    acls = acls_of(ANA)
    assert all(str(ANA) in acl["topic"] or acl["topic"] == "daybeat/status" for acl in acls)
    wildcard = {"acltype": "subscribeLiteral", "topic": f"daybeat/u/{ANA}/habit/+/state", "priority": 0}
    assert {**wildcard, "allow": False} in acls


def test_names_say_nothing_and_have_no_sign_that_means_something() -> None:
    names = {new_username() for _ in range(100)} | {new_client_id() for _ in range(100)}
    assert len(names) == 200
    assert not [name for name in names if set(name) & set("/+#%$")]


@given(st.text(), st.uuids())
def test_only_the_password_of_that_device_is_its_password(given: str, device: UUID) -> None:
    right = password_of(SECRET, device)
    assert is_password(SECRET, device, right)
    assert not is_password(SECRET, device, given)
    assert not is_password("y" * 32, device, right)
    assert not is_password(SECRET, UUID(int=device.int ^ 1), right)


def _fits(pattern: str, topic: str) -> bool:
    wanted, given = pattern.split("/"), topic.split("/")
    return len(wanted) == len(given) and all(want in {"+", word} for want, word in zip(wanted, given, strict=True))
