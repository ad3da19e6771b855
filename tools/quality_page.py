"""The page on how right the duplicates are, from the figures ``python -m benchmarks.matching --store`` keeps."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

STORE = Path(__file__).parents[1] / "benchmarks" / "quality.json"
_MADE = ("office", "web")
_CURVES = ("febrl3", "splink-fake1000", "office-100000", "web-100000")
_INTRO = """\
# How right the duplicates are

Figures of `python -m benchmarks.matching --store`, one configuration for all: no labels, no thresholds, no rules
given. Columns are mapped by hand only where their names mean nothing. *Automatic* are the clusters of
`duplicates.csv`; *with review* is what comes of saying yes to every pair of the band `review`, wrong ones included.
Clusters in which two valid ids contradict, over all sets: {vetoed}. `crmclean evaluate` gives the same figures for
your own data ([how](evaluating.md)).

## Sets of others

Public sets with known duplicates; they are not part of this project. Of sets marked * only some duplicates are known,
so precision and F1 are lower bounds.

"""
_GENERATED = """
## Exports whose duplicates were made

`python -m benchmarks.duplicates` makes contacts, people and companies with colleagues, families, sister companies,
general partners, branches, namesakes in other towns, function mailboxes and tax advisers' addresses, and copies them
with the slips of two different worlds: `office` (typing, old spellings, moves) and `web` (forms filled in by
customers). The engine may be tuned on `office`; `web` is the one to believe.

"""
_CALIBRATION = """
## Does the probability mean what it says?

For each range of probabilities: the mean of what was said, the share that was right, and the number of pairs. Pairs
between .1 and .97 are few, and there the figures are rough: on real sets matching is too modest, on made ones too
bold.

"""


def quality_page() -> str:
    """Every stored set, and the reliability curves of four."""
    stored: dict[str, Any] = json.loads(STORE.read_text("utf-8"))
    sets = {name: told for name, told in stored.items() if "auto" in told}
    made = sorted((name for name in sets if name.split("-")[0] in _MADE), key=lambda name: sets[name]["records"])
    others = [name for name in sets if name not in made]
    curves = [_curve(name, sets[name]["reliability"]) for name in _CURVES if name in sets]
    vetoed = sum(told["contradicting_merges"] for told in sets.values())
    return (
        _INTRO.format(vetoed=vetoed)
        + _sets(sets, others)
        + _GENERATED
        + _sets(sets, made)
        + _CALIBRATION
        + "\n".join(curves)
    )


def _sets(sets: Mapping[str, Any], names: Sequence[str]) -> str:
    head = (
        "| set | records | true pairs | automatic: precision | recall | F1 | with review: precision | recall | F1 |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    )
    return head + "".join(_row(name, sets[name]) for name in names)


def _row(name: str, told: Mapping[str, Any]) -> str:
    shares = [told[part][figure] for part in ("auto", "accepted") for figure in ("p", "r", "f1")]
    mark = "*" if told["truth_is_partial"] else ""
    cells = [f"{name}{mark}", f"{told['records']:,}", f"{told['true_pairs']:,}", *(f"{share:.3f}" for share in shares)]
    return "| " + " | ".join(cells) + " |\n"


def _curve(name: str, bins: Sequence[Mapping[str, Any]]) -> str:
    rows = "".join(f"| {each['said']:.3f} | {each['right']:.3f} | {each['n']:,} |\n" for each in bins)
    return f"### {name}\n\n| said | right | pairs |\n| ---: | ---: | ---: |\n{rows}"
