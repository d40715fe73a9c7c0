"""Who hears what, and what can be rebuilt: the one list of subscribers, queue readers and kept figures."""

from collections.abc import Callable
from dataclasses import dataclass

from daybeat.bootstrap.core import calendar_of
from daybeat.bootstrap.reminders import REMINDED
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.queues.delivery import QueueReader
from daybeat.modules.activity.subscriptions import gone as activity_gone
from daybeat.modules.devices.subscriptions import accounts_gone as devices_accounts_gone
from daybeat.modules.goals.subscriptions import progress as goals_progress
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.habits.subscriptions import accounts_gone, states_on_mqtt
from daybeat.modules.insights.lived import lived
from daybeat.modules.insights.subscriptions import days as insights_days
from daybeat.modules.moods.subscriptions import accounts_gone as moods_accounts_gone
from daybeat.modules.notifications.subscriptions import notifications
from daybeat.modules.reminders.habit_reminders.subscriptions import reminders_follow
from daybeat.modules.reminders.mqtt import prompts_on_mqtt
from daybeat.modules.reminders.subscriptions import prompts_follow
from daybeat.modules.wall import counting
from daybeat.modules.wall.subscriptions import app_moods

CONSUMED: tuple[Subscriber, ...] = (
    accounts_gone,
    activity_gone,
    devices_accounts_gone,
    states_on_mqtt(calendar_of),
    goals_progress,
    insights_days,
    lived,
    moods_accounts_gone,
    prompts_follow(calendar_of),
    prompts_on_mqtt,
    reminders_follow(REMINDED),
    app_moods,
)
NOTIFYING: tuple[Subscriber, ...] = (notifications(calendar_of),)
"""These have a process of their own."""

SUBSCRIBERS = (*CONSUMED, *NOTIFYING)
QUEUE_READERS: tuple[QueueReader, ...] = (counting.counter,)


@dataclass(frozen=True, slots=True)
class KeptFigures:
    """Figures kept beside the truth to save work; dropping them loses nothing."""

    name: str
    drop: Callable[[UnitOfWork], None]


KEPT: tuple[KeptFigures, ...] = (
    KeptFigures("habits.tallies", lambda uow: HabitRepository(uow.connection).forget_all_tallies()),
    KeptFigures("wall.counts", counting.recount),
)
