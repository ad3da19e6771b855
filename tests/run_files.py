"""What ``run`` writes into its folder for a CSV export."""

from __future__ import annotations

RUN_FILES = frozenset(
    (
        *("cleaned.csv", "findings.csv", "changes.csv", "rejects.csv"),
        *("pairs.csv", "duplicates.csv", "relations.csv", "accounts.csv", "decisions.csv"),
        *("golden.csv", "golden_provenance.csv", "merge_map.csv"),
        *("report.html", "report.json", "manifest.json"),
    )
)
