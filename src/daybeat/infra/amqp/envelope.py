"""A fact as a message: the envelope of CloudEvents 1.0 in JSON, with what Daybeat's readers need beside it.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from daybeat.infra.events.handling import Fact
from daybeat.infra.strict_json import read_json

CONTENT_TYPE = "application/cloudevents+json"
SOURCE = "daybeat"


class NotAnEnvelope(ValueError):
    """This message is no event of Daybeat's."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A fact that came as a message."""

    id: UUID
    type: str
    version: int
    user_id: UUID
    user_seq: int
    occurred_at: datetime
    data: dict[str, Any]
    correlation_id: str


def write_envelope(fact: Fact) -> bytes:
    """Write a fact."""
    envelope = {
        "specversion": "1.0",
        "id": str(fact.id),
        "source": SOURCE,
        "type": fact.type,
        "subject": str(fact.user_id),
        "time": fact.occurred_at.isoformat(),
        "datacontenttype": "application/json",
        "dataversion": fact.version,
        "userseq": fact.user_seq,
        "correlationid": fact.correlation_id,
        "data": fact.data,
    }
    return json.dumps(envelope, separators=(",", ":"), ensure_ascii=False).encode()


def read_envelope(body: bytes) -> Envelope:
    """Read a fact; anything else raises NotAnEnvelope."""
    try:
        said = cast("dict[str, Any]", read_json(body))
        return Envelope(
            id=UUID(said["id"]),
            type=str(said["type"]),
            version=int(said["dataversion"]),
            user_id=UUID(said["subject"]),
            user_seq=int(said["userseq"]),
            occurred_at=datetime.fromisoformat(said["time"]),
            data=dict(said["data"]),
            correlation_id=str(said["correlationid"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotAnEnvelope(f"{type(error).__name__}: {error}") from error
