"""Whatever the OpenAPI document allows, and much that it does not, gets an answer that the document describes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.daybeat import Person, running_daybeat

pytestmark = pytest.mark.once


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SEED = 20260302

settings.register_profile(
    "fuzzing",
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Visitor:
    """Somebody who is signed in and owns one of everything, so that half of the requests find something."""

    person: Person
    own: dict[str, str]

    def __post_init__(self) -> None:
        self._turns = cycle((False, True))

    def aim(self, case: Any) -> None:
        """Put ids that exist into every second request."""
        if next(self._turns):
            known = {name: self.own[name] for name in case.path_parameters or {} if name in self.own}
            case.path_parameters = {**(case.path_parameters or {}), **known}


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with running_daybeat(tmp_path / "data") as running:
        person = running.person()
        habit = person.habit(start="2026-01-01")
        check_in = person.says(habit, "2026-03-01", note="ten pages")["check_in"]["id"]
        pause = person.post(f"/habits/{habit}/pauses", {"from": "2026-02-01", "to": "2026-02-03"})["id"]
        token = person.post("/auth/tokens", {"name": "script", "scopes": ["read"]})["id"]
        goal = person.post("/goals", {"name": "A hundred", "target": 100, "habits": [{"habit_id": habit}]})["id"]
        entry = person.post(f"/goals/{goal}/entries", {"amount": 1})["id"]
        yield Visitor(
            person,
            {
                "habit_id": habit,
                "check_in_id": check_in,
                "pause_id": pause,
                "token_id": token,
                "date": "2026-03-01",
                "goal_id": goal,
                "entry_id": entry,
            },
        )


@pytest.fixture
def api(visitor: Visitor) -> Any:
    app = visitor.person.client.app

    async def without_lifespan(scope: Any, receive: Any, send: Any) -> None:
        """Pass requests on; the app is running already and must not be started twice."""
        if scope["type"] != "lifespan":
            return await app(scope, receive, send)
        for turn in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{turn}.complete"})
        return None

    # Made-up tokens would be refused before anything else is looked at.
    generation = GenerationConfig(with_security_parameters=False)
    config = SchemathesisConfig(seed=SEED, projects=ProjectsConfig(default=ProjectConfig(generation=generation)))
    return schemathesis.openapi.from_asgi("/openapi.json", without_lifespan, config=config)


@pytest.mark.parametrize("mode", GenerationMode, ids=["as the document allows", "as it forbids"])
def test_every_answer_is_documented(api: Any, visitor: Visitor, mode: GenerationMode) -> None:
    headers = {"Authorization": f"Bearer {visitor.person.access_token}"}
    assert undocumented(api, visitor, mode, headers) == {}


def test_a_stranger_gets_documented_answers_too(api: Any, visitor: Visitor) -> None:
    assert undocumented(api, visitor, GenerationMode.POSITIVE, {}, examples=3) == {}


def test_whatever_takes_a_body_says_that_it_may_be_too_large_or_wrong(visitor: Visitor) -> None:
    paths = visitor.person.client.get("/openapi.json").json()["paths"]
    operations = {f"{method} {path}": each for path, found in paths.items() for method, each in found.items()}
    silent = {
        name
        for name, each in operations.items()
        if "requestBody" in each and not {"413", "422"} <= each["responses"].keys()
    }
    assert silent == set()


def undocumented(
    api: Any, visitor: Visitor, mode: GenerationMode, headers: dict[str, str], examples: int = 12
) -> dict[str, str]:
    """Try every operation, and give those that answered what the document does not say."""
    found: dict[str, str] = {}
    operations = [result.ok() for result in api.get_all_operations()]
    # What takes things away comes last, so that the others still find them.
    for operation in sorted(operations, key=lambda operation: operation.method == "delete"):

        @settings(settings.get_profile("fuzzing"), max_examples=examples)
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            visitor.aim(case)
            case.call_and_validate(headers=headers, checks=CHECKS)

        try:
            ask()
        except Unsatisfiable:
            continue  # nothing can be wrong with a request that takes nothing
        except Exception as failure:  # noqa: BLE001 - every operation is tried before the test says what it found
            found[operation.label] = f"{failure!r}\n{failure}"
    return found
