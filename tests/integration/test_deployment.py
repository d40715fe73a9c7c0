"""What is in the repository for running Daybeat elsewhere is true: compose files, nginx, the dashboard."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml  # type: ignore[import-untyped]
from typer.testing import CliRunner
from websockets.sync.client import ClientConnection, connect

from daybeat.bootstrap.settings import Settings
from daybeat.cli.app import app
from scripts.run_full.ports import PortsTaken, choose_ports
from scripts.services.postgresql import PostgreSQL
from scripts.services.postgresql import is_installed as has_postgresql
from scripts.services.private import LOOPBACK, Process, free_port
from tests.support.daybeat import PASSWORD

pytestmark = pytest.mark.once


ROOT = Path(__file__).resolve().parents[2]
SMALL, FULL = ROOT / "compose.yaml", ROOT / "compose.full.yaml"
EXAMPLE = ROOT / ".env.example"
NGINX = ROOT / "deploy/nginx.conf"
DASHBOARD = ROOT / "deploy/grafana-dashboard.json"
SECRET_NAME = re.compile(r"SECRET|PASSWORD|COOKIE|TOKEN|KEY")
OPTIONAL_SECRETS = {
    "DAYBEAT_METRICS_TOKEN",
    "DAYBEAT_TELEGRAM_TOKEN",
}  # without it the figures are for everybody who reaches them
NOBODY_THERE = f"amqp://nobody:nothing@{LOOPBACK}:9/"
SEPARATE = {
    "DAYBEAT_DATABASE_URL": f"postgresql://nobody:nothing@{LOOPBACK}:9/nothing",
    "DAYBEAT_AMQP_URL": NOBODY_THERE,
    "DAYBEAT_SECRET_KEY": "4f1d9a0c7be2" * 4,
}


def needed(program: str, package: str) -> str:
    """Find a program; skip without it, unless it has to be there."""
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        missing(f"{program} is missing: sudo apt-get install {package}")
    assert found is not None
    return found


def missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


# The compose files.


def services_of(file: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(file.read_text())["services"]
    return found


def example() -> dict[str, str]:
    lines = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def filled(tmp_path: Path) -> Path:
    """Fill in the example as its comments say."""
    lines = [f"{name}={'0123456789abcdef' * 4 if SECRET_NAME.search(name) else ''}\n" for name in example()]
    file = tmp_path / "filled.env"
    file.write_text("".join(lines))
    return file


def composed(file: Path, env: Path) -> "subprocess.CompletedProcess[str]":
    command = [needed("docker-compose", "docker-compose"), "--env-file", str(env), "--file", str(file), "config"]
    clean = {name: value for name, value in os.environ.items() if name not in example()}
    return subprocess.run(command, env=clean, capture_output=True, text=True, check=False)  # noqa: S603 - our own words


@pytest.mark.parametrize("file", [SMALL, FULL], ids=lambda file: file.name)
def test_the_compose_files_work_with_the_example_filled_in(file: Path, tmp_path: Path) -> None:
    done = composed(file, filled(tmp_path))
    assert done.returncode == 0, done.stderr
    assert yaml.safe_load(done.stdout)["services"].keys() == services_of(file).keys()


def test_one_container_needs_nothing_filled_in() -> None:
    assert composed(SMALL, EXAMPLE).returncode == 0


def test_separate_services_do_not_start_without_secrets() -> None:
    done = composed(FULL, EXAMPLE)
    assert done.returncode != 0
    assert "openssl rand" in done.stderr


def test_no_secret_has_a_default() -> None:
    used = re.findall(r"\$\{([A-Z_]+)(:.)?", SMALL.read_text() + FULL.read_text())
    lax = {name for name, how in used if SECRET_NAME.search(name) and how != ":?"}
    assert lax == OPTIONAL_SECRETS
    assert not any(example().values())


def test_the_example_names_what_the_compose_files_ask_for() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", SMALL.read_text() + FULL.read_text()))
    assert set(example()) == asked


def test_every_variable_is_a_setting() -> None:
    files = [SMALL, FULL, EXAMPLE, ROOT / "Dockerfile", ROOT / "docs/services.md", *(ROOT / "deploy").iterdir()]
    named = {name for file in files for name in re.findall(r"DAYBEAT_([A-Z_]+)", file.read_text())}
    assert named <= {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("file", [SMALL, FULL], ids=lambda file: file.name)
def test_every_command_is_a_command_of_ours(file: Path) -> None:
    ours = [each for each in services_of(file).values() if each["image"] == "daybeat" and "entrypoint" not in each]
    for each in ours:
        done = CliRunner().invoke(app, [*each.get("command", ["serve"]), "--help"])
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_celery_knows_its_commands(name: str) -> None:
    service = services_of(FULL)[name]
    program = Path(sys.executable).parent / service["entrypoint"][0]
    command = [str(program), *service["entrypoint"][1:], *service["command"], "--help"]
    done = subprocess.run(command, env={**os.environ, **SEPARATE}, capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr


def test_only_what_people_and_devices_use_is_published() -> None:
    published = {name for name, each in services_of(FULL).items() if "ports" in each}
    assert published == {"nginx", "mood-sender", "mood-wall", "emqx"}


# The dashboard.


def test_the_dashboard_shows_figures_that_exist() -> None:
    source = "".join(file.read_text() for file in (ROOT / "src").rglob("*.py"))
    exist = set(re.findall(r'"(daybeat_[a-z_]+)"', source))
    queries = [target["expr"] for panel in json.loads(DASHBOARD.read_text())["panels"] for target in panel["targets"]]
    shown = {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"daybeat_[a-z_]+", " ".join(queries))}
    assert shown <= exist
    assert len(shown) > 10


# `make run-full`.


def test_a_taken_port_is_refused_with_who_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("WALL_PORT", str(port))
        with pytest.raises(PortsTaken, match=rf"{port}, by .* \(process {os.getpid()}\): make run-full WALL_PORT="):
            choose_ports()


# nginx in front of two of `daybeat api`, with RabbitMQ and Redis away.


@dataclass(frozen=True)
class Front:
    """What stands behind one port."""

    port: int
    activity_port: int
    apis: tuple[Process, Process]

    @property
    def host(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    def ask(self, method: str, path: str, token: str | None = None, **request: Any) -> httpx2.Response:
        headers = request.pop("headers", {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        return httpx2.request(method, f"http://{self.host}{path}", headers=headers, timeout=10, **request)

    def newcomer(self, email: str, **headers: str) -> httpx2.Response:
        body = {"email": email, "password": PASSWORD, "name": "Ana", "timezone": "UTC"}
        answer = self.ask("POST", "/api/v1/auth/register", json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        return answer

    def listen(self) -> ClientConnection:
        """Open the socket as our own page does."""
        return connect(f"ws://{self.host}/api/v1/live", additional_headers={"Origin": f"http://{self.host}"})


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    program = needed("nginx", "nginx-light")
    if not has_postgresql():
        missing("postgresql is missing: sudo apt-get install postgresql")
    folder = tmp_path_factory.mktemp("front")
    database = PostgreSQL(folder / "postgresql", bound=True)
    apis = (Process(folder, "api1", bound=True), Process(folder, "api2", bound=True))
    nginx = Process(folder, "nginx", bound=True)
    try:
        database.start()
        ports = [free_port() for _ in apis]
        for api, port in zip(apis, ports, strict=True):
            start_api(api, port, database.url)
        yield Front(*start_nginx(nginx, program, folder, ports), apis)
    finally:
        for process in (nginx, *apis):
            process.stop()
        database.remove()


def start_api(api: Process, port: int, database_url: str) -> None:
    settings = {**SEPARATE, "DAYBEAT_DATABASE_URL": database_url, "DAYBEAT_PORT": str(port), "DAYBEAT_MQTT_URL": "off"}
    api.start([sys.executable, "-m", "daybeat", "api"], settings, ROOT)
    api.wait_for([port])


def start_nginx(nginx: Process, program: str, folder: Path, apis: list[int]) -> tuple[int, int]:
    """Start nginx on a copy of the configuration that differs in places and addresses only."""
    config, port, own = folder / "nginx.conf", free_port(), free_port()
    config.write_text(with_other_places(NGINX.read_text(), folder, (port, own), apis))
    main = f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;"
    if os.geteuid() == 0:
        main += " user root;"
    nginx.start([program, "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(config), "-g", main])
    nginx.wait_for([port, own])
    return port, own


def with_other_places(text: str, folder: Path, ports: tuple[int, int], apis: list[int]) -> str:
    port, own = ports
    kept = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    changes = {
        r"\nhttp \{\n": (f"\nhttp {{\n{kept}", 1),
        r"\n *resolver .*": ("", 2),
        r"\n *server api:8000 resolve (.*;)": ("".join(rf"\n        server {LOOPBACK}:{api} \1" for api in apis), 1),
        # The APIs take events themselves; a collector would be one more process here.
        r"\n *server collect:8000 resolve (.*;)": (rf"\n        server {LOOPBACK}:{apis[1]} \1", 1),
        r"listen 8080;": (f"listen {LOOPBACK}:{port};", 1),
        r"listen 3000;": (f"listen {LOOPBACK}:{own};", 1),
        r"\$server_port = 3000": (f"$server_port = {own}", 1),
    }
    for old, (new, times) in changes.items():
        text, found = re.subn(old, new, text)
        assert found == times, old
    return text


def test_the_page_comes_through_nginx(front: Front) -> None:
    assert "<title>Daybeat</title>" in front.ask("GET", "/").text
    assert front.ask("GET", "/health/ready").json() == {"status": "ready"}


def test_a_check_in_through_nginx_reaches_an_open_socket(front: Front) -> None:
    token = front.newcomer("ana@example.org").json()["access_token"]
    body = {"name": "Read", "schedule": {"kind": "daily"}}
    with front.listen() as live:
        live.send(json.dumps({"type": "auth", "token": token}))
        assert json.loads(live.recv(10))["type"] == "ready"
        habit = front.ask("POST", "/api/v1/habits", token, json=body).json()["id"]
        assert front.ask("POST", f"/api/v1/habits/{habit}/check-ins", token, json={}).status_code == 201
        heard = [json.loads(live.recv(10))["type"] for _ in range(2)]
    assert heard == ["habits.habit.created", "habits.check_in.recorded"]


def test_the_wall_streams_through_nginx(front: Front) -> None:
    with httpx2.stream("GET", f"http://{front.host}/mood-wall/live", timeout=5) as stream:
        assert next(stream.iter_text()).strip()


def test_the_inside_stays_inside(front: Front) -> None:
    assert front.ask("GET", "/metrics").status_code == 404
    assert front.ask("POST", "/internal/mqtt/auth", json={}).status_code == 404


def test_what_nginx_says_about_https_is_believed(front: Front) -> None:
    plain = front.newcomer("plain@example.org", **{"X-Daybeat-Client": "web"})
    secure = front.newcomer("secure@example.org", **{"X-Daybeat-Client": "web", "X-Forwarded-Proto": "https"})
    assert "Secure" not in plain.headers["set-cookie"]
    assert secure.headers["set-cookie"].startswith("__Host-")


def test_events_go_to_the_collector_and_the_activity_page_has_a_port_of_its_own(front: Front) -> None:
    token = front.newcomer("events@example.org").json()["access_token"]
    event = {"user_id": 101, "event_type": "login", "timestamp": "2025-01-03T08:30:00Z"}
    answer = front.ask("POST", "/api/v1/events/track", token, json=event)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1"), "RabbitMQ is away"
    led = httpx2.get(f"http://{LOOPBACK}:{front.activity_port}/", follow_redirects=False, timeout=10)
    assert (led.status_code, led.headers["location"]) == (302, f"http://{LOOPBACK}:{front.activity_port}/activity")


def test_nobody_notices_when_one_of_two_ends(front: Front) -> None:
    front.apis[0].stop()
    assert [front.ask("GET", "/health/ready").status_code for _ in range(10)] == [200] * 10
