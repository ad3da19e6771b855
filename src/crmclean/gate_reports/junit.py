"""What the gate says as JUnit XML, as Jenkins and GitLab read it: one test case a limit, one a code.

The form is that of Jenkins' ``jenkins-junit.xsd``. No times: equal exports give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import polars as pl

from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.gate_reports._saying import Row, limit_title, plain, sentence
from crmclean.gate_result import GateResult, Limit
from crmclean.plugins import GateReport

SHOWN = 200  # places a test case names; the JSON form has all
_MORE = Text("… and {} more; --format json=FILE has all", "… und {} weitere; --format json=DATEI enthält alle")
_KNOWN = Text("{} of them in the baseline", "davon {} in der Baseline")


def render(result: GateResult, language: Language) -> bytes:
    """One suite: the limits, then every code that was found."""
    cases = [_limit(limit, language) for limit in result.limits]
    cases += [_code(findings, result.path, language) for findings in _by_code(result.said(language))]
    failures = sum("<failure" in case for case in cases)
    name, counts = _attribute(result.path), f'tests="{len(cases)}" failures="{failures}" errors="0"'
    body = "\n".join(cases)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="crmclean" {counts}>\n'
        f"<testsuite name={name} {counts}>\n{body}\n</testsuite>\n</testsuites>\n"
    ).encode()


def _by_code(findings: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return iter(findings.partition_by("code", maintain_order=True)) if findings.height else iter(())


def _limit(limit: Limit, language: Language) -> str:
    """A limit; a warning is written beside a case that passes."""
    level = "warning" if limit.is_warning else "limit"
    head = f'<testcase classname="crmclean.{level}" name={_attribute(limit_title(limit.name, language))}'
    if limit.why is None:
        return f"{head}/>"
    why = limit.why.said(language)
    if limit.is_warning:
        return f"{head}>\n<system-out>{_text(why)}</system-out>\n</testcase>"
    return f'{head}>\n<failure type="{limit.name}" message={_attribute(why)}/>\n</testcase>'


def _code(findings: pl.DataFrame, path: str, language: Language) -> str:
    """A code and where it was found: what fails, or, in a case that passes, what is there nevertheless."""
    failing = findings.filter("fails")
    shown = failing if failing.height else findings
    first = shown.row(0, named=True)
    lines = [_place(row, path, language) for row in shown.head(SHOWN).iter_rows(named=True)]
    if shown.height > SHOWN:
        lines.append(_MORE.said(language).format(number(shown.height - SHOWN, language)))
    if known := findings.height - int(findings["is_new"].sum()):
        lines.append(_KNOWN.said(language).format(number(known, language)))
    text = _text("\n".join(lines))
    if failing.height:
        message = _attribute(f"{first['message']} ({number(failing.height, language)})")
        inside = f'<failure type="{first["severity"]}" message={message}>{text}</failure>'
    else:
        inside = f"<system-out>{text}</system-out>"
    return f'<testcase classname="crmclean.findings" name={_attribute(first["code"])}>\n{inside}\n</testcase>'


def _place(row: Row, path: str, language: Language) -> str:
    line = f":{row['line']}" if row["line"] is not None else ""
    return f"{plain(path)}{line}: {sentence(row, language)}"


def _attribute(text: str) -> str:
    return f'"{escape(plain(text))}"'


def _text(text: str) -> str:
    return escape("\n".join(plain(line) for line in text.split("\n")), quote=False)


GATE_REPORT = GateReport(
    name="junit",
    suffix=".xml",
    title=Text("JUnit XML, a test case a code", "JUnit-XML, ein Testfall je Code"),
    is_for_people=False,
    render=render,
)
