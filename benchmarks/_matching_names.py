"""Single pairs of names that people have judged."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks._matching_run import AS_OF
from crmclean.core.registry import COMPARERS
from crmclean.evidence import Subjects
from crmclean.matching.beliefs import starting_beliefs
from crmclean.matching.scoring import score
from crmclean.matching.subjects import cells_of, subjects
from crmclean.pipeline import Settings, prepare

_PERSON, _OTHERS = "Person", ("Company", "Organization", "LegalEntity")  # ships are neither
_STEPS = 200


def figures(folder: Path) -> dict[str, Any]:
    """How many pairs are judged right: each a file of two records, and all of them in one file."""
    cases = pl.read_csv(folder / "cases.csv", infer_schema=False).filter(pl.col("schema").is_in([_PERSON, *_OTHERS]))
    both = pl.concat([cases.select("schema", name=side) for side in ("name1", "name2")])
    is_person = pl.col("schema") == _PERSON
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "names.csv"
        both.select(full_name=pl.when(is_person).then("name"), company=pl.when(~is_person).then("name")).write_csv(path)
        cells = cells_of(prepare(str(path), Settings(as_of=AS_OF)).normalised)
    is_match = cases["is_match"] == "true"
    everybody = subjects(cells)
    started = time.process_time()
    told = {"alone": _alone(everybody, cases.height), "together": _together(everybody, cases.height)}
    cpu_s = time.process_time() - started
    by_level = int((_agree(everybody, cases.height) == is_match).sum()) / cases.height
    judged = {f"{how}_{part}": value for how, p in told.items() for part, value in _accuracy(p, is_match).items()}
    always_no = int((~is_match).sum()) / cases.height
    return {"pairs": cases.height, "always_no": always_no, **judged, "by_level": by_level, "cpu_s": cpu_s}


def _agree(everybody: Subjects, n: int) -> pl.Series:
    """Whether no part of the names contradicts: what the levels alone say, without any frequency or prior."""
    rows = [pl.Series(range(start, start + n), dtype=pl.UInt32) for start in (0, n)]
    agree, told = pl.repeat(value=True, n=n, eager=True), pl.repeat(value=False, n=n, eager=True)
    for comparer in everybody.comparers:
        for name, compared in COMPARERS[comparer].compare(everybody, *rows).items():
            levels = everybody.lines[name].levels
            against = [at for at, level in enumerate(levels, start=1) if level.asks or at == len(levels)]
            agree &= ~compared.level.is_in(against)
            told |= compared.level > 0
    return agree & told


def _accuracy(told: pl.Series, is_match: pl.Series) -> dict[str, float]:
    """Share judged right at .5; the most that one threshold reaches, and that threshold; errors at .5 by side."""
    right = {step / _STEPS: int(((told >= step / _STEPS) == is_match).sum()) for step in range(_STEPS + 1)}
    best = max(right, key=lambda threshold: right[threshold])
    missed, wrong = int((told.filter(is_match) < 0.5).sum()), int((told.filter(~is_match) >= 0.5).sum())
    n = len(told)
    return {"at_half": right[0.5] / n, "best": right[best] / n, "best_at": best, "missed": missed, "wrong": wrong}


def _together(everybody: Subjects, n: int) -> pl.Series:
    """As ``_alone``, but all names in one file: what is frequent among them counts less."""
    rows = pl.DataFrame({"a": range(n), "b": range(n, 2 * n)}, schema={"a": pl.UInt32, "b": pl.UInt32})
    kinds = everybody.facets["entity"]
    told = score(everybody, rows, starting_beliefs(everybody.lines))["probability"]
    is_somebody = kinds.gather(rows["a"]).is_not_null() & kinds.gather(rows["b"]).is_not_null()
    return told.zip_with(is_somebody, pl.repeat(0.0, n, eager=True))


def _alone(everybody: Subjects, n: int) -> pl.Series:
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
