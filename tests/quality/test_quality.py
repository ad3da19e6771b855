"""What matching finds must not get worse: exports whose duplicates are known, against the figures that were stored.

What got better on purpose is stored anew: ``python -m benchmarks.matching --store --only office-3000 web-3000``.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from benchmarks.duplicates.export import NOISE, Model, write
from benchmarks.matching import STORE, measure_generated

N_ROWS = 3_000
MAY_DROP = 0.005
MODELS: tuple[Model, ...] = tuple(NOISE)
FIGURES = (("auto", "f1"), ("accepted", "f1"), ("bands", "auto", "p"))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both exports, made with the seed the stored figures were measured with."""
    folder = tmp_path_factory.mktemp("exports")
    for model in MODELS:
        write(model, N_ROWS, folder / f"{model}.csv")
    return folder


@cache
def _measured(path: Path) -> dict[str, Any]:
    return measure_generated(path)


def _stored(model: Model) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(STORE.read_text("utf-8"))[f"{model}-{N_ROWS}"]
    return told


def _at(figures: Any, path: tuple[str, ...]) -> float:
    for name in path:
        figures = figures[name]
    return float(figures)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("figure", FIGURES, ids=" ".join)
def test_no_figure_drops_by_half_a_point(exports: Path, model: Model, figure: tuple[str, ...]) -> None:
    assert _at(_measured(exports / f"{model}.csv"), figure) >= _at(_stored(model), figure) - MAY_DROP


@pytest.mark.parametrize("model", MODELS)
def test_no_cluster_holds_ids_that_contradict(exports: Path, model: Model) -> None:
    assert _measured(exports / f"{model}.csv")["contradicting_merges"] == 0


@pytest.mark.parametrize("model", MODELS)
def test_the_stored_figures_are_of_the_same_exports(exports: Path, model: Model) -> None:
    measured = _measured(exports / f"{model}.csv")
    assert (measured["records"], measured["true_pairs"]) == (_stored(model)["records"], _stored(model)["true_pairs"])
