"""What is usual: level and spread of a figure over the runs before, so that no single bad run moves either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import median

from crmclean.core.history import RunFigures

# Runs looked at, at most: four weeks of nights hold every weekday four times, and one end of a month.
WINDOW = 28
# Runs that make the level: a week holds every weekday once. A new level is the usual one once it is more than half of
# them: after four runs.
LEVEL_RUNS = 7
# Fewest runs for statistics: the median of five outlives two bad ones. Below that only the gross is said.
MIN_RUNS = 5
# Median absolute deviation to standard deviation of a normal distribution: 1 / Φ⁻¹(3/4). Rousseeuw, Croux,
# Alternatives to the Median Absolute Deviation, JASA 88 (1993).
SCALE = 1.4826
# Spreads off the level before a figure is unusual. Iglewicz, Hoaglin (How to Detect and Handle Outliers, 1993) advise
# 3.5 for one figure; a run has a few hundred, and one false alarm a month makes people stop reading.
SPREADS = 6.0

# Days beyond the usual standstill before something has stopped, and fewest in all: neither the first weekend of a
# history may be news nor a long one (the runs of the night after Easter find days of Thursday: five days old).
STILL_DAYS = 3
STILL_AT_LEAST = 5
# Different states in the runs before, so that something that never moves is not called stopped.
MOVED = 3


@dataclass(frozen=True, slots=True)
class Usual:
    """Level and spread of one figure.

    Attributes:
        level: median of the last ``LEVEL_RUNS`` runs.
        spread: scaled median absolute deviation over the last ``WINDOW`` runs.
        runs: how many runs there were to look at.
    """

    level: float
    spread: float
    runs: int

    @property
    def is_known(self) -> bool:
        """Whether there were enough runs for statistics."""
        return self.runs >= MIN_RUNS

    def reach(self, floor: float) -> float:
        """How far from the level is still usual: a flat history must not cry at noise.

        Args:
            floor: the least distance that matters to anybody, in the figure's own unit.
        """
        return max(SPREADS * self.spread, floor)


def usual(values: Sequence[float]) -> Usual:
    """Level and spread of a figure over the runs, oldest first; at least one."""
    seen = values[-WINDOW:]
    middle = median(seen)
    spread = SCALE * median(abs(value - middle) for value in seen)
    return Usual(median(seen[-LEVEL_RUNS:]), spread, len(seen))


def chance(share: float, n_before: int, n_now: int) -> float:
    """Three standard errors of the difference of two shares: what small files differ by without any reason.

    Args:
        share: the usual one, 0..1.
        n_before: cells it is a share of.
        n_now: cells of this run.
    """
    if not n_before or not n_now:
        return 1.0
    middle = min(max(share, 0.5 / n_now), 1 - 0.5 / n_now)  # 0 and 1 are never sure
    return 3 * sqrt(middle * (1 - middle) * (1 / n_before + 1 / n_now))


def has_stopped(age: int, longest: int) -> bool:
    """Whether something stands still that used to move.

    Args:
        age: days since it moved.
        longest: the usual standstill, in days.
    """
    return age >= max(longest + STILL_DAYS, STILL_AT_LEAST)


def usual_standstill(states: Sequence[tuple[str, int]]) -> int:
    """The longest standstill but one, in days: one bad time before does not make standing still usual.

    Args:
        states: of every run before: the state it found, and how many days old that state was; at least two states.
    """
    ages: dict[str, int] = {}
    for state, age in states:
        ages[state] = max(ages.get(state, 0), age)
    return sorted(ages.values())[-2]


def age_days(day: str, today: str) -> int:
    """Days from one ISO day to another."""
    return (date.fromisoformat(today) - date.fromisoformat(day)).days


@dataclass(frozen=True, slots=True)
class Past:
    """The runs before, oldest first.

    Attributes:
        every: all of the window.
        alike: those made with the same rules and settings as this one.
    """

    every: tuple[RunFigures, ...]
    alike: tuple[RunFigures, ...]

    @property
    def rules_changed(self) -> bool:
        """Whether the latest run before was made with other rules or settings."""
        return bool(self.every) and (not self.alike or self.alike[-1] is not self.every[-1])


def past_of(now: RunFigures, past: Sequence[RunFigures]) -> Past:
    """The runs to compare with: a file that was looked at twice on one day counts once, and never with itself."""
    latest = {(run.as_of, run.file_sha256): run for run in past}  # the last run of each keeps the first one's place
    latest.pop((now.as_of, now.file_sha256), None)
    runs = tuple(latest.values())[-WINDOW:]
    rules = (now.rules_version, now.config_sha256)
    return Past(runs, tuple(run for run in runs if (run.rules_version, run.config_sha256) == rules))
