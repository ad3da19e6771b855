"""The history as strangers may see it: small groups of people are left out."""

from __future__ import annotations

from dataclasses import replace

from crmclean.core.hidden import FEWEST
from crmclean.core.history import HistoryFigures, RunFigures
from crmclean.core.ratio import Ratio

_ALIKE = {"winback": "phase7", "churn": "retention"}  # what tells the same people
_ANSWERED = "answered."


def private_history(past: HistoryFigures) -> HistoryFigures:
    """The figures of every run without those that tell of fewer than five people, and moves of as few left out.

    Figures about columns and findings stay: they are about data, not about people.
    """
    return replace(
        past,
        runs=tuple(map(_run, past.runs)),
        moves=tuple(move for move in past.moves if move.n >= FEWEST),
    )


def _run(run: RunFigures) -> RunFigures:
    """Parts of one whole go together: one of them could be computed from the others."""
    few = {_family(name) for name, ratio in run.figures.items() if _is_few(ratio)}
    kept = {name: ratio for name, ratio in run.figures.items() if _family(name) not in few}
    hidden = {name.removeprefix(_ANSWERED) for name in run.figures if name.startswith(_ANSWERED) and name not in kept}
    return replace(run, figures=kept, numbers={name: n for name, n in run.numbers.items() if name not in hidden})


def _family(name: str) -> str:
    if name.startswith(_ANSWERED):
        return name
    first = name.partition(".")[0]
    return _ALIKE.get(first, first)


def _is_few(ratio: Ratio) -> bool:
    return 0 < ratio.n < FEWEST or 0 < ratio.of - ratio.n < FEWEST
