"""A directory served on this machine for the time of a test, and the shapes the specification wants."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from crmclean.serving.app import application
from crmclean.serving.desk import Desk
from crmclean.serving.impatience import impatient
from crmclean.serving.policy import Policy


@contextmanager
def served(file: Path, policy: Policy | None = None) -> Iterator[httpx.Client]:
    """A client of a server that runs in a thread."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(
            application(Desk(file, country="DE"), policy or Policy()),
            http=impatient((policy or Policy()).seconds),
            ws="none", lifespan="on", access_log=False, log_config=None, server_header=False,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            base = f"http://127.0.0.1:{listening.getsockname()[1]}"
            with httpx.Client(base_url=base, timeout=30, trust_env=False) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(30)


def require_manifest(told: Any) -> None:
    """The manifest as section 3.1 of the specification describes it."""
    assert "0.2" in told["versions"]
    for key in ("name", "identifierSpace", "schemaSpace"):
        assert isinstance(told[key], str)
        assert told[key]
    for kind in told["defaultTypes"]:
        _require_named(kind)
    assert "{{id}}" in told["view"]["url"]
    assert "{{id}}" in told["preview"]["url"]
    assert isinstance(told["preview"]["width"], int)
    assert isinstance(told["preview"]["height"], int)
    for service in (*told["suggest"].values(), told["extend"]["propose_properties"]):
        assert service["service_url"].startswith("http")
        assert isinstance(service["service_path"], str)
    assert set(told["suggest"]) == {"entity", "property", "type"}
    assert isinstance(told["batchSize"], int)
    if "authentication" in told:
        assert told["authentication"]["type"] == "apiKey"
        assert told["authentication"]["in"] in ("header", "query")
        assert told["authentication"]["name"]


def require_results(told: Any) -> None:
    """A result batch as section 4.2 describes it."""
    assert isinstance(told, dict)
    for result in told.values():
        scores = [candidate["score"] for candidate in result["result"]]
        assert scores == sorted(scores, reverse=True)
        for candidate in result["result"]:
            _require_named(candidate)
            assert isinstance(candidate["description"], str)
            assert isinstance(candidate["score"], int | float)
            assert 0 <= candidate["score"] <= 100
            assert isinstance(candidate["match"], bool)
            for kind in candidate["type"]:
                _require_named(kind)
            ids = [feature["id"] for feature in candidate["features"]]
            assert len(ids) == len(set(ids))
            assert all(isinstance(feature["value"], bool | int | float) for feature in candidate["features"])


def require_suggestions(told: Any) -> None:
    """A suggest response as section 6.3 describes it."""
    for item in told["result"]:
        _require_named(item)
        assert isinstance(item.get("description", ""), str)
        for kind in item.get("notable", []):
            _require_named(kind)


def require_extension(told: Any) -> None:
    """A data extension response as section 7.4 describes it."""
    for each in told["meta"]:
        _require_named(each)
    names = {each["id"] for each in told["meta"]}
    for row in told["rows"].values():
        assert set(row) == names
        for values in row.values():
            for value in values:
                assert set(value) in ({"str"}, {"id", "name"})
                assert all(isinstance(text, str) for text in value.values())


def _require_named(thing: Any) -> None:
    assert isinstance(thing["id"], str)
    assert isinstance(thing["name"], str)
    assert thing["id"]
    assert thing["name"]
