"""One service after the other goes away while people use Daybeat."""

import gc
from collections.abc import Iterator

import pytest

from tests.support.soak.house import House
from tests.support.soak.outages import FEW_ROLES, Somebody, until_handled, without_postgresql, without_rabbitmq

AWAY = 6.0  # seconds
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def _leave_nothing_for_others() -> Iterator[None]:
    """Connections to what went away are left behind; they go with the test."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("house"), FEW_ROLES) as made:
        made.start()
        yield made


def test_without_rabbitmq_everything_is_accepted_and_delivered_later(house: House) -> None:
    watched, _ = without_rabbitmq(house, AWAY)
    assert set(watched.statuses) == {201}
    assert watched.longest < 5


def test_without_postgresql_nothing_is_promised_and_all_is_well_soon_after(house: House) -> None:
    watched, recovery, stored = without_postgresql(house, AWAY)
    assert set(watched.statuses) <= {201, 503}
    assert watched.statuses[503], "the database was away"
    assert watched.without_retry_after == 0
    assert watched.statuses[201] <= stored <= watched.statuses[201] + watched.statuses[503]
    assert recovery < 15
    until_handled(house)


def test_without_redis_everything_works_and_an_ended_session_stays_ended(house: House) -> None:
    person, other = Somebody(house.roles["api-1"].url), Somebody(house.roles["api-1"].url)
    assert person.client.post("/auth/logout", json={"refresh_token": person.refresh_token}).is_success
    house.redis.stop()
    try:
        assert person.check_in().status_code == 401
        refreshed = person.client.post("/auth/refresh", json={"refresh_token": person.refresh_token})
        assert refreshed.status_code == 401
        assert other.check_in().status_code == 201
        assert other.ask("GET", "/today").json()["items"]
        assert other.client.post("/auth/refresh", json={"refresh_token": other.refresh_token}).is_success
    finally:
        house.redis.start()
    refreshed = person.client.post("/auth/refresh", json={"refresh_token": person.refresh_token})
    assert refreshed.status_code == 401
