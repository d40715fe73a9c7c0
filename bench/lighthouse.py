"""Lighthouse as on a phone on the login page, on Today and on Insights; the size of what a visitor downloads first."""

import asyncio
import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path
from statistics import median
from typing import Any

from bench.histories import fill
from bench.http import Connection
from bench.people import PASSWORD, Person, register
from bench.running import Running, scratch
from bench.table import Figure, print_table
from daybeat.bootstrap.app import page_folder

RUNS = 3
HABITS, YEARS = 8, 1
SCORES = {"performance": "performance", "accessibility": "accessibility", "best-practices": "best practices"}
TOOL = Path(__file__).parent / "lighthouse"
INITIAL_JS, ALL_CSS = 115, 15


async def _prepare(port: int) -> Person:
    connection = await Connection.open(port)
    person = await register(connection, "phone@example.org")
    await fill(connection, person, HABITS, YEARS)
    await connection.close()
    return person


def _tool(*command: str) -> str:
    program = shutil.which(command[0])
    if program is None:
        raise RuntimeError(f"{command[0]} is missing: `make setup` brings it.")
    done = subprocess.run([program, *command[1:]], cwd=TOOL, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def _measure() -> list[dict[str, Any]]:
    if not (TOOL / "node_modules").exists():
        _tool("npm", "ci", "--no-audit", "--no-fund")
    with scratch() as root, Running(root / "data") as server:
        person = asyncio.run(_prepare(server.port))
        answer = _tool("node", "run.mjs", server.url, person.email, PASSWORD, str(RUNS))
    return [json.loads(line) for line in answer.splitlines()]


def _lines(name: str, runs: list[dict[str, Any]]) -> list[Figure]:
    """Put one page into lines. 90 is where Lighthouse begins to call a page good."""

    def middle(what: str) -> float:
        # Now and then Lighthouse gives a page no score at all.
        return float(median(run[what] for run in runs if run[what] is not None))

    scores = [
        Figure(f"{name}: {word}", f"{middle(what) * 100:.0f}", "of 100", "", ">= 90", middle(what) >= 0.9)
        for what, word in SCORES.items()
    ]
    speeds = f"FCP {middle('fcp') / 1000:.1f} s, LCP {middle('lcp') / 1000:.1f} s, TBT {middle('tbt'):.0f} ms"
    return [*scores, Figure(f"{name}: slow phone", speeds, f"CLS {middle('cls'):.3f}")]


def _sizes() -> list[Figure]:
    """Add up what the entry needs before anything shows, gzipped."""
    folder = page_folder()
    if folder is None:
        return []
    manifest = json.loads((folder / ".vite" / "manifest.json").read_text())
    (entry,) = (name for name, part in manifest.items() if part.get("isEntry"))
    initial = _kilobytes(folder, {manifest[name]["file"] for name in _with_imports(manifest, entry, set())})
    css = _kilobytes(folder, {part["file"] for part in manifest.values() if part["file"].endswith(".css")})
    return [
        Figure("initial JS, gzipped", f"{initial:.1f} kB", "", "", f"<= {INITIAL_JS} kB", initial <= INITIAL_JS),
        Figure("all CSS, gzipped", f"{css:.1f} kB", "", "", f"<= {ALL_CSS} kB", css <= ALL_CSS),
    ]


def _with_imports(manifest: dict[str, Any], name: str, seen: set[str]) -> set[str]:
    if name not in seen:
        seen.add(name)
        for imported in manifest[name].get("imports", []):
            _with_imports(manifest, imported, seen)
    return seen


def _kilobytes(folder: Path, files: set[str]) -> float:
    return sum(len(gzip.compress((folder / name).read_bytes())) for name in files) / 1024


def run() -> None:
    """Measure and print."""
    runs = _measure()
    lines: list[Figure] = []
    notes = [f"Lighthouse {_version()}, phone preset, medians of {RUNS}; load average {os.getloadavg()[0]:.1f}"]
    for name in dict.fromkeys(run["name"] for run in runs):
        of_page = [run for run in runs if run["name"] == name]
        lines += _lines(name, of_page)
        shown = {run["shown"] for run in of_page}
        failed = sorted({audit for run in of_page for audit in run["failed"]})
        notes.append(f"{name} ({', '.join(shown)}): below 90: {', '.join(failed) or 'nothing'}")
    print_table("Lighthouse and sizes", [*lines, *_sizes()], notes)


def _version() -> str:
    manifest = json.loads((TOOL / "package.json").read_text())
    return str(manifest["dependencies"]["lighthouse"])
