"""Which policy holds for a field, and which cells an earlier enrichment wrote and nobody touched since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from crmclean.core.enrichment import FILL, PROPOSE, policy_key
from crmclean.table import Normalised

# What an earlier enrichment says of a cell it wrote.
WRITTEN_SCHEMA = {"row": pl.UInt32, "column": pl.String, "after": pl.String}


@dataclass(frozen=True, slots=True)
class Policies:
    """What happens to a cell.

    Attributes:
        default: for fields that have none of their own.
        fields: by ``core.enrichment.POLICY_KEYS``.
        written: ``WRITTEN_SCHEMA``: the cells earlier enrichments wrote, by the rows of this export; each once.
    """

    default: str = FILL
    fields: Mapping[str, str] = field(default_factory=dict)
    written: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=WRITTEN_SCHEMA))

    def of(self, name: str) -> str:
        """The policy of a field."""
        return self.fields.get(policy_key(name), self.default)

    def is_own(self, column: str, rows: pl.Series, raw: pl.Series) -> pl.Series:
        """Whether cells still hold what an earlier enrichment wrote.

        Args:
            column: unique column name.
            rows: 1-based, n.
            raw: what stands there, n.
        """
        known = self.written.filter(pl.col("column") == column).select("row", "after")
        cells = pl.DataFrame([rows.alias("row"), raw.alias("raw")])
        found = cells.join(known, on="row", how="left", maintain_order="left")
        return (found["after"] == found["raw"]).fill_null(value=False)


def written_before(cleaned: Normalised, earlier: Sequence[tuple[pl.DataFrame, str]]) -> pl.DataFrame:
    """The cells earlier enrichments wrote, by the rows of this export; ``WRITTEN_SCHEMA``.

    Records are known by their ids. Where they have none, an earlier run counts only if this export is the very file it
    wrote: else its rows may be others.

    Args:
        cleaned: the export.
        earlier: rows of ``enrichment.csv`` and the SHA-256 of the enriched file of each run, the oldest first.
    """
    ids = next((cleaned.table.frame[c.name] for c in cleaned.columns if c.field == "record_id"), None)
    parts = []
    for rows, sha256 in earlier:
        wrote = rows.filter((pl.col("policy") != PROPOSE) & pl.col("column").is_not_null())
        if ids is not None:
            own = pl.DataFrame([ids.alias("record_id")]).with_row_index("row", offset=1)
            own = own.filter(pl.col("record_id").is_not_null() & ~pl.col("record_id").is_duplicated())
            parts.append(wrote.drop("row").join(own, on="record_id", maintain_order="left"))
        elif sha256 == cleaned.table.file.sha256:
            parts.append(wrote)
    if not parts:
        return pl.DataFrame(schema=WRITTEN_SCHEMA)
    cells = pl.concat([part.select(list(WRITTEN_SCHEMA)).cast(pl.Schema(WRITTEN_SCHEMA)) for part in parts])
    return cells.unique(["row", "column"], keep="last", maintain_order=True)
