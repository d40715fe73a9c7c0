"""Every table of Daybeat in one registry, for migrations."""

from daybeat.infra.db import processes
from daybeat.infra.db.schema import metadata
from daybeat.infra.events import delivery, handling, log, outbox, quarantine
from daybeat.infra.jobs import table
from daybeat.infra.mqtt import retained
from daybeat.infra.queues import receipts
from daybeat.infra.queues import table as queues
from daybeat.infra.web import idempotency
from daybeat.modules.accounts import models as accounts
from daybeat.modules.activity import rule_models as activity
from daybeat.modules.devices import models as devices
from daybeat.modules.goals import models as goals
from daybeat.modules.habits import models as habits
from daybeat.modules.insights import models as insights
from daybeat.modules.insights import risk_models as risks
from daybeat.modules.insights import suggestion_models as suggestions
from daybeat.modules.moods import models as moods
from daybeat.modules.notifications import models as notifications
from daybeat.modules.notifications.telegram import models as telegram
from daybeat.modules.reminders import models as reminders
from daybeat.modules.reminders import reports
from daybeat.modules.reminders.habit_reminders import models as habit_reminders
from daybeat.modules.wall import models as wall

__all__ = [
    "accounts",
    "activity",
    "delivery",
    "devices",
    "goals",
    "habit_reminders",
    "habits",
    "handling",
    "idempotency",
    "insights",
    "log",
    "metadata",
    "moods",
    "notifications",
    "outbox",
    "processes",
    "quarantine",
    "queues",
    "receipts",
    "reminders",
    "reports",
    "retained",
    "risks",
    "suggestions",
    "table",
    "telegram",
    "wall",
]
