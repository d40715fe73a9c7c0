"""The way in for the OpenAPI document: it is served past FastAPI, which therefore cannot describe it by itself."""

from typing import Any

from pydantic import BaseModel

from daybeat.infra.web.problems import documented
from daybeat.modules.activity.collector import BATCH, TRACK
from daybeat.modules.activity.schemas import BatchQueued, EventIn, Queued

TEMPLATE = "#/components/schemas/{model}"
REFUSALS = {str(status): said for status, said in documented(401, 403, 413, 422, 429, 503).items()}


def paths() -> dict[str, Any]:
    """Give the two operations."""
    one = {"$ref": TEMPLATE.format(model="EventIn")}
    many = {"type": "array", "items": one, "minItems": 1, "maxItems": 1000}
    return {
        TRACK: {"post": _operation("Track one event", "Take one event.", one, "Queued")},
        BATCH: {"post": _operation("Track a batch of events", "Take up to 1,000 events.", many, "BatchQueued")},
    }


def shapes() -> dict[str, Any]:
    """Give the schemas they refer to."""
    models: tuple[type[BaseModel], ...] = (EventIn, Queued, BatchQueued)
    return {model.__name__: model.model_json_schema(ref_template=TEMPLATE) for model in models}


def _operation(summary: str, said: str, body: dict[str, Any], answer: str) -> dict[str, Any]:
    name = summary.lower().replace(" ", "_")
    content = {"application/json": {"schema": {"$ref": TEMPLATE.format(model=answer)}}}
    return {
        "tags": ["events"],
        "summary": summary,
        "description": f"{said} 202 means: it will not get lost. With an `event_id` of your own it counts once.",
        "operationId": name,
        "security": [{"HTTPBearer": []}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"202": {"description": "Queued", "content": content}, **REFUSALS},
    }
