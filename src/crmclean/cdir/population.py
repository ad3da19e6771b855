"""How frequent values are among the companies of a directory."""

from __future__ import annotations

import polars as pl

from crmclean.cdir.file import DirectoryFile
from crmclean.cdir.index import value_key
from crmclean.cdir.towns import shares

# A small directory is a sample: that two of its five companies are called alike does not make the name frequent.
LEAST = 2_000
TOWN = "city"  # the facet of towns


class DirectoryPopulation:
    """The companies of a directory as the population chance is measured by; see ``evidence.Population``."""

    def __init__(self, file: DirectoryFile) -> None:
        self._file = file
        self.n_entities = file.n_companies

    def holders(self, facet: str, values: pl.Series) -> pl.Series:
        """How many companies hold each value; 1 for one that is in the directory once, or not at all."""
        keyed = value_key(facet, values.cast(pl.String)).alias("key").to_frame()
        known = self._file.frequencies(keyed["key"])
        found = keyed.join(known, on="key", how="left", maintain_order="left")
        n = pl.when(pl.col("key").is_not_null()).then(pl.col("n").fill_null(1))
        counted = found.select(n.cast(pl.Float64).alias(facet)).to_series()
        return self._of_towns(values, counted) if facet == TOWN else counted

    def _of_towns(self, values: pl.Series, counted: pl.Series) -> pl.Series:
        """At least as many as so large a town has anywhere."""
        share = values.replace_strict(shares(), default=0.0, return_dtype=pl.Float64) * self.n_filled(TOWN)
        return (
            pl.DataFrame([counted.alias("n"), share.alias("share")])
            .select(pl.when(pl.col("n").is_not_null()).then(pl.max_horizontal("n", "share")).alias(TOWN))
            .to_series()
        )

    def n_filled(self, facet: str) -> float:
        """How many companies hold any value of the facet; at least ``LEAST``."""
        return float(max(self._file.filled.get(facet, 0), LEAST))
