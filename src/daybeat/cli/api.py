"""The client's side of the HTTP API."""

from collections.abc import Mapping
from typing import Any

import httpx2

from daybeat.cli.errors import CommandFailed, NotSignedInHere, Unreachable
from daybeat.cli.places import server_token, server_url
from daybeat.kit.ids import new_id

PATIENCE = 20.0
UNAUTHORIZED = 401


class Api:
    """Asks one Daybeat on behalf of one user."""

    def __init__(self, url: str, token: str | None, client: httpx2.Client | None = None) -> None:
        self.url, self.token = url, token
        self._client = client or httpx2.Client(base_url=url, timeout=PATIENCE)

    def ask(self, method: str, path: str, body: Any = None, *, key: str | None = None, **params: Any) -> Any:
        """Send one request and give the answer's JSON; refusals become failures in words."""
        try:
            response = self._client.request(
                method, f"/api/v1{path}", json=body, params=params or None, headers=self._headers(key)
            )
        except httpx2.TransportError as error:
            message = f"{self.url} does not answer ({type(error).__name__}). Is Daybeat running there?"
            raise Unreachable(message) from None
        if response.is_success:
            return response.json() if response.content else None
        raise _failure(response)

    def _headers(self, key: str | None) -> Mapping[str, str]:
        headers = {"X-Daybeat-Client": "terminal", "X-Request-ID": key or str(new_id())}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        return headers


def signed_in() -> Api:
    """Give the API with the user's token; without one there is nothing to ask."""
    token = server_token()
    if token is None:
        raise NotSignedInHere(f"You are not signed in. Run: daybeat login {server_url()}")
    return Api(server_url(), token)


def _failure(response: httpx2.Response) -> CommandFailed:
    detail = response.text[:200]
    if response.headers.get("content-type", "").startswith("application/problem+json"):
        problem = response.json()
        fields = [f"{each['field']}: {each['message']}" for each in problem.get("errors", [])]
        detail = "\n  ".join([problem["detail"], *fields])
    if response.status_code == UNAUTHORIZED:
        return NotSignedInHere(detail)
    return CommandFailed(detail)
