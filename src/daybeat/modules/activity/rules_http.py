"""The HTTP door of rules: what they are, and a look at what they would have done."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import CurrentReader, CurrentUser, EventReader
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.activity import queries, rules
from daybeat.modules.activity.domain.rules import Rule, adds_up_to, matches
from daybeat.modules.activity.door import DoorNow
from daybeat.modules.activity.queries import Wanted
from daybeat.modules.activity.reaching import begin_behind
from daybeat.modules.activity.schemas import EventOut, RuleChange, RuleIn, RuleList, RuleOut, RulePreview

router = APIRouter(
    prefix="/events/rules", tags=["events"], route_class=StrictRoute, responses=documented(401, 403, 422)
)

LOOKED_AT = 1000
EXAMPLES = 3
RuleId = Annotated[UUID, Path()]


@router.get("")
async def list_rules(user: CurrentReader, work: WorkNow) -> RuleList:
    """List the rules by which events check habits in or add to goals."""
    rows = await work.read(lambda connection: rules.rules_of(connection, user.user_id))
    return RuleList(items=[RuleOut.of(row) for row in rows])


@router.post("", status_code=201, responses=documented(404, 409))
async def make_rule(body: RuleIn, user: CurrentUser, work: WorkNow, door: DoorNow) -> RuleOut:
    """Let events check a habit in or add to a goal, from now on."""
    command = rules.MakeRule(
        user_id=user.user_id,
        habit_id=body.habit_id,
        goal_id=body.goal_id,
        event_type=body.event_type,
        conditions=body.metadata,
        amount=body.amount,
        amount_from=body.amount_from,
    )

    last = await door.store.read(queries.newest)

    def change(uow: UnitOfWork) -> RuleOut:
        begin_behind(uow, last)
        rule_id = rules.make_rule(command, door.targets, uow=uow)
        return RuleOut.of(rules.find_rule(uow.connection, user.user_id, rule_id))

    return await work.write(change)


@router.post("/preview")
async def preview_rule(body: RuleIn, user: EventReader, door: DoorNow) -> RulePreview:
    """Tell which of the newest events a rule would have counted, and what they add up to. Nothing is done."""
    rules.check_one(body.habit_id, body.goal_id)
    rule = Rule(body.event_type, body.metadata, body.amount, body.amount_from)
    own = Wanted(account=user.user_id)
    rows = await door.store.read(lambda connection: queries.events_before(connection, own, None, LOOKED_AT))
    matched = [row for row in rows if matches(rule, row.event_type, row.said)]
    return RulePreview(
        matched=len(matched),
        looked_at=len(rows),
        since=rows[-1].received_at if rows else None,
        adds_up_to=adds_up_to(rule, [row.said for row in matched]),
        examples=[EventOut.of(row) for row in matched[:EXAMPLES]],
    )


@router.patch("/{rule_id}", responses=documented(404))
async def change_rule(rule_id: RuleId, body: RuleChange, user: CurrentUser, work: WorkNow, door: DoorNow) -> RuleOut:
    """Change a rule; it then looks at what arrives from now on. Naming a goal takes the place of the habit."""
    last = await door.store.read(queries.newest)

    def change(uow: UnitOfWork) -> RuleOut:
        begin_behind(uow, last)
        rules.change_rule(user.user_id, rule_id, body.changes(), door.targets, uow=uow)
        return RuleOut.of(rules.find_rule(uow.connection, user.user_id, rule_id))

    return await work.write(change)


@router.delete("/{rule_id}", status_code=204, responses=documented(404))
async def remove_rule(rule_id: RuleId, user: CurrentUser, work: WorkNow) -> None:
    """Stop a rule. What it checked in or added stays."""
    await work.write(lambda uow: rules.remove_rule(user.user_id, rule_id, uow=uow))
