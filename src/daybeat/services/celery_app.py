"""`celery -A daybeat.services.celery_app worker` and `… beat`: the jobs of separate services."""

from daybeat.bootstrap.celery import make_celery
from daybeat.bootstrap.core import recurring_tasks
from daybeat.bootstrap.settings import ConfigurationError, check_parts, load_settings

settings = load_settings("worker")
check_parts(settings)
if settings.is_embedded:
    raise ConfigurationError(
        "Celery runs the jobs of separate services: set DAYBEAT_DATABASE_URL and DAYBEAT_AMQP_URL. "
        "`daybeat serve` on SQLite runs its jobs by itself."
    )
recurring = recurring_tasks()
app = make_celery(settings, recurring, {each.name: each for each in recurring})
