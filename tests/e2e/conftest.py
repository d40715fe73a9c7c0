"""One Daybeat in a process of its own, browsers in front of it, and a new account for every test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from tests.support.browser import Account, Visits, browser_driver, start_chromium
from tests.support.process import DaybeatProcess


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaybeatProcess]:
    with DaybeatProcess(tmp_path_factory.mktemp("browser") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    with browser_driver() as driver:
        yield driver


@pytest.fixture(scope="module")
def chromium(driver: Playwright) -> Iterator[Browser]:
    browser = start_chromium(driver)
    yield browser
    browser.close()


@pytest.fixture
def visits(chromium: Browser, served: DaybeatProcess) -> Iterator[Visits]:
    visits = Visits(chromium, served)
    yield visits
    visits.close()


@pytest.fixture
def ana(served: DaybeatProcess) -> Account:
    return Account.new(served)
