"""Single pairs of names that people have judged: each pair is a file of two records."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks._matching_run import AS_OF
from crmclean.evidence import Subjects
from crmclean.matching.beliefs import starting_beliefs
from crmclean.matching.scoring import score
from crmclean.matching.subjects import cells_of, subjects
from crmclean.pipeline import Settings, prepare

_PERSON, _OTHERS = "Person", ("Company", "Organization", "LegalEntity")  # ships are neither
_STEPS = 200


def figures(folder: Path) -> dict[str, Any]:
    """How many pairs are judged right at probability .5, and at the threshold that suits the labels best."""
    cases = pl.read_csv(folder / "cases.csv", infer_schema=False).filter(pl.col("schema").is_in([_PERSON, *_OTHERS]))
    both = pl.concat([cases.select("schema", name=side) for side in ("name1", "name2")])
    is_person = pl.col("schema") == _PERSON
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "names.csv"
        both.select(full_name=pl.when(is_person).then("name"), company=pl.when(~is_person).then("name")).write_csv(path)
        cells = cells_of(prepare(str(path), Settings(as_of=AS_OF)).normalised)
    started = time.process_time()
    told = _probabilities(subjects(cells), cases.height)
    cpu_s = time.process_time() - started
    is_match = cases["is_match"] == "true"
    sweep = {
        step / _STEPS: int(((told >= step / _STEPS) == is_match).sum()) / cases.height for step in range(_STEPS + 1)
    }
    best = max(sweep, key=lambda threshold: sweep[threshold])
    yes, no = told.filter(is_match), told.filter(~is_match)
    return {
        "pairs": cases.height,
        "accuracy_at_half": sweep[0.5],
        "best": {"threshold": best, "accuracy": sweep[best]},
        "missed_at_half": int((yes < 0.5).sum()),
        "wrong_at_half": int((no >= 0.5).sum()),
        "always_no": int((~is_match).sum()) / cases.height,
        "cpu_s": cpu_s,
    }


def _probabilities(everybody: Subjects, n: int) -> pl.Series:
    """Of record ``row`` and record ``n + row`` for all n rows; a pair of which a side names nobody is none."""
    beliefs = starting_beliefs(everybody.lines)
    pair = pl.DataFrame({"a": [0], "b": [1]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    told = []
    for row in range(n):
        facets = everybody.facets[[row, n + row]]
        alone = Subjects(facets, everybody.values, everybody.lines, everybody.comparers)
        is_somebody = facets["entity"].null_count() == 0
        told.append(score(alone, pair, beliefs)["probability"].item() if is_somebody else 0.0)
    return pl.Series(told, dtype=pl.Float64)
