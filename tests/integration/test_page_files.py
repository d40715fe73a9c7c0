"""Serving the built page: every file as small as the browser reads it, and for as long as it stays the same."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from daybeat.infra.web.page import PageFiles

SCRIPT = b"console.log('hello');" * 100
PAGE = b"<!doctype html><title>Daybeat</title>"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "assets/app-1a.js").write_bytes(SCRIPT)
    (tmp_path / "assets/app-1a.js.br").write_bytes(b"brotli would be here")
    (tmp_path / "assets/app-1a.js.gz").write_bytes(gzip.compress(SCRIPT))
    with TestClient(Starlette(routes=[Mount("/", PageFiles(tmp_path))])) as client:
        yield client


@pytest.mark.parametrize(
    ("offered", "given"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip", "gzip"),
        ("deflate, brotli", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_browser_gets_the_smallest_it_reads(client: TestClient, offered: str, given: str | None) -> None:
    with client.stream("GET", "/assets/app-1a.js", headers={"Accept-Encoding": offered}) as answer:
        assert answer.headers.get("Content-Encoding") == given
        assert answer.headers["Content-Type"].startswith("text/javascript")
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_arrives_is_the_file(client: TestClient) -> None:
    for offered in ("gzip", "identity"):
        assert client.get("/assets/app-1a.js", headers={"Accept-Encoding": offered}).content == SCRIPT


def test_what_the_build_left_alone_comes_as_it_is(client: TestClient) -> None:
    answer = client.get("/insights", headers={"Accept-Encoding": "br, gzip"})
    assert (answer.content, "Content-Encoding" in answer.headers) == (PAGE, False)
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_browser_that_has_it_gets_nothing_again(client: TestClient) -> None:
    for offered in ("br", "gzip", "identity"):
        headers = {"Accept-Encoding": offered}
        known = client.head("/assets/app-1a.js", headers=headers).headers["ETag"]
        answer = client.get("/assets/app-1a.js", headers={**headers, "If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")


def test_each_encoding_is_known_by_another_tag(client: TestClient) -> None:
    tags = {
        client.head("/assets/app-1a.js", headers={"Accept-Encoding": it}).headers["ETag"] for it in ("br", "gzip", "")
    }
    assert len(tags) == 3


def test_a_file_that_is_not_there_is_not_the_page(client: TestClient) -> None:
    assert client.get("/assets/app-2b.js", headers={"Accept-Encoding": "br"}).status_code == 404
