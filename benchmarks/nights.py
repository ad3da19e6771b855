"""Thirty nights of a made-up CRM: are the planted events said on their night, and is anything else said?

    python -m benchmarks.nights [ROWS] [SEEDS]

First one simulation as a table, each night a process of its own: ``crmclean check --history``. Then more seeds (false
alarms), nights without any event, and events of smaller size (how much must be lost before it is said), straight
through the pipeline. Four seeds take four minutes of one processor; docs/anomalies.md gives the figures of 20.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks._nights_crm import Crm
from benchmarks._nights_plan import QUIET, THIRTY, Plan, judged
from benchmarks._nights_sizes import figures_at, print_sizes
from crmclean.core.history import Anomaly, RunFigures
from crmclean.core.language import Text
from crmclean.history.anomalies import anomalies

_CONFIG = """[severity]
"email.*" = "warning"
"phone.*" = "warning"
"postal_code.*" = "warning"
"""


class Night(NamedTuple):
    """What one night's command said.

    Attributes:
        number: from 1.
        rows: records in the export.
        exit_code: of the command.
        told: the JSON report.
    """

    number: int
    rows: int
    exit_code: int
    told: dict[str, Any]

    @property
    def said(self) -> list[Anomaly]:
        """Its anomalies."""
        found = self.told["history"]["anomalies"]
        return [Anomaly(a["code"], a["severity"], a["column"] or "", Text(*[a["message"]] * 2)) for a in found]


def commanded(plan: Plan, rows: int, seed: int) -> Iterator[Night]:
    """All nights of a plan, as cron runs them: mistakes in cells only warn, so that the unusual alone fails."""
    with tempfile.TemporaryDirectory() as folder:
        export, report, config = (Path(folder) / name for name in ("export.csv", "report.json", "crmclean.toml"))
        config.write_text(_CONFIG, encoding="utf-8")
        options = ["--config", config.name, "--history", "nights.sqlite", "--format", f"json={report.name}"]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        for number, day, text in plan.exports(Crm(seed, rows)):
            export.write_text(text, encoding="utf-8", newline="")
            report.unlink(missing_ok=True)
            command = [sys.executable, "-m", "crmclean", "check", export.name, "--as-of", day.isoformat(), *options]
            done = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True)
            yield Night(number, text.count("\r\n") - 1, done.returncode, json.loads(report.read_bytes()))


def run(plan: Plan, crm: Crm) -> list[tuple[Anomaly, ...]]:
    """The anomalies of every night of a plan, without a process and a state file."""
    past: list[RunFigures] = []
    said = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        for _, day, text in plan.exports(crm):
            figures = figures_at(path, text, day)
            said.append(anomalies(figures, past))
            past.append(figures)
    return said


def print_table(plan: Plan, rows: int, seed: int) -> bool:
    """Print every night; whether each event was said in its time and nothing else was."""
    names = {event.night: event.name for event in plan.events()}
    print(f"seed {seed}, {rows} records at the start")
    print(
        f"{'night':>5} {'rows':>6} {'score':>6} {'new':>5} {'fixed':>5} {'gone':>5} {'still':>5} {'exit':>4}"
        "  [planted] anomalies"
    )
    said = []
    for night in commanded(plan, rows, seed):
        history = night.told["history"]
        shown = "; ".join(_shown(each) for each in night.said)
        planted = f"[{names[night.number]}] " if night.number in names else ""
        counts = f"{history['new']:>5} {history['fixed']:>5} {history['gone']:>5} {history['still']:>5}"
        print(f"{night.number:>5} {night.rows:>6} {night.told['score']:>6.1%} {counts}", end=" ")
        print(f"{night.exit_code:>4}  {planted}{shown}".rstrip(), flush=True)
        said.append(night.said)
    result = judged(plan, said)
    print(f"said on night: {result.found}")
    print(f"said again until learned: {len(result.echoes)}; said without an event: {result.false}")
    return all(result.found.values()) and not result.false and not any(e.severity == "error" for _, e in result.echoes)


def _shown(anomaly: Anomaly) -> str:
    """Its code, the column, and how grave it is where that is no warning."""
    gravity = {"error": " !", "warning": "", "info": " (info)"}[anomaly.severity]
    return f"{anomaly.code.removeprefix('anomaly.')} {anomaly.column}".strip() + gravity


def _print_seeds(plan: Plan, name: str, rows: int, seeds: int, pace: float = 1.0) -> None:
    found, false, nights_with_false = Counter[str](), Counter[str](), 0
    for seed in range(1, seeds + 1):
        result = judged(plan, run(plan, Crm(seed, rows, pace=pace)))
        found.update(event for event, night in result.found.items() if night)
        false.update(f"{each.severity} {each.code}" for _, each in result.false)
        nights_with_false += len({night for night, _ in result.false})
    print(f"{name}: {seeds} seeds x {plan.nights} nights, {rows} records at the start")
    for event in plan.events():
        print(f"  {event.name:16} said in its time: {found[event.name]} of {seeds}")
    print(f"  false alarms: {sum(false.values())} on {nights_with_false} of {seeds * plan.nights} nights {dict(false)}")


def main(rows: int, seeds: int) -> int:
    """Print everything; 1 where the first simulation misses an event or says something else."""
    is_right = print_table(THIRTY, rows, 1)
    _print_seeds(THIRTY, "with events", rows, seeds)
    _print_seeds(QUIET, "without events", rows, seeds)
    _print_seeds(QUIET, "without events, five times as much work", rows, seeds // 2, pace=5.0)
    _print_seeds(QUIET, "without events, small", rows // 10, seeds // 2)
    print_sizes(rows, seeds)
    return not is_right


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(given + [1000, 2][len(given) :])))
