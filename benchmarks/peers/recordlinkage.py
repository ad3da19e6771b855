# mypy: ignore-errors
"""Record linkage with the ECM classifier over what ``benchmarks.matching --for-peers`` wrote.

    python -m benchmarks.peers.recordlinkage FILE.parquet

Needs recordlinkage and pyarrow, not crmclean. Unsupervised, as its documentation shows: exact blocks, similarities cut
to yes and no, and the classifier's probability. Blocks are capped: it would make all pairs of a switchboard.
"""

from __future__ import annotations

import sys
import warnings

import pandas as pd
import recordlinkage
from benchmarks.peers._scores import report

DEFAULT = 0.5  # the classifier's own cut
THRESHOLDS = (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.999999)
LARGEST_BLOCK = 50  # records
_BLOCKS = (
    *(("email",), ("phone",), ("mobile",), ("identifier",), ("vat_id",), ("company_name",)),
    *(("first_name", "last_name"), ("last_name", "date_of_birth"), ("first_name", "date_of_birth")),
    *(("last_name", "postal_code"), ("first_name", "postal_code"), ("last_name", "city"), ("street", "postal_code")),
)
_FUZZY = ("first_name", "last_name", "company_name", "street", "city", "email", "address_extra")
_EXACT = ("postal_code", "date_of_birth", "phone", "mobile", "identifier", "vat_id", "register_number", "house_number")
_ALIKE = 0.85  # Jaro-Winkler


def main() -> None:
    """Block, compare, classify, and print one line of JSON."""
    warnings.simplefilter("ignore")
    records = pd.read_parquet(sys.argv[1]).set_index("unique_id")
    truth = records.pop("truth").tolist()
    scored = [pair for _, some in records.groupby("is_company") for pair in _linked(some)]
    report("recordlinkage", scored, truth, DEFAULT, THRESHOLDS)


def _linked(records: pd.DataFrame) -> list[tuple[float, int, int]]:
    """Scored pairs of the companies or of the persons, from a classifier of their own."""
    records = records.dropna(axis="columns", how="all")
    pairs = _candidates(records)
    if pairs is None or not len(pairs):
        return []
    compare = recordlinkage.Compare()
    for name in records.columns:
        if name in _FUZZY:
            compare.string(name, name, method="jarowinkler", threshold=_ALIKE, label=name)
        elif name in _EXACT:
            compare.exact(name, name, label=name)
    vectors = compare.compute(pairs, records)
    vectors = vectors.loc[:, vectors.nunique() > 1]
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(vectors)
    told = classifier.prob(vectors)
    return list(zip(told.tolist(), told.index.get_level_values(0), told.index.get_level_values(1), strict=True))


def _candidates(records: pd.DataFrame) -> pd.MultiIndex:
    found = None
    for block in _BLOCKS:
        if not set(block) <= set(records.columns):
            continue
        columns = list(block)
        some = records.dropna(subset=list(block))
        size = some.groupby(columns)[columns[0]].transform("size")
        some = some[(size > 1) & (size <= LARGEST_BLOCK)]
        if len(some) > 1:
            pairs = recordlinkage.index.Block(columns).index(some)
            found = pairs if found is None else found.union(pairs)
    return found


if __name__ == "__main__":
    main()
