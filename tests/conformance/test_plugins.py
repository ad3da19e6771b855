"""One plug-in, one file: a module that another package brings along is everywhere at once, with no edit here.

A package with a field type, a report form and a CRM dialect is laid out as pip would install it and put on the path:
it is found through its entry points, and forgotten when the tests are done.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from tests.private_packages import private_package
from tools import docs

from crmclean import clean
from crmclean.__main__ import run_and_report

Command = Callable[..., str]

FIELD = '''
"""The number on a toy: ``TOY-`` and four digits."""

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.language import Text

_TOY = re.compile(r"TOY-?([0-9]{4})", re.IGNORECASE)


def parse(value: str, hints: Hints) -> Parsed:
    """Judge one number."""
    found = _TOY.fullmatch(value)
    return Parsed(f"TOY-{found[1]}") if found else Parsed(code="reason")


FIELD = FieldType(
    name="toy",
    title=Text("Toy number", "Spielzeugnummer"),
    group="other",
    parse=parse,
    headers=("toy number", "spielzeugnummer"),
    looks_like=lambda value: float(bool(_TOY.fullmatch(value))),
    codes=(
        Code(
            "reason",
            Severity.ERROR,
            Text("No number of a toy", "Keine Nummer eines Spielzeugs"),
            Text("The toy is not found.", "Das Spielzeug ist nicht zu finden."),
            Text("Look under the toy.", "Unter dem Spielzeug nachsehen."),
        ),
    ),
    examples_good=("TOY-1234", "toy-0001", "TOY1234", "Toy9999", "TOY-0000"),
    examples_bad=("1234", "TOY-123", "TOY-12345", "bear", "TOY_1234"),
)
'''

REPORT = '''
"""The number of records, for toys."""

from crmclean.core.language import Language
from crmclean.core.summary import RunSummary
from crmclean.plugins import Report


def render(summary: RunSummary, language: Language) -> bytes:
    """One line."""
    return f"{summary.n_rows} toys\\n".encode()


REPORT = Report(name="toy_form", suffix=".toy", render=render)
'''

DIALECT = """
title = "Toy CRM"
delimiters = [","]

[columns]
"Toy Id" = "record_id"
"Toy Mark" = "toy"
"Toy Owner Mail" = "email"
"""

ENTRY_POINTS = """
[crmclean.fields]
toy = toybox.number

[crmclean.reports]
toy_form = toybox.form

[crmclean.dialects]
toy_crm = toybox
"""


@pytest.fixture(scope="module")
def toybox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder on the path with the installed package ``toybox``, and two exports that hold numbers of toys."""
    folder = tmp_path_factory.mktemp("site")
    files = {
        "shop.csv": "Vorname,Spielzeugnummer\nErika,toy1234\nMax,bear\n",
        "crm.csv": "Toy Id,Toy Mark,Toy Owner Mail\n1,toy0001,erika@example.org\n",
    }
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    modules = {"number.py": FIELD, "form.py": REPORT, "toy_crm.toml": DIALECT}
    with private_package(folder, "toybox", modules, ENTRY_POINTS):
        yield folder


@pytest.fixture
def crmclean(toybox: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command that must end with ``status``; returns what it prints on stdout."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*arguments: str | Path, status: int = 0) -> str:
        assert run_and_report([str(argument) for argument in arguments]) == status
        return capsys.readouterr().out

    return run


def test_columns_are_mapped_cleaned_and_reported(toybox: Path, crmclean: Command, tmp_path: Path) -> None:
    out = tmp_path / "result"
    crmclean("run", toybox / "shop.csv", "-o", out)
    assert (out / "cleaned.csv").read_text("utf-8") == "Vorname,Spielzeugnummer\nErika,TOY-1234\nMax,bear\n"
    findings = pl.read_csv(out / "findings.csv").filter(field="toy")
    assert findings.select("row", "code").rows() == [(2, "toy.reason")]
    changes = pl.read_csv(out / "changes.csv")
    assert changes.select("before", "after", "code").rows() == [("toy1234", "TOY-1234", "toy.form")]
    assert "Toy number" in (out / "report.html").read_text("utf-8")


def test_mapping_goes_by_values_too(crmclean: Command, tmp_path: Path) -> None:
    export = tmp_path / "silent.csv"
    export.write_text("a,b\n" + "".join(f"x y {n},TOY-{n}\n" for n in range(1000, 1030)), "utf-8")
    profile = json.loads(crmclean("profile", export, "--json"))
    assert [column["field"] for column in profile["columns"]] == [None, "toy"]


def test_commands_know_the_field(crmclean: Command) -> None:
    assert "Toy number" in crmclean("list", "fields")
    assert "toy.reason" in crmclean("list", "checks")
    assert crmclean("explain", "toy.reason").startswith("toy.reason (error)\n  No number of a toy\n")
    assert json.loads(crmclean("parse", "toy", "toy1234"))["canonical"] == "TOY-1234"
    assert json.loads(crmclean("parse", "toy", "bear", status=1))["code"] == "toy.reason"


@pytest.mark.usefixtures("toybox")
def test_python_knows_the_field() -> None:
    frame = pl.DataFrame({"n": ["toy1234"]})
    assert frame.select(clean(pl.col("n"), "toy").struct.field("value")).item() == "TOY-1234"


@pytest.mark.usefixtures("toybox")
def test_docs_show_the_field() -> None:
    assert "| `toy` | Toy number | Spielzeugnummer | other |" in docs.fields_page()
    assert "| `toy.reason` | error | No number of a toy |" in docs.codes_page()


def test_report_forms_are_found(toybox: Path, crmclean: Command) -> None:
    assert "toy_form" in crmclean("list", "reports")
    assert crmclean("report", toybox / "shop.csv", "--format", "toy_form") == "2 toys\n"


def test_dialects_are_found_and_may_name_private_fields(toybox: Path, crmclean: Command) -> None:
    assert "Toy CRM" in crmclean("list", "dialects")
    profile = json.loads(crmclean("profile", toybox / "crm.csv", "--json"))
    assert profile["dialect"] == "toy_crm"
    assert [column["field"] for column in profile["columns"]] == ["record_id", "toy", "email"]


def test_the_rules_for_plug_ins_hold_them_too(toybox: Path) -> None:
    """The conformance tests run over the registry: whoever installs a plug-in can hold it against them as it is."""
    files = [Path(__file__).with_name(f"test_{kind}.py") for kind in ("fields", "reports", "dialects")]
    command = [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", "-k", "toy or toy_form or toy_crm"]
    done = subprocess.run(
        [*command, *files],
        env={**os.environ, "PYTHONPATH": str(toybox)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    for rule in ("test_describes_itself[toy]", "test_written_form_is_stable[toy]", "test_never_raises[toy]"):
        assert f"{rule} PASSED" in done.stdout
    assert "toy_form" in done.stdout
    assert "toy_crm" in done.stdout
