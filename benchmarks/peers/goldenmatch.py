# mypy: ignore-errors
"""goldenmatch without configuration over what ``benchmarks.matching --for-peers`` wrote.

    python -m benchmarks.peers.goldenmatch FILE.parquet

Needs goldenmatch and pyarrow, not crmclean. It configures itself; its clusters count as its default.
"""

from __future__ import annotations

import contextlib
import sys

import goldenmatch
import pyarrow.parquet as pq
from benchmarks.peers._scores import report

THRESHOLDS = tuple(percent / 100 for percent in range(50, 101, 5))


def main() -> None:
    """Deduplicate, and print one line of JSON."""
    records = pq.read_table(sys.argv[1])
    truth = records["truth"].to_pylist()
    with contextlib.redirect_stdout(sys.stderr):
        found = goldenmatch.dedupe_df(
            records.drop_columns(["truth", "unique_id"]), confidence_required=False, allow_red_config=True
        )
    clusters = list(range(records.num_rows))
    for cluster in found.clusters.values():
        for row in cluster["members"]:
            clusters[row] = cluster["members"][0]
    scored = [(score, a, b) for a, b, score in found.scored_pairs]
    report("goldenmatch", scored, truth, 0.0, THRESHOLDS, clusters)


if __name__ == "__main__":
    main()
