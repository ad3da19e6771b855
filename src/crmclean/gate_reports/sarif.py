"""What the gate says as SARIF 2.1.0 (OASIS), as GitHub code scanning and editors read it.

Line numbers are those of the file (sheet rows in a workbook); what has none points at the first line, because code
scanning shows no result without a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from crmclean.core.counting import number
from crmclean.core.json_text import json_text
from crmclean.core.language import Language, Text
from crmclean.gate_reports._fingerprints import fingerprints
from crmclean.gate_reports._saying import Row, described, plain, sentence
from crmclean.gate_result import GateResult
from crmclean.plugins import GateReport

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SHOWN = 25_000  # GitHub refuses a file with more results in a run, and shows 5,000 of them
FINGERPRINT = "crmcleanFinding/v1"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_MORE = Text(
    "{} results are left out; --format json=FILE has all", "{} Befunde sind ausgelassen; --format json=DATEI hat alle"
)


def render(result: GateResult, language: Language) -> bytes:
    """One run with a rule a code and a result a finding, the gravest first where there are too many."""
    every = result.said(language).to_dicts()
    named = list(zip(every, fingerprints(result.path, every, by_row=result.is_named_by_file), strict=True))
    if len(named) > SHOWN:
        named.sort(key=lambda item: (not item[0]["is_new"], list(_LEVELS).index(item[0]["severity"])))
    shown = named[:SHOWN]
    codes = list(dict.fromkeys(row["code"] for row, _ in shown))
    firsts = {row["code"]: row for row, _ in reversed(shown)}
    at = {code: index for index, code in enumerate(codes)}
    has_baseline = result.baseline is not None
    run = {
        "tool": {
            "driver": {
                "name": "crmclean",
                "version": result.summary.tool_version,
                "rules": [_rule(firsts[code], language) for code in codes],
            }
        },
        "automationDetails": {"id": f"crmclean/{plain(result.path)}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(result, len(named) - len(shown), language)],
        "results": [
            _result(row, name, at[row["code"]], result.path, language, has_baseline=has_baseline) for row, name in shown
        ],
    }
    return (json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n").encode()


def _rule(first: Row, language: Language) -> dict[str, Any]:
    code = described(first["code"])
    rule: dict[str, Any] = {
        "id": first["code"],
        "shortDescription": {"text": plain(first["message"])},
        "defaultConfiguration": {"level": _LEVELS[first["severity"]]},
    }
    if code is not None:
        rule["fullDescription"] = {"text": code.why.said(language)}
        rule["help"] = {"text": code.fix.said(language)}
    return rule


def _invocation(result: GateResult, left_out: int, language: Language) -> dict[str, Any]:
    said: Sequence[tuple[str, str]] = [
        *(("error", why.said(language)) for why in result.failures),
        *(("warning", why.said(language)) for why in result.warnings),
        *([("warning", _MORE.said(language).format(number(left_out, language)))] if left_out else []),
    ]
    return {
        "executionSuccessful": True,
        "exitCode": 0 if result.passed else 1,
        "toolExecutionNotifications": [{"level": level, "message": {"text": plain(text)}} for level, text in said],
    }


def _result(
    row: Row, fingerprint: str, rule: int, path: str, language: Language, *, has_baseline: bool
) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path.encode("utf-8", "surrogateescape"))},
            "region": {"startLine": max(row["line"] or 1, 1)},
        }
    }
    if row["column"] is not None:
        location["logicalLocations"] = [{"name": plain(row["column"]), "kind": "member"}]
    more = {key: row[key] for key in ("row", "record_id", "column", "field", "value", "suggestion")}
    found = {
        "ruleId": row["code"],
        "ruleIndex": rule,
        "level": _LEVELS[row["severity"]],
        "message": {"text": sentence(row, language)},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "properties": {key: value for key, value in more.items() if value is not None},
    }
    return {**found, "baselineState": "new" if row["is_new"] else "unchanged"} if has_baseline else found


GATE_REPORT = GateReport(
    name="sarif",
    suffix=".sarif",
    title=Text("SARIF 2.1.0, for code scanning", "SARIF 2.1.0, für Code-Scanning"),
    is_for_people=False,
    render=render,
)
