"""An import against the rules of the house fails the check."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once


ROOT = Path(__file__).resolve().parents[2]
PLANTED = {
    "a module imports another one": ("modules/accounts/commands.py", "from daybeat.modules.habits import commands"),
    "the kit imports upwards": ("kit/ids.py", "from daybeat.infra.db import schema"),
    "a rule learns a framework": ("modules/habits/domain/streaks.py", "import sqlalchemy"),
    "the sender learns to read": ("modules/wall/sender.py", "from daybeat.modules.wall import queries"),
    "the sender learns to read by a detour": ("modules/wall/pages.py", "from daybeat.infra.queues import table"),
    "infrastructure learns field words": ("infra/db/store.py", "from daybeat.modules.habits import models"),
}


def _check(house: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {"PYTHONPATH": str(house / "src"), "PATH": str(Path(sys.executable).parent)}
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture
def house(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("page", "__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("file", "line"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_import_is_caught(house: Path, file: str, line: str) -> None:
    path = house / "src/daybeat" / file
    path.write_text(f"{path.read_text()}\n{line}  # noqa\n")
    checked = _check(house)
    assert checked.returncode != 0
    assert "BROKEN" in checked.stdout


def test_the_house_as_it_stands_is_clean(house: Path) -> None:
    checked = _check(house)
    assert checked.returncode == 0, checked.stdout
