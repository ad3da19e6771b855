"""What the gate says for a terminal: a line for each finding as ``FILE:LINE: code: message``, gravest first.

What is said about the file as a whole comes before all others.
No record's id: it is a cell, and what is said on a terminal ends in logs.
"""

from __future__ import annotations

from crmclean.core.counting import number
from crmclean.core.history_wording import since_said
from crmclean.core.language import Language, Text
from crmclean.core.text import visible
from crmclean.core.wording import score_said
from crmclean.gate_reports._saying import baseline_said, passed_or_failed, sentence
from crmclean.gate_result import GateResult
from crmclean.plugins import GateReport

SHOWN = 50  # findings in records and lines; the JSON form holds all
_MORE = Text("… and {} more; --format json=FILE has all", "… und {} weitere; --format json=DATEI enthält alle")
_SCORE = Text("score {}", "Gesamtwert {}")
_ALONE = Text(" (duplicates not looked for)", " (Dubletten nicht gesucht)")


def render(result: GateResult, language: Language) -> bytes:
    """The findings a person should look at, and the verdict."""
    file = visible(str(result.summary.file["name"]))
    grave = result.gravest(language)
    lines = []
    shown, left = result.listed(grave, SHOWN)
    for row in shown.iter_rows(named=True):
        line = f"{row['line']}:" if row["line"] is not None else ""
        lines.append(f"{file}:{line} {row['code']}: {sentence(row, language, names_id=False, is_for_people=True)}")
    if left:
        lines.append(_MORE.said(language).format(number(left, language)))
    if known := baseline_said(result, language):
        lines.append(f"{file}: {known}")
    if past := result.summary.history:
        lines.append(f"{file}: {since_said(past, language)}")
    lines += [f"{file}: {warning.said(language)}" for warning in result.warnings]
    score = _SCORE.said(language).format(score_said(result.summary.score, language))
    alone = "" if "uniqueness" in result.summary.scores else _ALONE.said(language)
    lines.append(f"{file}: {passed_or_failed(result, language)}, {score}{alone}")
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


GATE_REPORT = GateReport(
    name="text",
    suffix=".txt",
    title=Text("for a terminal", "für das Terminal"),
    is_for_people=True,
    render=render,
)
