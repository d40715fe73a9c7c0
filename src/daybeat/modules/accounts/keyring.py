"""The HTTP door to what opens an account: sessions, tokens for programs, and the security history."""

from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import SignedInUser
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.accounts import handlers, queries, sessions
from daybeat.modules.accounts.commands import CreateApiToken
from daybeat.modules.accounts.schemas import (
    ApiToken,
    ApiTokenIn,
    ApiTokenList,
    ApiTokenMade,
    SecurityEvent,
    SecurityHistory,
    SessionList,
    SessionOut,
)

router = APIRouter(prefix="/auth", tags=["accounts"], route_class=StrictRoute, responses=documented(401, 403))

IN_WORDS = {
    "accounts.user.registered": "Account opened",
    "accounts.profile.changed": "Profile changed",
    "accounts.password.changed": "Password changed; other sessions were ended",
    "accounts.session.opened": "Signed in",
    "accounts.session.closed": "Signed out",
    "accounts.refresh_token.reused": "An old sign-in was used again, so that session was ended",
    "accounts.api_token.created": "Token for a program made",
    "accounts.api_token.revoked": "Token for a program revoked",
}


@router.get("/sessions")
async def list_sessions(user: SignedInUser, work: WorkNow) -> SessionList:
    """List where the user is signed in."""
    rows = await work.read(lambda connection: queries.live_sessions(connection, user.user_id, work.now))
    return SessionList(
        items=[
            SessionOut(
                id=row.id,
                device=row.device,
                created_at=row.created_at,
                last_used_at=row.rotated_at,
                current=row.id == user.session_id,
            )
            for row in rows
        ]
    )


@router.delete("/sessions/{session_id}", status_code=204, responses=documented(404, 422))
async def end_session(session_id: UUID, user: SignedInUser, work: WorkNow) -> None:
    """Sign out somewhere else."""
    await work.write(lambda uow: sessions.end_session(uow, user.user_id, session_id))


@router.get("/audit")
async def audit(user: SignedInUser, work: WorkNow) -> SecurityHistory:
    """Tell what happened to the account."""

    def look(connection: Connection) -> SecurityHistory:
        rows = queries.security_history(connection, user.user_id)
        items = [SecurityEvent(at=row.occurred_at, type=row.type, text=_in_words(row.type, row.data)) for row in rows]
        return SecurityHistory(items=items)

    return await work.read(look)


@router.post("/tokens", status_code=201, responses=documented(409, 422))
async def make_token(body: ApiTokenIn, user: SignedInUser, work: WorkNow) -> ApiTokenMade:
    """Make a token for a program. It is shown this once."""
    command = CreateApiToken(
        user_id=user.user_id, name=body.name, scopes=tuple(body.scopes), expires_at=body.expires_at
    )

    def change(uow: UnitOfWork) -> ApiTokenMade:
        token_id, token = handlers.create_api_token(command, uow=uow)
        return ApiTokenMade(
            id=token_id, name=body.name, scopes=sorted(set(body.scopes)), expires_at=body.expires_at, token=token
        )

    return await work.write(change)


@router.get("/tokens")
async def list_tokens(user: SignedInUser, work: WorkNow) -> ApiTokenList:
    """List the tokens for programs."""
    rows = await work.read(lambda connection: queries.tokens_of(connection, user.user_id))
    return ApiTokenList(items=[ApiToken.model_validate(row, from_attributes=True) for row in rows])


@router.delete("/tokens/{token_id}", status_code=204, responses=documented(404, 422))
async def revoke_token(token_id: UUID, user: SignedInUser, work: WorkNow) -> None:
    """Stop a token from working, at once."""
    await work.write(lambda uow: handlers.revoke_api_token(user.user_id, token_id, uow=uow))


def _in_words(kind: str, data: dict[str, str]) -> str:
    detail = data.get("device") or data.get("label")
    return f"{IN_WORDS.get(kind, kind)} ({detail})" if detail else IN_WORDS.get(kind, kind)
