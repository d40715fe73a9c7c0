"""An AsyncAPI 3 document while it is being written: shapes, messages, channels and who sends or receives.

https://www.asyncapi.com/docs/reference/specification/v3.0.0
"""

import inspect
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import TypeAdapter

Part = dict[str, Any]
Action = Literal["send", "receive"]

JSON = "application/json"


class Book:
    """Everything is written once and referred to by name."""

    def __init__(self) -> None:
        self.schemas: Part = {}
        self.messages: Part = {}
        self.channels: Part = {}
        self.operations: Part = {}

    def shape(self, kind: Any, *, taken: bool = False, without: Iterable[str] = ()) -> Part:
        """Write the schema of a class and give a reference to it. What is `taken` may leave out what has a default."""
        mode: Any = "validation" if taken else "serialization"
        schema = TypeAdapter(kind).json_schema(mode=mode, ref_template="#/components/schemas/{model}")
        self.schemas.update(schema.pop("$defs", {}))
        for name in without:
            del schema["properties"][name]
            schema["required"] = [each for each in schema["required"] if each != name]
        self.schemas[kind.__name__] = schema
        return {"$ref": f"#/components/schemas/{kind.__name__}"}

    def message(self, name: str, payload: Part, about: str, *, content_type: str = JSON, **more: Any) -> str:
        told = {"name": name, "summary": about, "contentType": content_type, "payload": payload}
        self.messages[name] = {**told, **more}
        return name

    def message_of(self, kind: Any, *, taken: bool = False) -> str:
        """Write the message that is one shape and nothing else."""
        return self.message(kind.__name__, self.shape(kind, taken=taken), about(kind))

    def channel(self, name: str, server: str, messages: Iterable[str], **more: Any) -> None:
        said = {each: {"$ref": f"#/components/messages/{each}"} for each in messages}
        self.channels[name] = {"servers": [{"$ref": f"#/servers/{server}"}], "messages": said, **more}

    def operation(
        self, action: Action, channel: str, about: str, messages: Iterable[str] | None = None, **more: Any
    ) -> None:
        """Say what Daybeat does with a channel."""
        chosen = self.channels[channel]["messages"] if messages is None else messages
        self.operations[f"{action}.{channel}"] = {
            "action": action,
            "channel": {"$ref": f"#/channels/{channel}"},
            "summary": about,
            "messages": [{"$ref": f"#/channels/{channel}/messages/{each}"} for each in chosen],
            **more,
        }


def about(kind: Any) -> str:
    """Give what a class says of itself."""
    return " ".join((inspect.getdoc(kind) or "").split())
