"""How large an event must be before it is said: the same night with events of several sizes, over several seeds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks._nights_crm import MONDAY, Crm
from crmclean.core.history import RunFigures
from crmclean.history.anomalies import anomalies
from crmclean.history.figures import figures_of
from crmclean.pipeline import Settings, prepare, summarise

_NIGHTS = 15  # before the event
_SHARES = (0.05, 0.1, 0.2, 0.3, 0.5, 0.8)


def _rows_lost(crm: Crm, share: float, _: date) -> str:
    lines = crm.export().splitlines(keepends=True)
    return "".join(lines[: round(len(lines) * (1 - share))])


def _field_lost(crm: Crm, share: float, _: date) -> str:
    return crm.export(emptied={"E-Mail": share})


def _rare_field_lost(crm: Crm, share: float, _: date) -> str:
    return crm.export(emptied={"NPS": share})


def _one_value(crm: Crm, share: float, day: date) -> str:
    crm.update("Betreuer", "Team 1", share, day)
    return crm.export()


def _mistakes(crm: Crm, share: float, day: date) -> str:
    crm.update("Telefon", "030", share, day)
    return crm.export()


_EVENTS: Mapping[str, tuple[Callable[[Crm, float, date], str], frozenset[str]]] = {
    "records lost": (_rows_lost, frozenset({"anomaly.rows-dropped", "anomaly.rows-fewer"})),
    "a field (70 % filled) emptied in": (_field_lost, frozenset({"anomaly.column-emptied", "anomaly.column-fewer"})),
    "a field (10 % filled) emptied in": (
        _rare_field_lost,
        frozenset({"anomaly.column-emptied", "anomaly.column-fewer"}),
    ),
    "one value set in": (_one_value, frozenset({"anomaly.value-everywhere"})),
    "a wrong number set in": (_mistakes, frozenset({"anomaly.findings-more"})),
}


def print_sizes(rows: int, seeds: int) -> None:
    """Print how many of the seeds said each event, by its size."""
    found = {(name, share): 0 for name in _EVENTS for share in _SHARES}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        for seed in range(1, seeds + 1):
            crm, past = Crm(seed, rows), list[RunFigures]()
            for night in range(_NIGHTS):
                day = MONDAY + timedelta(days=night)
                crm.work(day)
                past.append(figures_at(path, crm.export(), day))
            tonight = MONDAY + timedelta(days=_NIGHTS)
            crm.work(tonight)
            for name, share in found:
                event, codes = _EVENTS[name]
                copy = replace(crm, records=[dict(record) for record in crm.records])
                figures = figures_at(path, event(copy, share, tonight), tonight)
                found[name, share] += any(each.code in codes for each in anomalies(figures, past))
    print(f"events by size, {seeds} seeds, {rows} records at the start, {_NIGHTS} nights before; said in")
    print(f"  {'share of the records':34}" + "".join(f"{share:>7.0%}" for share in _SHARES))
    for name in _EVENTS:
        print(f"  {name:34}" + "".join(f"{found[name, share] / seeds:>7.0%}" for share in _SHARES))


def figures_at(path: Path, text: str, day: date) -> RunFigures:
    """The figures of an export, which is written to the path."""
    path.write_text(text, encoding="utf-8", newline="")
    settings = Settings(as_of=day)
    cleaned = prepare(str(path), settings).normalised
    return figures_of(cleaned, summarise(cleaned, settings), "nights")
