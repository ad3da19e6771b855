"""The ready jobs of docs/nightly.md and docs/in-ci.md, run as far as possible without cron, systemd and CI servers."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.faults.driving import GOOD
from tests.unit.test_openmetrics import parsed

from crmclean.__main__ import run_and_report

ROOT = Path(__file__).parents[2]
JOBS = ROOT / "examples"
EXPORT = JOBS / "german-excel-export" / "kunden.csv"
WORK, WATCHED, PROGRAM = "/srv/crm", "/var/lib/prometheus/node-exporter", "/usr/local/bin"


@pytest.mark.parametrize(
    ("page", "name", "place"),
    [
        ("nightly", "nightly/crontab", None),
        ("nightly", "nightly/crmclean-nightly.service", "/etc/systemd/system/crmclean-nightly.service"),
        ("nightly", "nightly/crmclean-nightly.timer", "/etc/systemd/system/crmclean-nightly.timer"),
        ("nightly", "nightly/ping.conf", "/etc/systemd/system/crmclean-nightly.service.d/ping.conf"),
        ("nightly", "nightly/alerts.yml", "/etc/prometheus/rules/crmclean.yml"),
        ("in-ci", "ci/github.yml", ".github/workflows/crm.yml"),
        ("in-ci", "ci/gitlab.yml", ".gitlab-ci.yml"),
    ],
)
def test_the_page_shows_the_file(page: str, name: str, place: str | None) -> None:
    shown = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    head = f"# {place}\n" if place else ""
    assert f"\n{head}{(JOBS / name).read_text('utf-8')}```\n" in shown


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with an export, a folder that is watched, and this very crmclean."""
    for place in (WORK, WATCHED, PROGRAM):
        (tmp_path / place[1:]).mkdir(parents=True)
    program = tmp_path / PROGRAM[1:] / "crmclean"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT / "src"))} exec {sys.executable} -m crmclean "$@"\n'
    )
    program.chmod(0o755)
    return tmp_path


def job(machine: Path, name: str) -> str:
    """A file of the jobs with this machine's places."""
    text = (JOBS / "nightly" / name).read_text("utf-8")
    for place in (WORK, WATCHED, PROGRAM):
        text = re.sub(rf"(?<![\w/]){place}\b", str(machine / place[1:]), text)
    return text


def good_export(machine: Path) -> Path:
    export = machine / WORK[1:] / "kunden.csv"
    export.write_text(GOOD)
    return export


