"""What a directory answers must not get worse: damaged questions with known answers, against the stored figures.

What got better on purpose is stored anew: ``python -m benchmarks.directory --store --only gleif``.
"""

from __future__ import annotations

import json

import pytest
from benchmarks._directory_store import KINDS, STORE, Figures, measured

MAY_DROP = 0.005


@pytest.fixture(scope="module")
def figures() -> Figures:
    """Measured once."""
    return measured()


@pytest.fixture(scope="module")
def stored() -> Figures:
    """As they were when they were stored."""
    told: Figures = json.loads(STORE.read_text("utf-8"))
    return told


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("figure", ["recall_at_1", "recall", "auto", "auto_p"])
def test_no_figure_drops_by_half_a_point(figures: Figures, stored: Figures, kind: str, figure: str) -> None:
    assert figures[kind][figure] >= stored[kind][figure] - MAY_DROP


@pytest.mark.parametrize("kind", KINDS)
def test_the_stored_figures_are_of_as_many_questions(figures: Figures, stored: Figures, kind: str) -> None:
    assert figures[kind]["n"] == stored[kind]["n"]
