"""How right clusters and probabilities are, against a known truth.

Pairwise figures ask of every two records whether they were rightly put together; B³ asks the same from the side of
every record, so that one large cluster does not decide all (Bagga and Baldwin 1998). Pairs are counted by the sizes of
groups and not formed, so a cluster of 100,000 records costs no more than 100,000 records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

# Lower edges of the bins of probability, 0..1; the first bin begins at 0. Narrow where a merge is decided.
BINS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
_Z = 1.959964  # of the standard normal distribution: an interval of 95 %


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Pairs of records, counted.

    Attributes:
        found: put together.
        right: of those, the ones that are one entity.
        wanted: pairs that are one entity.
    """

    found: int
    right: int
    wanted: int

    @property
    def precision(self) -> float | None:
        """Right of found, 0..1; ``None`` where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Right of wanted, 0..1; ``None`` where there is nothing to find."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both, 0..1; 0 where pairs are found or wanted and none is right."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else None


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision and recall averaged over records, 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known about the records of a set: of each the entity it is.

    Attributes:
        entity: n_rows: equal where two records are one entity; null where that is not known of a record: it is left
            out of every figure.
        side: n_rows: which file a record is of, where only pairs across two files count; ``None``: all count.
        is_partial: only some duplicates are known: what else is found may be right.
    """

    entity: pl.Series
    side: pl.Series | None = None
    is_partial: bool = False

    def n_pairs(self) -> int:
        """Pairs of records that are one entity."""
        return _n_pairs([self.entity], self.entity, self.side)

    def counts(self, clusters: pl.Series) -> PairCounts:
        """The pairs of clusters (n_rows: equal where two records were put together)."""
        found = _n_pairs([clusters], self.entity, self.side)
        return PairCounts(found, _n_pairs([clusters, self.entity], self.entity, self.side), self.n_pairs())

    def across(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Those of the pairs ``a``, ``b`` (rows) that count."""
        if self.side is None:
            return pairs
        return pairs.filter(self.side.gather(pairs["a"]) != self.side.gather(pairs["b"]))

    def labelled(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """The pairs that count and are known, with ``right``: whether both are one entity."""
        across = self.across(pairs)
        right = self.entity.gather(across["a"]) == self.entity.gather(across["b"])
        return across.with_columns(right=right).drop_nulls("right")

    def true_pairs(self) -> pl.DataFrame:
        """All pairs that are one entity: ``a`` < ``b``, ``UInt32`` rows. As many as the squares of the entities."""
        rows = pl.DataFrame({"entity": self.entity}).with_row_index("a")
        joined = rows.join(rows.rename({"a": "b"}), on="entity", maintain_order="left").filter(
            pl.col("a") < pl.col("b")
        )
        return self.across(joined.select("a", "b"))

    def some_missed(self, clusters: pl.Series) -> pl.DataFrame:
        """Of each entity that lies in several clusters one missed pair for each but the first: ``a`` < ``b``, rows."""
        parts = (
            pl.DataFrame({"entity": self.entity, "cluster": clusters})
            .with_row_index("b")
            .drop_nulls("entity")
            .unique(["entity", "cluster"], keep="first", maintain_order=True)
            .with_columns(a=pl.col("b").shift().over("entity"))
        )
        return self.across(parts.drop_nulls("a").select("a", "b"))


@dataclass(frozen=True, slots=True)
class PairTruth:
    """What is known about some pairs of records, and of no other.

    Attributes:
        pairs: ``a`` < ``b`` (``UInt32`` rows), ``same``; each pair once.
    """

    pairs: pl.DataFrame

    def counts(self, clusters: pl.Series) -> PairCounts:
        """The known pairs in clusters (n_rows: equal where two records were put together)."""
        together = clusters.gather(self.pairs["a"]) == clusters.gather(self.pairs["b"])
        same = self.pairs["same"]
        return PairCounts(int(together.sum()), int((together & same).sum()), int(same.sum()))

    def labelled(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Those of the pairs ``a`` < ``b`` that are known, with ``right``: whether both are one entity."""
        known = self.pairs.rename({"same": "right"})
        return pairs.join(known, on=["a", "b"], how="inner", maintain_order="left")

    def some_missed(self, clusters: pl.Series) -> pl.DataFrame:
        """The missed pairs: ``a`` < ``b``, rows."""
        apart = clusters.gather(self.pairs["a"]) != clusters.gather(self.pairs["b"])
        return self.pairs.filter(apart & self.pairs["same"]).select("a", "b")


def b_cubed(clusters: pl.Series, truth: Truth) -> BCubed:
    """B³: of each record's cluster how much is its entity, and of its entity how much its cluster."""
    frame = pl.DataFrame({"found": clusters, "truth": truth.entity}).drop_nulls("truth")
    shares = frame.select(  # no record: nothing is wrong
        both=pl.len().over("found", "truth"), found=pl.len().over("found"), truth=pl.len().over("truth")
    ).select(p=(pl.col("both") / pl.col("found")).mean(), r=(pl.col("both") / pl.col("truth")).mean())
    p, r = shares.row(0)
    return BCubed(1.0 if p is None else p, 1.0 if r is None else r)


def exact_clusters(clusters: pl.Series, truth: Truth) -> tuple[int, int]:
    """How many entities of several records are one cluster, whole and with nothing else; and how many there are."""
    frame = pl.DataFrame({"found": clusters, "truth": truth.entity}).drop_nulls("truth")
    sizes = frame.select(
        "truth", both=pl.len().over("found", "truth"), found=pl.len().over("found"), n=pl.len().over("truth")
    ).filter(pl.col("n") > 1)
    entities = sizes.unique("truth", keep="first", maintain_order=True)
    whole = (pl.col("both") == pl.col("n")) & (pl.col("found") == pl.col("n"))
    return entities.filter(whole).height, entities.height


def by_band(pairs: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Of each ``band`` how many pairs it holds (``n``) and how many of them are ``right`` (``p``, 0..1)."""
    bands = pairs.drop_nulls("band").group_by("band").agg(n=pl.len(), p=pl.col("right").mean()).sort("band")
    return {row["band"]: {"n": row["n"], "p": row["p"]} for row in bands.iter_rows(named=True)}


def reliability(pairs: pl.DataFrame) -> list[dict[str, float]]:
    """What pairs of a probability are worth: per bin ``n``, the mean of what was said and the share that is right."""
    number = pl.sum_horizontal(pl.col("probability") >= edge for edge in BINS)
    bins = pairs.group_by(number.alias("bin")).agg(
        n=pl.len(), said=pl.col("probability").mean(), right=pl.col("right").mean()
    )
    return [dict(row) for row in bins.sort("said").select("n", "said", "right").iter_rows(named=True)]


def calibration_error(curve: Sequence[Mapping[str, float]]) -> float:
    """Of the bins of ``reliability`` the mean distance of said and right, weighted by pairs. 0 is perfect.

    The lowest bin is left out: where all pairs are kept it holds nearly all of them and would hide every error.
    """
    told = [each for each in curve if each["said"] >= BINS[0]]
    n = sum(each["n"] for each in told)
    return sum(each["n"] * abs(each["said"] - each["right"]) for each in told) / n if n else 0.0


def wilson(n_right: int, n: int) -> tuple[float, float]:
    """The interval in which a share lies with 95 %, given how many of n were right (Wilson 1927).

    >>> [round(edge, 3) for edge in wilson(9, 10)], wilson(0, 0)
    ([0.596, 0.982], (0.0, 1.0))
    """
    if not n:
        return 0.0, 1.0
    share, z = n_right / n, _Z * _Z / n
    middle = (share + z / 2) / (1 + z)
    half = _Z / (1 + z) * (share * (1 - share) / n + z / (4 * n)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def _n_pairs(labels: Sequence[pl.Series], known: pl.Series, side: pl.Series | None) -> int:
    """Pairs of known records that are equal in all labels, and of different sides."""
    frame = pl.DataFrame([label.alias(f"{at}") for at, label in enumerate(labels)]).filter(known.is_not_null())
    if side is None:
        return _n_equal(frame)
    return _n_equal(frame) - _n_equal(frame.with_columns(side=side.filter(known.is_not_null())))


def _n_equal(frame: pl.DataFrame) -> int:
    n = pl.col("n").cast(pl.Int64)
    return int(frame.group_by(frame.columns).agg(n=pl.len()).select((n * (n - 1) // 2).sum()).item())