def test_the_crontab_as_cron_runs_it(machine: Path) -> None:
    """Nothing in the environment but what cron puts there; what is printed would be mailed."""
    lines = [line for line in job(machine, "crontab").splitlines() if line and not line.startswith("#")]
    own = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]+=", line))
    (entry,) = (line for line in lines if not re.match(r"[A-Z]+=", line))
    *when, command = entry.split(" ", 5)
    assert [re.fullmatch(r"\d+|\*", field) is not None for field in when] == [True] * 5
    assert "%" not in command
    export = good_export(machine)

    def night() -> tuple[int, str]:
        environment = {"HOME": str(machine), "LOGNAME": "crm", "SHELL": "/bin/sh", **own}
        done = subprocess.run(
            ["/bin/sh", "-c", command], cwd=machine, env=environment, check=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        return done.returncode, done.stdout

    assert night() == (0, "")
    metrics = machine / WATCHED[1:] / "crmclean-kunden.prom"
    old = {path.name: path.read_bytes() for path in (machine / WORK[1:] / "night").iterdir()}
    assert parsed(metrics.read_text())["crmclean_up", (("command", "run"), ("export", "kunden"))] == 1
    export.unlink()  # the job that makes it did not run
    code, mail = night()
    assert (code, len(mail.splitlines())) == (3, 1)
    assert {path.name: path.read_bytes() for path in (machine / WORK[1:] / "night").iterdir()} == old
    export.write_text(GOOD.replace("Ort", "Ort;E-Mail").replace("Dresden", "Dresden;nobody at home"))
    code, mail = night()
    assert (code, len(mail.splitlines())) == (1, 1)


def unit(text: str) -> configparser.RawConfigParser:
    found = configparser.RawConfigParser(strict=False, delimiters="=", comment_prefixes="#")
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(text)
    return found


@pytest.mark.parametrize("name", ["crmclean-nightly.service", "crmclean-nightly.timer"])
def test_systemd_understands_the_units(name: str, machine: Path) -> None:
    for each in ("crmclean-nightly.service", "crmclean-nightly.timer"):
        (machine / each).write_text(job(machine, each))
    assert set(unit((machine / name).read_text()).sections()) <= {"Unit", "Service", "Timer", "Install"}
    if shutil.which("systemd-analyze"):
        command = ["systemd-analyze", "verify", "--man=no", name]
        done = subprocess.run(command, cwd=machine, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_what_the_service_starts(machine: Path) -> None:
    good_export(machine)
    service = unit(job(machine, "crmclean-nightly.service"))["Service"]
    command = shlex.split(service["ExecStart"])
    done = subprocess.run(command, cwd=service["WorkingDirectory"], env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert events[-1]["event"] == "end"
    written = {path.parent for path in machine.rglob("*") if path.is_file() and path.name != "crmclean"}
    allowed = [Path(place) for place in service["ReadWritePaths"].split()]
    assert all(any(folder.is_relative_to(place) for place in allowed) for folder in written)
    with_ping = job(machine, "ping.conf").splitlines()[-1].removeprefix("ExecStart=")
    assert shlex.split(with_ping)[: len(command)] == command
    assert shlex.split(with_ping)[len(command) :] == ["--online", "--ping", "file:/etc/crmclean/ping-address"]


def test_alerts_ask_for_metrics_there_are(machine: Path) -> None:
    page = (ROOT / "docs" / "nightly.md").read_text("utf-8")
    named = set(re.findall(r"crmclean_\w+", (JOBS / "nightly" / "alerts.yml").read_text("utf-8")))
    assert named == {"crmclean_up", "crmclean_gate_passed"}
    source = (ROOT / "src" / "crmclean" / "cli" / "metrics_view.py").read_text("utf-8")
    assert set(re.findall(r'Gauge\("(crmclean_\w+)"', source)) == set(re.findall(r"`(crmclean_\w+)", page))


def scripts(name: str) -> Iterator[str]:
    """The shell lines of a CI job: on one line, or folded below a ``>-``; the installation left out."""
    waiting = iter((JOBS / "ci" / name).read_text("utf-8").splitlines())
    for line in waiting:
        found = re.fullmatch(r" +(?:- )?(?:run: )?(>-|(?:crmclean|cat) .*)", line)
        if found and found[1] != ">-":
            yield found[1]
        elif found:
            yield f"{next(waiting).strip()} {next(waiting).strip()}"


@pytest.fixture
def ci(machine: Path) -> Path:
    """A checkout with an export and its baseline."""
    checkout = machine / WORK[1:]
    shutil.copy(EXPORT, checkout / "kunden.csv")
    known = ("--baseline", str(checkout / "known.txt"), "--update-baseline")
    assert run_and_report(["check", str(checkout / "kunden.csv"), "--country", "DE", *known, "-q"]) == 0
    return machine


def shell(machine: Path, command: str) -> subprocess.CompletedProcess[str]:
    checkout = machine / WORK[1:]
    environment = {
        "PATH": f"{machine / PROGRAM[1:]}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "GITHUB_STEP_SUMMARY": str(checkout / "summary.md"),
    }
    return subprocess.run(
        ["sh", "-e", "-c", command], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


def with_new_finding(checkout: Path) -> None:
    export = checkout / "kunden.csv"
    text = export.read_bytes()
    export.write_bytes(text.replace(b"j.adler@example.org", b"j.adler-at-home"))
    assert export.read_bytes() != text


def test_github(ci: Path) -> None:
    check, summary = scripts("github.yml")
    checkout = ci / WORK[1:]
    assert shell(ci, check).returncode == 0
    with_new_finding(checkout)
    done = shell(ci, check)
    assert done.returncode == 1
    assert re.match(r"::error file=kunden.csv,line=3,title=email\.", done.stdout)
    assert shell(ci, summary).returncode == 0
    assert (checkout / "summary.md").read_text("utf-8").startswith("## ❌ kunden.csv")
    (run,) = json.loads((checkout / "crm.sarif").read_text("utf-8"))["runs"]
    assert [found["level"] for found in run["results"] if found["baselineState"] == "new"] == ["error"]


def test_gitlab(ci: Path) -> None:
    (check,) = scripts("gitlab.yml")
    checkout = ci / WORK[1:]
    with_new_finding(checkout)
    assert shell(ci, check).returncode == 1
    (issue,) = json.loads((checkout / "crm.json").read_text("utf-8"))
    assert (issue["severity"], issue["location"]["lines"]["begin"]) == ("critical", 3)
    cases = ET.parse(checkout / "crm.xml").iter("testcase")
    assert [case.attrib["name"] for case in cases if case.find("failure") is not None]
    metrics = parsed((checkout / "crm.prom").read_text("utf-8"))
    assert metrics["crmclean_new_findings", (("command", "check"), ("export", "kunden"))] == 1


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_what_ci_is_told_to_keep_is_written(name: str) -> None:
    text = (JOBS / "ci" / name).read_text("utf-8")
    written = set(re.findall(r"(?:--format \w+=|--metrics )(\S+)", text))
    kept = re.findall(r"(?:^ +- | (?:junit|codequality|sarif_file|metrics): |^ {12})(crm\.\w+)$", text, re.MULTILINE)
    assert len(kept) >= 3
    assert set(kept) <= written
