"""The CI snippets of docs/gate.md, run as far as they can be without their servers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "gate.md").read_text("utf-8")
EXAMPLE = ROOT / "examples" / "german-excel-export" / "kunden.csv"


def scripts(name: str) -> list[str]:
    """The shell lines of the snippet whose first line names this file, but for the installation."""
    (block,) = re.findall(rf"```yaml\n# {re.escape(name)}\n(.*?)```", PAGE, re.DOTALL)
    lines = re.findall(r"^ +(?:- )?((?:crmclean|cat) .*)$", block, re.MULTILINE)
    assert lines
    return lines


@pytest.fixture
def ci(tmp_path: Path) -> Path:
    """A checkout with an export and its baseline, and this very crmclean on the path."""
    shutil.copy(EXAMPLE, tmp_path / "kunden.csv")
    program = tmp_path / "bin" / "crmclean"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m crmclean "$@"\n')
    program.chmod(0o755)
    assert shell(tmp_path, "crmclean check kunden.csv --baseline known.txt --update-baseline").returncode == 0
    return tmp_path


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "LC_ALL": "C.UTF-8",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    return subprocess.run(
        ["sh", "-e", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def with_new_finding(folder: Path) -> None:
    export = folder / "kunden.csv"
    text = export.read_bytes()
    export.write_bytes(text.replace(b"j.adler@example.org", b"j.adler-at-home"))
    assert export.read_bytes() != text


def test_github(ci: Path) -> None:
    check, summary = scripts(".github/workflows/crm.yml")
    assert shell(ci, check).returncode == 0
    with_new_finding(ci)
    done = shell(ci, check)
    assert done.returncode == 1
    assert re.match(r"::error file=kunden.csv,line=3,title=email\.", done.stdout)
    assert shell(ci, summary).returncode == 0
    assert (ci / "summary.md").read_text("utf-8").startswith("## ❌ kunden.csv")
    (run,) = json.loads((ci / "crm.sarif").read_text("utf-8"))["runs"]
    assert [found["level"] for found in run["results"] if found["baselineState"] == "new"] == ["error"]


def test_gitlab(ci: Path) -> None:
    (check,) = scripts(".gitlab-ci.yml")
    assert shell(ci, check).returncode == 0
    assert json.loads((ci / "crm.json").read_text("utf-8")) == []
    with_new_finding(ci)
    assert shell(ci, check).returncode == 1
    (issue,) = json.loads((ci / "crm.json").read_text("utf-8"))
    assert (issue["severity"], issue["location"]["lines"]["begin"]) == ("critical", 3)
    assert [
        case.attrib["name"] for case in ET.parse(ci / "crm.xml").iter("testcase") if case.find("failure") is not None
    ]


def test_what_ci_is_told_to_read_is_written() -> None:
    """The files the snippets hand on are those the commands write."""
    written = set(re.findall(r"--format \w+=(\S+)", PAGE)) - {"FILE"}
    for kind, path in re.findall(r"(junit|codequality|sarif_file): (\S+)", PAGE):
        assert path in written, kind
