"""What the gate says as Markdown, for merge requests and job summaries."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.wording import SCORES, SEVERITIES, counted, percent
from crmclean.gate_reports._saying import baseline_said, limit_title, place, plain, value, verdict
from crmclean.gate_result import GateResult
from crmclean.plugins import GateReport

SHOWN = 50  # findings in records and lines; a comment on a merge request has its limits
_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|@"})
_OK, _NOT_OK, _WARNED = "✅", "❌", "⚠️"


def _safe(text: str) -> str:
    """Text that Markdown shows as it is; nobody is called by an ``@``."""
    return plain(text).translate(_SPECIAL)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    heads = list(head)
    lines = [heads, ["---"] * len(heads), *(list(row) for row in rows)]
    return ["| " + " | ".join(line) + " |" for line in lines] + [""]


def render(result: GateResult, language: Language) -> bytes:
    """The verdict, the limits, the scores, the findings by code, and the gravest of them."""
    mark = _OK if result.passed else _NOT_OK
    lines = [f"## {mark} {_safe(result.path)}: {_safe(verdict(result, language))}", ""]
    if known := baseline_said(result, language):
        lines += [_safe(known), ""]
    lines += [*_limits(result, language), *_scores(result, language)]
    lines += [*_codes(result, language), *_gravest(result, language)]
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8", "backslashreplace")


def _limits(result: GateResult, language: Language) -> list[str]:
    head = Text("limit||", "Grenze||").said(language).split("|")
    rows = [
        (
            limit_title(limit.name, language),
            _OK if limit.why is None else _WARNED if limit.is_warning else _NOT_OK,
            _safe(limit.why.said(language)) if limit.why else "",
        )
        for limit in result.limits
    ]
    return _table(head, rows)


def _scores(result: GateResult, language: Language) -> list[str]:
    head = Text("score||", "Wert||").said(language).split("|")
    rows = [
        (SCORES[name].said(language), percent(ratio, language), counted(ratio, language) if ratio.of else "")
        for name, ratio in result.summary.scores.items()
    ]
    return _table(head, rows)


def _codes(result: GateResult, language: Language) -> list[str]:
    by_code = (
        result.said(language)
        .group_by("code", "severity", "message", maintain_order=True)
        .agg(pl.len().alias("n"), pl.col("is_new").sum().alias("new"))
        .sort("n", descending=True, maintain_order=True)
    )
    if by_code.is_empty():
        return []
    head = Text("code|severity|findings|new|what", "Code|Schwere|Befunde|neu|was").said(language).split("|")
    rows = [
        (
            f"`{code}`",
            SEVERITIES[severity].said(language),
            number(n, language),
            number(new, language),
            _safe(message),
        )
        for code, severity, message, n, new in by_code.iter_rows()
    ]
    return _table(head, rows)


def _gravest(result: GateResult, language: Language) -> list[str]:
    grave = result.gravest(language)
    if grave.is_empty():
        return []
    shown, left = result.listed(grave, SHOWN)
    head = Text("line|code|where|value", "Zeile|Code|wo|Wert").said(language).split("|")
    rows = [
        (str(row["line"] or ""), f"`{row['code']}`", _safe(place(row, language, is_for_people=True)), _safe(value(row)))
        for row in shown.iter_rows(named=True)
    ]
    more = Text("… and {} more", "… und {} weitere").said(language)
    rest = [more.format(number(left, language)), ""] if left else []
    return _table(head, rows) + rest


GATE_REPORT = GateReport(
    name="markdown",
    suffix=".md",
    title=Text("for merge requests and job summaries", "für Merge-Requests und Job-Zusammenfassungen"),
    is_for_people=True,
    render=render,
)
