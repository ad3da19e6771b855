"""How well date columns are read: columns of known days, written in every habit, with the damage exports have.

    python -m benchmarks.dates

Every column holds days drawn from a fixed seed, so the truth is known: counted is what was read right, what was
doubted, and what was read wrong without a word (must be 0).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import polars as pl

from crmclean.core.registry import FIELDS
from crmclean.expressions import habit_of, judge

N_ROWS = 100_000
AS_OF = date(2026, 1, 1)
FIRST = datetime(2005, 1, 1)  # noqa: DTZ001 - written without a zone
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()

HABITS: dict[str, Callable[[datetime], str]] = {
    "iso day": lambda t: f"{t:%Y-%m-%d}",
    "iso moment": lambda t: f"{t:%Y-%m-%dT%H:%M:%S}Z",
    "salesforce": lambda t: f"{t:%Y-%m-%dT%H:%M:%S}.000+0000",
    "hubspot": lambda t: f"{t:%Y-%m-%d %H:%M}",
    "german day": lambda t: f"{t:%d.%m.%Y}",
    "german moment": lambda t: f"{t:%d.%m.%Y %H:%M}",
    "german short": lambda t: f"{t.day}.{t.month}.{t:%y}",
    "german words": lambda t: f"{t.day}. {MONTHS[t.month - 1]} {t.year}",
    "US": lambda t: f"{t.month}/{t.day}/{t.year}",
    "US moment": lambda t: f"{t.month}/{t.day}/{t.year} {t:%I:%M %p}",
    "British": lambda t: f"{t:%d/%m/%Y}",
    "DATEV": lambda t: f"{t:%d%m%Y}",
    "compact": lambda t: f"{t:%Y%m%d}",
    "Excel serial": lambda t: str((t - datetime(1899, 12, 30)).days),  # noqa: DTZ001
    "epoch ms": lambda t: str(int((t - datetime(1970, 1, 1)).total_seconds() * 1000)),  # noqa: DTZ001
}


def moments(rng: random.Random) -> list[datetime]:
    """Random moments of twenty years."""
    return [FIRST + timedelta(seconds=rng.randrange(20 * 365 * 86_400)) for _ in range(N_ROWS)]


def measure(name: str, cells: list[str], truth: list[str]) -> None:
    """Prints the habit found and the three counts for one column."""
    field = FIELDS["modified_at"]
    column = pl.Series(name, cells)
    started = time.process_time()
    habit = habit_of(column, field)
    judged = judge(column, field, {}, habit=habit, as_of=AS_OF)
    micros = (time.process_time() - started) / len(cells) * 1e6
    days = judged["canonical"].str.slice(0, 10)
    right = (days == pl.Series(truth)).fill_null(value=False)
    doubted = judged["code"].is_not_null() & (judged["code"] != "from-number")
    wrong = (~right & ~doubted.fill_null(value=False)).sum()
    n = len(cells)
    shares = f"{right.sum() / n:7.1%} right {doubted.sum() / n:7.1%} doubted {wrong:6} wrong"
    print(f"{name:26} {habit or '(none)':13} {shares} {micros:6.2f} µs")


def main() -> None:
    """Clean columns, then columns of two habits, then columns that can't be known."""
    rng = random.Random(7)
    drawn = moments(rng)
    truth = [f"{moment:%Y-%m-%d}" for moment in drawn]
    print(f"{N_ROWS:,} rows a column")
    for name, write in HABITS.items():
        measure(name, [write(moment) for moment in drawn], truth)
    for name, main_habit, other, share in (
        ("US, 1 % British", "US", "British", 0.01),
        ("US, 20 % British", "US", "British", 0.2),
        ("German, 5 % US", "german day", "US", 0.05),
        ("German, 5 % serials", "german day", "Excel serial", 0.05),
        ("iso, 5 % US", "iso day", "US", 0.05),
    ):
        cells = [HABITS[other if rng.random() < share else main_habit](moment) for moment in drawn]
        measure(name, cells, truth)
    early = [moment.replace(day=1 + moment.day % 12) for moment in drawn]
    measure(
        "US, days 1-12 only", [HABITS["US"](moment) for moment in early], [f"{moment:%Y-%m-%d}" for moment in early]
    )


if __name__ == "__main__":
    main()
