"""What the gate says as a Code Quality report of GitLab: a list of issues with unique fingerprints.

GitLab compares the report of a branch with that of its target by fingerprint; of issues that share one it shows one.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from crmclean.core.json_text import json_text
from crmclean.core.language import Language, Text
from crmclean.gate_reports._fingerprints import fingerprints
from crmclean.gate_reports._saying import Row, plain, sentence
from crmclean.gate_result import GateResult
from crmclean.plugins import GateReport

# GitLab knows info, minor, major, critical and blocker.
_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}
_FAILING = "critical"  # what the gate fails for


def render(result: GateResult, language: Language) -> bytes:
    """An issue a finding; those of a baseline are left out."""
    rows = result.said(language).filter(pl.col("is_new")).to_dicts()
    names = fingerprints(result.path, rows, by_row=result.is_named_by_file)
    issues = [_issue(row, name, result.path, language) for row, name in zip(rows, names, strict=True)]
    return (json_text(issues, indent=2) + "\n").encode()


def _issue(row: Row, fingerprint: str, path: str, language: Language) -> dict[str, Any]:
    return {
        "description": sentence(row, language),
        "check_name": row["code"],
        "fingerprint": fingerprint,
        "severity": _FAILING if row["fails"] else _SEVERITIES[row["severity"]],
        "location": {"path": plain(path), "lines": {"begin": max(row["line"] or 1, 1)}},
    }


GATE_REPORT = GateReport(
    name="gitlab",
    suffix=".json",
    title=Text("Code Quality of GitLab", "Code Quality in GitLab"),
    is_for_people=False,
    render=render,
)
