"""Thirty nights of a made-up CRM: are the planted events said on their night, and is anything else said?

    python -m benchmarks.nights [ROWS] [SEEDS]

First one simulation as a table, then the same with more seeds (false alarms), nights without any event, and events of
smaller size (how much must be lost before it is said).
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from benchmarks._nights_crm import Crm
from benchmarks._nights_plan import QUIET, THIRTY, Plan, judged
from benchmarks._nights_sizes import print_sizes
from crmclean.core.history import Anomaly, RunFigures
from crmclean.history.anomalies import anomalies
from crmclean.history.figures import figures_of
from crmclean.pipeline import Settings, prepare, summarise


class Night(NamedTuple):
    """One night's run.

    Attributes:
        number: from 1.
        figures: of the run.
        findings: record id, column, code and value of each.
        said: its anomalies.
    """

    number: int
    figures: RunFigures
    findings: frozenset[tuple[str, ...]]
    said: tuple[Anomaly, ...]


def looked_at(path: Path, day: date) -> tuple[RunFigures, frozenset[tuple[str, ...]]]:
    """The figures of one export and its findings."""
    settings = Settings(as_of=day)
    cleaned = prepare(str(path), settings).normalised
    keys = cleaned.findings.select(pl.col("record_id", "column", "code", "value").cast(pl.String))
    return figures_of(cleaned, summarise(cleaned, settings), "nights"), frozenset(keys.iter_rows())


def run(plan: Plan, rows: int, seed: int) -> Iterator[Night]:
    """All nights of a plan, one after another."""
    past: list[RunFigures] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        for number, day, text in plan.exports(Crm(seed, rows)):
            path.write_text(text, encoding="utf-8", newline="")
            figures, findings = looked_at(path, day)
            yield Night(number, figures, findings, anomalies(figures, past))
            past.append(figures)


def _print_table(plan: Plan, rows: int, seed: int) -> bool:
    names = {event.night: event.name for event in plan.events()}
    print(f"seed {seed}, {rows} records at the start")
    print(f"{'night':>5} {'rows':>6} {'score':>6} {'new':>5} {'fixed':>5} {'still':>5}  planted / anomalies")
    before: frozenset[tuple[str, ...]] = frozenset()
    said = []
    for night in run(plan, rows, seed):
        new, fixed, still = len(night.findings - before), len(before - night.findings), len(night.findings & before)
        shown = "; ".join(f"{a.code.removeprefix('anomaly.')} {a.column}".strip() for a in night.said)
        planted = f"[{names[night.number]}] " if night.number in names else ""
        score = f"{night.figures.score or 0:.1%}"
        print(
            f"{night.number:>5} {night.figures.rows:>6} {score:>6} {new:>5} {fixed:>5} {still:>5}  {planted}{shown}",
            flush=True,
        )
        before = night.findings
        said.append(night.said)
    result = judged(plan, said)
    print(f"said on night: {result.found}; said again until learned: {len(result.echoes)}; false: {result.false}")
    return all(result.found.values()) and not result.false


def _print_seeds(plan: Plan, name: str, rows: int, seeds: int) -> None:
    found, false, nights_with_false = Counter[str](), Counter[str](), 0
    for seed in range(1, seeds + 1):
        result = judged(plan, [night.said for night in run(plan, rows, seed)])
        found.update(event for event, night in result.found.items() if night)
        false.update(f"{each.severity} {each.code}" for _, each in result.false)
        nights_with_false += len({night for night, _ in result.false})
    print(f"{name}: {seeds} seeds x {plan.nights} nights, {rows} records at the start")
    for event in plan.events():
        print(f"  {event.name:16} said in its time: {found[event.name]} of {seeds}")
    print(f"  false alarms: {sum(false.values())} on {nights_with_false} of {seeds * plan.nights} nights {dict(false)}")


def main(rows: int, seeds: int) -> int:
    """Print everything; 1 where the first simulation misses an event or says something else."""
    is_right = _print_table(THIRTY, rows, 1)
    _print_seeds(THIRTY, "with events", rows // 3, seeds)
    _print_seeds(QUIET, "without events", rows // 3, seeds)
    print_sizes(rows // 3, seeds)
    return not is_right


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(given + [3000, 20][len(given) :])))
