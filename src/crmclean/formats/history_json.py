"""The figures of a run as the text that a history keeps."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Any

from crmclean.core.history import ClockPast, ColumnPast, RunFigures
from crmclean.core.json_text import json_text
from crmclean.core.ratio import Ratio

_PLAIN = ("as_of", "tool_version", "rules_version", "config_sha256", "file_sha256")
_COUNTS = ("rows", "rejects")
_COUNTED = ("findings", "codes")


def figures_text(figures: RunFigures) -> str:
    """The figures as JSON on one line; small things are lists in the order of their attributes."""
    tree: dict[str, Any] = {name: getattr(figures, name) for name in (*_PLAIN, *_COUNTS)}
    tree |= {name: dict(getattr(figures, name)) for name in _COUNTED}
    tree["scores"] = {name: [ratio.n, ratio.of] for name, ratio in figures.scores.items()}
    tree["columns"] = {name: astuple(column) for name, column in figures.columns.items()}
    tree["clocks"] = {name: astuple(clock) for name, clock in figures.clocks.items()}
    tree["figures"] = {name: [ratio.n, ratio.of] for name, ratio in figures.figures.items()}
    tree["numbers"] = dict(figures.numbers)
    return json_text(tree)


def figures_from(text: str) -> RunFigures:
    """The figures that ``figures_text`` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: somebody else wrote it.
    """
    tree = {"figures": {}, "numbers": {}, **json.loads(text)}  # without them where it was written before there were
    given: dict[str, Any] = {name: str(tree[name]) for name in _PLAIN}
    given |= {name: int(tree[name]) for name in _COUNTS}
    given |= {name: {key: int(n) for key, n in tree[name].items()} for name in _COUNTED}
    return RunFigures(
        **given,
        scores={name: Ratio(*pair) for name, pair in tree["scores"].items()},
        columns={name: ColumnPast(*column) for name, column in tree["columns"].items()},
        clocks={name: ClockPast(*clock) for name, clock in tree["clocks"].items()},
        figures={name: Ratio(*pair) for name, pair in tree["figures"].items()},
        numbers={name: float(number) for name, number in tree["numbers"].items()},
    )
