"""What every form of ``check`` owes: pure, inert, valid by its own standard, without a cell as it is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from jsonschema import Draft4Validator  # type: ignore[import-untyped]
from tests.tables import Columns, cleaned
from tests.xml_schema import read_schema, wrong_in

from crmclean.config.model import FreshnessSection
from crmclean.core.codes import Severity
from crmclean.core.language import Language, Text
from crmclean.core.registry import GATE_REPORTS
from crmclean.gate.baseline import Baseline
from crmclean.gate.checking import KnownFindings, judged
from crmclean.gate.limits import Gate
from crmclean.gate_result import GateResult
from crmclean.stages.measure import measure
from crmclean.table import Note, Reject

SCHEMAS = Path(__file__).parents[1] / "schemas"
HOSTILE = "]]><a>&\"'|`@me\x1b[31m\u202e\n::error::x%0A,%"
SECRET = "Geheimrat"
TABLES: dict[str, Columns] = {
    "no rows": {("LEI", "lei"): []},
    "nothing found": {("Firma", "company_name"): ["Adler GmbH"]},
    "hostile": {
        ("Nr", "record_id"): ["R1", "R1", "</x>\x07"],
        (HOSTILE, "email"): [f"{SECRET}@@{SECRET}", f"a{SECRET}\x00b", "::set-env::@x"],
        ("Tel", "phone"): [f"030 {SECRET}", "x" * 50, "1"],
    },
    "many": {("Mail", "email"): [f"{SECRET}{n}@" for n in range(300)]},
}


def result(
    name: str, *, show_values: bool = False, known: bool = False, path: str = "data/ex:port, 1%.csv"
) -> GateResult:
    table = cleaned(TABLES[name])
    if name == "hostile":
        note = Note("blank-row", Severity.WARNING, Text("Blank lines: 2", "Leerzeilen: 2"), line=9)
        raw = replace(table.table, notes=(note,), rejects=(Reject(7, "extra-cell", f"{SECRET};{HOSTILE}"),))
        table = replace(table, table=raw)
    gate = Gate("warning", {"validity": 0.9}, {"completeness": 0.99, "timeliness": 0.5})
    baseline = KnownFindings(Path("b"), is_updated=True) if known else None
    summary = measure(table, FreshnessSection())
    earlier = Baseline.empty(table) if known else None
    return judged(path, table, summary, gate, baseline, earlier, show_values=show_values).result


@pytest.mark.parametrize("kind", sorted(GATE_REPORTS))
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_renders_the_same_bytes_and_no_value(kind: str, table: str, language: Language) -> None:
    shown = result(table)
    said = GATE_REPORTS[kind].render(shown, language)
    assert said == GATE_REPORTS[kind].render(shown, language)
    text = said.decode()
    assert text.endswith("\n")
    assert SECRET not in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


@pytest.mark.parametrize("kind", ["text", "markdown", "github"])
def test_what_is_about_the_file_is_never_left_out(kind: str) -> None:
    table = cleaned(TABLES["many"])
    note = Note("anomaly.rows-fewer", Severity.WARNING, Text("Few", "Wenige"))
    table = replace(table, table=replace(table.table, notes=(note,)))
    summary = measure(table, FreshnessSection())
    judgement = judged("ex.csv", table, summary, Gate("error"), None, None, show_values=False).result
    lines = GATE_REPORTS[kind].render(judgement, "en").decode().splitlines()
    at = next(at for at, line in enumerate(lines) if "rows-fewer" in line and "| anomaly" not in line)
    places = [at for at, line in enumerate(lines) if "column A" in line]
    assert kind == "github" or (at < min(places) and len(places) == 50)
    assert any(f"{300 - (10 if kind == 'github' else 50)} more" in line for line in lines)


@pytest.mark.parametrize("kind", sorted(GATE_REPORTS))
def test_german_quotes_are_for_people(kind: str) -> None:
    said = GATE_REPORTS[kind].render(result("many"), "de").decode()
    assert ("Spalte A „Mail“" in said) is (kind in ("text", "markdown"))


@pytest.mark.parametrize("kind", sorted(GATE_REPORTS))
def test_values_are_shown_to_those_who_ask(kind: str) -> None:
    assert SECRET in GATE_REPORTS[kind].render(result("hostile", show_values=True), "en").decode()


@pytest.mark.parametrize("kind", sorted(GATE_REPORTS))
def test_describes_itself(kind: str) -> None:
    report = GATE_REPORTS[kind]
    assert report.name == kind
    assert report.suffix.startswith(".")
    assert report.title.en != report.title.de


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("known", [False, True])
def test_sarif_is_valid(table: str, known: bool) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    shown = result(table, known=known)
    tree = json.loads(GATE_REPORTS["sarif"].render(shown, "en"))
    assert not [error.message for error in Draft4Validator(schema).iter_errors(tree)]
    (run,) = tree["runs"]
    assert len(run["results"]) == shown.findings.height
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[found["ruleIndex"]]["id"] == found["ruleId"] for found in run["results"])
    names = [found["partialFingerprints"]["crmcleanFinding/v1"] for found in run["results"]]
    assert len(set(names)) == len(names)
    assert {found.get("baselineState") for found in run["results"]} <= ({"unchanged"} if known else {None})
    for found in run["results"]:
        place = found["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "data/ex%3Aport%2C%201%25.csv"


@pytest.mark.parametrize("table", TABLES)
def test_junit_is_valid(table: str) -> None:
    shown = result(table)
    root = ET.fromstring(GATE_REPORTS["junit"].render(shown, "de"))
    assert wrong_in(root, read_schema(SCHEMAS / "jenkins-junit.xsd")) == []
    (suite,) = root
    cases = suite.findall("testcase")
    assert suite.attrib["tests"] == root.attrib["tests"] == str(len(cases))
    assert suite.attrib["failures"] == str(sum(case.find("failure") is not None for case in cases))
    names = [case.attrib["name"] for case in cases if case.attrib["classname"] == "crmclean.findings"]
    assert names == list(dict.fromkeys(shown.findings["code"]))
    assert (suite.attrib["failures"] != "0") == (not shown.passed)


def test_the_schema_of_junit_refuses() -> None:
    rules = read_schema(SCHEMAS / "jenkins-junit.xsd")
    for wrong in ("<testsuite/>", "<testsuites><testcase name='a'/></testsuites>", "<other/>",
                  "<testsuite name='a' tests='1' colour='red'/>", "<testsuites>text</testsuites>"):  # fmt: skip
        assert wrong_in(ET.fromstring(wrong), rules), wrong


@pytest.mark.parametrize("table", TABLES)
def test_gitlab_finds_what_it_needs(table: str) -> None:
    """https://docs.gitlab.com/ci/testing/code_quality/: these keys, these severities, no fingerprint twice."""
    shown = result(table)
    issues: list[dict[str, Any]] = json.loads(GATE_REPORTS["gitlab"].render(shown, "en"))
    assert len(issues) == shown.findings.height
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"] == shown.path
        assert issue["location"]["lines"]["begin"] >= 1


