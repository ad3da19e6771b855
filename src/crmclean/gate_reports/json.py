"""What the gate says for machines: keys are English and stable, see ``schema_version``."""

from __future__ import annotations

from typing import Any

from crmclean.core.json_text import inert, json_text
from crmclean.core.language import Language, Text
from crmclean.core.summary import SCHEMA_VERSION
from crmclean.gate_result import GateResult, joined
from crmclean.plugins import GateReport

_KEYS = (
    *("row", "line", "record_id", "column", "field", "code", "severity", "message"),
    *("value", "suggestion", "is_new", "fails"),
)
_SINCE = ("status", "first_seen")  # where there is a history


def render(result: GateResult, language: Language) -> bytes:
    """Everything: the verdict, the limits, the scores and each finding."""
    summary, known = result.summary, result.baseline
    tree: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "file": result.path,
        "passed": result.passed,
        "why": joined(result.failures).said(language),
        "warnings": [warning.said(language) for warning in result.warnings],
        "limits": [
            {"name": limit.name, "level": "warning" if limit.is_warning else "error", "passed": limit.why is None}
            for limit in result.limits
        ],
        "scores": {
            name: {"n": ratio.n, "of": ratio.of, "share": ratio.share} for name, ratio in summary.scores.items()
        },
        "score": summary.score,
        "baseline": known
        and {"known": known.known, "new": known.new, "stale": known.stale, "stale_by_code": dict(known.stale_by_code)},
        **_history(result, language),
    }
    findings = result.said(language).select(*_KEYS, *(key for key in _SINCE if key in result.findings))
    # A finding a line, written by polars: a million of them would take the standard library longer than the check.
    lines = inert(findings.write_ndjson().rstrip("\n").replace("\n", ",\n    "))
    listed = f"[\n    {lines}\n  ]" if lines else "[]"
    head = json_text(tree, indent=2).removesuffix("\n}")
    return f'{head},\n  "findings": {listed}\n}}\n'.encode()


def _history(result: GateResult, language: Language) -> dict[str, Any]:
    """What became of the findings since the run before; nothing where there is no history."""
    past = result.summary.history
    if past is None:
        return {}
    anomalies = [
        {
            "code": one.code,
            "severity": one.severity,
            "column": one.column or None,
            "message": one.message.said(language),
        }
        for one in past.anomalies
    ]
    figures = {"name": past.name, "since": past.since or None, "new": past.new, "still": past.still}
    return {"history": {**figures, "fixed": past.fixed, "gone": past.gone, "anomalies": anomalies}}


GATE_REPORT = GateReport(
    name="json",
    suffix=".json",
    title=Text("every finding, for programs", "jeder Befund, für Programme"),
    is_for_people=False,
    render=render,
)
