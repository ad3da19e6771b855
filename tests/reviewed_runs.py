"""What the tests of ``review`` start from: a run over the example, and what is stored beside it."""

from __future__ import annotations

from pathlib import Path

from crmclean.formats.state import Decision, State

EXPORT = Path(__file__).parents[1] / "examples" / "duplicates" / "kunden.csv"
TWO_DATES, MOVED, SHORT = ("1009", "1010"), ("1013", "1014"), ("1011", "1012")  # in the order they are asked


def stored(folder: Path) -> dict[tuple[str, str], Decision]:
    """The decisions that hold, by the keys of their pair."""
    with State(folder / "state.sqlite") as state:
        return {(each.key_a, each.key_b): each for each in state.decisions()}


def answers(folder: Path) -> dict[tuple[str, str], str]:
    """Only what was answered."""
    return {pair: each.answer for pair, each in stored(folder).items()}