@pytest.mark.parametrize("table", TABLES)
def test_github_lines_are_commands(table: str) -> None:
    lines = GATE_REPORTS["github"].render(result(table), "en").decode().splitlines()
    for line in lines:
        assert re.fullmatch(r"::(error|warning|notice) (file=[^:,]+(,line=\d+)?,)?title=[^:,]+::[^\r\n]+", line), line
    assert len(lines) <= 30 + 4
    if table == "hostile":
        assert "file=data/ex%3Aport%2C 1%25.csv,line=7,title=extra-cell::" in "\n".join(lines)


def test_fingerprints_stay_when_rows_move() -> None:
    from crmclean.gate_reports._fingerprints import fingerprints

    row = {"row": 1, "line": 2, "record_id": "R1", "code": "email.no-at", "column": "Mail"}
    there = list(fingerprints("a.csv", [row]))
    assert there == list(fingerprints("a.csv", [{**row, "row": 9, "line": 10}]))
    assert there != list(fingerprints("b.csv", [row]))
    assert len(set(fingerprints("a.csv", [row, row, row]))) == 3


def test_sarif_is_cut_where_code_scanning_would_refuse_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from crmclean.gate_reports import sarif

    monkeypatch.setattr(sarif, "SHOWN", 100)
    (run,) = json.loads(sarif.render(result("many"), "en"))["runs"]
    assert len(run["results"]) == 100
    (said,) = [
        note for note in run["invocations"][0]["toolExecutionNotifications"] if "left out" in note["message"]["text"]
    ]
    assert said["message"]["text"].startswith("200 results")


def test_the_gravest_come_first() -> None:
    shown = result("hostile").gravest("en")
    assert shown["severity"].to_list() == sorted(shown["severity"].to_list())
    assert shown.filter(pl.col("severity") == "info").filter(~pl.col("fails")).is_empty()
