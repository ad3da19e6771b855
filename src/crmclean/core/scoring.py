"""The one number of an export: the mean of its dimensions. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping

from crmclean.core.ratio import Ratio

# Shown as a dimension, but not in the mean: cells that contradict each other are counted as doubtful already.
BESIDE = frozenset({"consistency"})


def overall(scores: Mapping[str, Ratio]) -> float | None:
    """The mean of the dimensions that apply and count, 0..1; ``None`` where none does.

    >>> overall({"validity": Ratio(1, 2), "timeliness": Ratio(0, 0), "consistency": Ratio(9, 10)})
    0.5
    """
    counting = [ratio.share for name, ratio in scores.items() if name not in BESIDE]
    shares = [share for share in counting if share is not None]
    return sum(shares) / len(shares) if shares else None
