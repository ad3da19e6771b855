"""What the gate says as workflow commands of GitHub Actions, which become annotations.

GitHub shows ten errors, ten warnings and ten notices of a step and fifty annotations of a job; more would only fill
the log. Escaping as in GitHub's own toolkit (``command.ts``).
"""

from __future__ import annotations

import polars as pl

from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.gate_reports._saying import Row, baseline_said, plain, sentence, verdict
from crmclean.gate_result import GateResult
from crmclean.plugins import GateReport

SHOWN = 10  # annotations of a level that GitHub shows of a step
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_MORE = Text("{} more findings; --format json=FILE has all", "{} weitere Befunde; --format json=DATEI enthält alle")


def render(result: GateResult, language: Language) -> bytes:
    """A command a finding, the gravest first, and one with the verdict."""
    grave = result.gravest(language)
    lines: list[str] = []
    left = grave.height
    for severity, command in _COMMANDS.items():
        shown = grave.filter(pl.col("severity") == severity).head(SHOWN)
        left -= shown.height
        lines += [_command(command, row, result.path, language) for row in shown.iter_rows(named=True)]
    lines += [f"::warning title=crmclean::{_data(why.said(language))}" for why in result.warnings]
    if left:
        lines.append(f"::notice title=crmclean::{_data(_MORE.said(language).format(number(left, language)))}")
    said = "; ".join(part for part in (verdict(result, language), baseline_said(result, language)) if part)
    lines.append(f"::{'notice' if result.passed else 'error'} title=crmclean::{_data(f'{result.path}: {said}')}")
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _command(name: str, row: Row, path: str, language: Language) -> str:
    line = f",line={row['line']}" if row["line"] is not None else ""
    return f"::{name} file={_property(path)}{line},title={_property(row['code'])}::{_data(sentence(row, language))}"


def _data(text: str) -> str:
    return plain(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


GATE_REPORT = GateReport(
    name="github",
    suffix=".txt",
    title=Text("annotations of GitHub Actions", "Anmerkungen in GitHub Actions"),
    is_for_people=False,
    render=render,
)
