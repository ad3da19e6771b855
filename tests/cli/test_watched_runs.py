"""Runs nobody looks at: quiet when all is well, a log for programs, metrics whatever happens, a ping with leave."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.directory_servers import Says, serving
from tests.faults.driving import GOOD
from tests.terminal import Terminal
from tests.unit.test_openmetrics import Samples, parsed

AS_OF = ("--as-of", "2026-01-31")
BAD = GOOD.replace("01067;Dresden", "01069;Dresden;nobody at home").replace("Ort", "Ort;E-Mail")
SECRET = "Geheimrat"
IS_ROOT = os.geteuid() == 0
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if IS_ROOT else ()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "kunden.export.csv").write_text(BAD.replace("Adler 3", SECRET))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def figures(path: Path) -> dict[str, float]:
    """The metrics without their labels; those told apart by one have it behind a point."""
    found: Samples = parsed(path.read_text("utf-8"))
    more = ("severity", "dimension")
    return {
        ".".join([name, *(value for label, value in labels if label in more)]).removeprefix("crmclean_"): value
        for (name, labels), value in found.items()
    }


QUIET: tuple[tuple[str, ...], ...] = (
    ("run", "good.csv", "-o", "out"),
    ("clean", "good.csv", "-o", "cleaned.csv"),
    ("dedupe", "good.csv", "-o", "duplicates"),
    ("check", "good.csv", "--fail-on", "never"),
    ("check", "good.csv", "--baseline", "known.txt", "--update-baseline"),
    ("diff", "good.csv", "good.csv", "--fail-on", "lost"),
)


@pytest.mark.parametrize("arguments", QUIET, ids=" ".join)
def test_nothing_is_printed_when_all_is_well(arguments: tuple[str, ...], crmclean: Command, place: Path) -> None:
    assert crmclean(*arguments, *AS_OF, "-q") == (0, "", "")


NOT_WELL: tuple[tuple[str, ...], ...] = (
    ("run", "kunden.export.csv", "-o", "out", "--fail-on", "error"),
    ("clean", "kunden.export.csv", "-o", "cleaned.csv", "--fail-on", "error"),
    ("check", "kunden.export.csv"),
    ("diff", "good.csv", "kunden.export.csv", "--fail-on", "changed"),
)


@pytest.mark.parametrize("arguments", NOT_WELL, ids=" ".join)
def test_what_is_not_well_is_said(arguments: tuple[str, ...], crmclean: Command, place: Path) -> None:
    code, out, err = crmclean(*arguments, *AS_OF, "-q")
    assert code == 1
    assert len(err.splitlines()) == 1
    assert SECRET not in out + err


def test_what_is_asked_for_by_name_is_printed(crmclean: Command, place: Path) -> None:
    code, out, err = crmclean("check", "good.csv", "--fail-on", "never", "--format", "json", "-q")
    assert (code, err) == (0, "")
    assert json.loads(out)["passed"]


def test_the_log_is_for_programs(crmclean: Command, place: Path) -> None:
    code, out, err = crmclean("run", "kunden.export.csv", "-o", "out", "-q", "-v", "--lang", "de", *AS_OF)
    assert (code, out) == (0, "")
    events = [json.loads(line) for line in err.splitlines()]
    assert [event.get("stage") for event in events] == [
        *("read", "map", "clean", "match", "measure", "merge", "write", None)
    ]
    assert {event["rows"] for event in events if "rows" in event} == {5}
    assert all(0 <= event["seconds"] < 60 for event in events)
    assert {key: value for key, value in events[-1].items() if key != "seconds"} == {"event": "end", "code": 0}
    assert "kunden" not in err
    assert SECRET not in err


def test_its_end_is_logged_whatever_it_was(crmclean: Command, place: Path) -> None:
    code, _, err = crmclean("run", "none.csv", "-o", "out", "-v")
    message, end = err.splitlines()
    assert (code, json.loads(end)["code"]) == (3, 3)
    assert message.startswith("none.csv: file-not-found")


def test_on_a_terminal_the_log_is_for_people(place: Path) -> None:
    with Terminal("check", "good.csv", "--fail-on", "never", "-v", folder=place) as terminal:
        assert terminal.wait() == 0
        assert re.search(r"^reading: \d+\.\d s$", terminal.text, re.MULTILINE)
        assert "{" not in terminal.text


def test_metrics_of_a_run_that_passed(crmclean: Command, place: Path) -> None:
    assert crmclean("run", "good.csv", "-o", "out", "-q", "--metrics", "crm.prom", *AS_OF) == (0, "", "")
    found = figures(place / "crm.prom")
    assert (found["up"], found["exit_code"], found["gate_passed"], found["records"]) == (1, 0, 1, 5)
    report = json.loads((place / "out" / "report.json").read_text("utf-8"))
    for name, ratio in report["scores"].items():
        if ratio["of"]:
            assert found[f"score_ratio.{name}"] == pytest.approx(ratio["n"] / ratio["of"], abs=1e-6)
    assert found["overall_score_ratio"] == pytest.approx(report["score"], abs=1e-4)
    assert found["as_of_timestamp_seconds"] == 1769817600
    assert "new_findings" not in found


def test_metrics_are_the_same_bytes_again(crmclean: Command, place: Path) -> None:
    written = []
    for _ in range(2):
        crmclean("check", "kunden.export.csv", "-q", "--metrics", "crm.prom", *AS_OF)
        written.append((place / "crm.prom").read_bytes())
    assert written[0] == written[1]
    assert SECRET.encode() not in written[0]
    assert b'{export="kunden",command="check"}' in written[0]


def test_metrics_where_the_gate_fails(crmclean: Command, place: Path) -> None:
    crmclean("check", "good.csv", "-q", "--baseline", "known.txt", "--update-baseline", *AS_OF)
    code, _, _ = crmclean("check", "kunden.export.csv", "--baseline", "known.txt", "--metrics", "crm.prom", *AS_OF)
    found = figures(place / "crm.prom")
    assert (code, found["up"], found["exit_code"], found["gate_passed"]) == (1, 1, 1, 0)
    assert found["new_findings"] == found["findings.error"] == 5


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "none.csv"), 3),
        (("run", "none.csv", "-o", "out"), 3),
        (("check", "good.csv", "--config", "none.toml"), 4),
        (("check", "good.csv", "--format", "nonsense"), 2),
        (("run", "good.csv", "-o", "good.csv/out"), 5),
        (("check", "good.csv", "--format", "json=none/out.json"), 5),
    ],
)
def test_metrics_where_nothing_came_of_it(
    arguments: tuple[str, ...], code: int, crmclean: Command, place: Path
) -> None:
    crmclean("check", "good.csv", "-q", "--metrics", "crm.prom", *AS_OF)
    assert crmclean(*arguments, "-q", "--metrics", "crm.prom")[0] == code
    assert figures(place / "crm.prom") == {"up": 0, "exit_code": code}


@pytest.mark.parametrize("target", ["none/crm.prom", "folder", "good.csv", "known.txt", "/dev/full"])
@pytest.mark.parametrize("command", [("run", "kunden.export.csv", "-o", "out"), ("check", "kunden.export.csv")])
def test_a_target_that_is_none(command: tuple[str, ...], target: str, crmclean: Command, place: Path) -> None:
    (place / "folder").mkdir()
    (place / "known.txt").write_text("a baseline\n")
    before = {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}
    code, out, err = crmclean(*command, "-q", "--metrics", target)
    assert (code, out, err.count("\n")) == (5, "", 1)
    assert {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()} == before
    assert not (place / "out").exists()


@pytest.mark.skipif(IS_ROOT and not shutil.which("setpriv"), reason="root may do everything here")
def test_a_folder_that_is_read_only_keeps_the_old_file(crmclean: Command, place: Path) -> None:
    folder = place / "watched"
    folder.mkdir()
    crmclean("check", "good.csv", "-q", "--metrics", "watched/crm.prom", *AS_OF)
    old = (folder / "crm.prom").read_bytes()
    folder.chmod(0o555)
    if IS_ROOT:
        os.chown(folder, 65534, 65534)
    command = [*UNPRIVILEGED, sys.executable, "-m", "crmclean", "check", "good.csv", "-q", "--metrics"]
    done = subprocess.run([*command, "watched/crm.prom"], capture_output=True, check=False)
    assert done.returncode == 5, done.stderr
    assert [path.name for path in folder.iterdir()] == ["crm.prom"]
    assert (folder / "crm.prom").read_bytes() == old


def waiting(place: Path, *options: str) -> subprocess.Popen[bytes]:
    """A run that holds its folder and waits for an export that does not come."""
    command = [sys.executable, "-m", "crmclean", "run", "-", "-o", "out", "-q", *options]
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not (place / "out" / ".crmclean.lock").exists():
        assert run.poll() is None
        time.sleep(0.02)
    return run


def test_two_jobs_at_once_and_one_that_is_stopped(place: Path) -> None:
    first = waiting(place, "--metrics", "first.prom")
    command = [sys.executable, "-m", "crmclean", "run", "good.csv", "-o", "out", "-q", "--metrics", "second.prom"]
    second = subprocess.run(command, capture_output=True, check=False)
    assert second.returncode == 8
    assert f"process {first.pid} on ".encode() in second.stderr
    assert figures(place / "second.prom") == {"up": 0, "exit_code": 8}
    first.send_signal(signal.SIGTERM)
    out, err = first.communicate(timeout=20)
    assert (first.returncode, out, err.count(b"\n")) == (143, b"", 1)
    assert figures(place / "first.prom") == {"up": 0, "exit_code": 143}
    assert not (place / "out").exists()


def test_no_ping_without_leave(crmclean: Command, place: Path) -> None:
    with serving(lambda _: Says()) as server:
        code, _, err = crmclean("check", "good.csv", "-q", "--ping-private", "--ping", server.url)
    assert (code, server.asked) == (2, [])
    assert "--online" in err


@pytest.mark.parametrize(
    ("export", "code", "path"),
    [("good.csv", 0, "/abc"), ("kunden.export.csv", 1, "/abc/fail"), ("none.csv", 3, "/abc/fail")],
)
def test_a_ping_says_how_it_ended(export: str, code: int, path: str, crmclean: Command, place: Path) -> None:
    with serving(lambda _: Says()) as server:
        (place / "address").write_text(f"{server.url}/abc\n")
        (place / "address").chmod(0o600)
        options = ("-q", "--online", "--ping-private", "--ping", "file:address")
        assert crmclean("check", export, *options, *AS_OF)[0] == code
    assert [asked.path for asked in server.asked] == [path]
    assert SECRET not in server.everything


def test_a_ping_that_fails_changes_nothing(crmclean: Command, place: Path) -> None:
    with serving(lambda _: Says(status=404)) as server:
        address = f"{server.url}/a-secret-path"
        done = crmclean("run", "good.csv", "-o", "out", "-q", "--online", "--ping-private", "--ping", address)
    code, out, err = done
    assert (code, out, err.count("\n")) == (0, "", 1)
    assert "the ping to 127.0.0.1 did not arrive: status 404" in err
    assert "secret" not in err


@pytest.mark.parametrize(
    ("ping", "code"),
    [("http://hc.example/abc", 2), ("https://127.0.0.1/abc", 2), ("ftp://hc.example", 2), ("env:NOT_SET_HERE", 4)],
)
def test_an_address_that_is_none(ping: str, code: int, crmclean: Command, place: Path) -> None:
    found, out, err = crmclean("check", "good.csv", "-q", "--online", "--ping", ping)
    assert (found, out, err.count("\n")) == (code, "", 1)


def test_an_address_with_a_password_says_so(crmclean: Command, place: Path) -> None:
    code, _, err = crmclean("check", "good.csv", "-q", "--online", "--ping", "https://me:s3cret@hc.example/abc")
    assert code == 2
    assert "a name or password stands in it" in err
    assert "env:NAME" in err
    assert "s3cret" not in err


def test_a_metrics_file_of_another_kind_hints_at_no_option_it_has_not(crmclean: Command, place: Path) -> None:
    for options in (("--metrics", "good.csv"), ("--format", "json=zz", "--format", "sarif=zz")):
        code, _, err = crmclean("check", "good.csv", *options)
        assert code in (2, 5)
        assert " -o" not in err


def test_a_dry_run_tells_nobody(crmclean: Command, place: Path) -> None:
    code, _, _ = crmclean("run", "good.csv", "-o", "out", "--dry-run", "--metrics", "crm.prom")
    assert code == 2
    assert not (place / "crm.prom").exists()
