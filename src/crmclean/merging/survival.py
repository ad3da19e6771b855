"""Which record's value survives: the best by the criteria of the rule, and which of them decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.merging.criteria import CRITERIA, Candidates, candidates
from crmclean.merging.members import Members
from crmclean.merging.units import Unit
from crmclean.table import Verdict

# What decided where no criterion had to, or none could.
NOTHING, ONLY, SAME, TEXT, JOINED, MOVED = "nothing", "only", "same", "order", "joined", "room"
JOINT = "; "


@dataclass(frozen=True, slots=True)
class Survivor:
    """One column of the golden records; all series have n_clusters entries.

    Attributes:
        name: of the column.
        text: what is written.
        member: ``UInt32``: position of the member it comes from.
        decided: ``String``: the criterion that decided, or one of the words above.
        others: names of the columns in which a value of this one may stand instead.
        keeps_all: whether every value of the cluster stands in the text.
    """

    name: str
    text: pl.Series
    member: pl.Series
    decided: pl.Series
    others: tuple[str, ...] = ()
    keeps_all: bool = False


def survivors(members: Members, unit: Unit) -> list[Survivor]:
    """The golden cells of a unit that is no list."""
    one = candidates(members, unit)
    winner, decided = _winners(one)
    if unit.rule.unites:
        return [_joined(one, winner, decided)]
    return [Survivor(name, members.cells[name].gather(winner), winner, decided) for name in unit.names]


def offered(one: Candidates) -> pl.DataFrame:
    """The members that have something to offer: ``m``, ``cluster``, ``key``, ``text``; sorted by ``m``."""
    rows = one.members.rows.select("cluster").with_row_index("m").with_columns(key=one.key, text=one.text)
    return rows if one.unit.rule.takes_empty else rows.filter(one.filled)


def ordered(one: Candidates, rows: pl.DataFrame, first: Sequence[str] = ("cluster",)) -> pl.DataFrame:
    """Rows of ``offered``, the best of each cluster first, with one column a criterion.

    What the records say breaks ties before their place does: the order of the rows decides between equal texts only.
    """
    order = one.unit.rule.order
    ranked = rows.with_columns(CRITERIA[name](one).gather(rows["m"]).alias(name) for name in order)
    return ranked.sort(*first, *order, "text", "m")


def decided_by(best: pl.DataFrame, rival: pl.DataFrame, on: Sequence[str], order: Sequence[str]) -> pl.Series:
    """What put each best one before its best rival: ``String``, one entry a row of ``best``; null without a rival."""
    beside = best.join(rival, on=on, how="left", suffix=".rival", maintain_order="left")
    reasons = [pl.when(pl.col(name) < pl.col(f"{name}.rival")).then(pl.lit(name)) for name in order]
    has_rival = pl.col("m.rival").is_not_null()
    said = pl.when(has_rival).then(pl.coalesce(*reasons, pl.lit(TEXT)))
    return beside.select(said.alias("decided")).to_series()


def _winners(one: Candidates) -> tuple[pl.Series, pl.Series]:
    """Per cluster the member that wins, and what decided."""
    rows, members = offered(one), one.members
    primary = members.rows.with_row_index("m").filter("is_primary").select("cluster", primary="m")
    found = rows.group_by("cluster", maintain_order=True).agg(
        n=pl.len(), lowest=pl.col("text").min(), highest=pl.col("text").max(), first=pl.col("m").first()
    )
    contested = found.filter(pl.col("lowest").ne_missing(pl.col("highest"))).select("cluster")
    spread = primary.join(found, on="cluster", how="left", maintain_order="left")
    # Where all say the same the surviving record keeps its own cell, if it has one.
    has_own = pl.col("primary").is_in(rows["m"].implode())
    spread = spread.select(
        "cluster",
        m=pl.when(has_own).then("primary").otherwise(pl.coalesce("first", "primary")),
        decided=pl.when(pl.col("n").is_null()).then(pl.lit(NOTHING)).when(pl.col("n") == 1).then(pl.lit(ONLY))
        .otherwise(pl.lit(SAME)),
    )  # fmt: skip
    if not contested.height:
        return spread["m"], spread["decided"]
    best = _best(one, rows.join(contested, on="cluster", how="semi", maintain_order="left"))
    spread = spread.join(best, on="cluster", how="left", suffix=".best", maintain_order="left")
    won = spread.select(pl.coalesce("m.best", "m").alias("m"), pl.coalesce("decided.best", "decided").alias("decided"))
    return won["m"], won["decided"]


def _best(one: Candidates, rows: pl.DataFrame) -> pl.DataFrame:
    """Of contested clusters ``cluster``, ``m`` and ``decided``."""
    ranked = ordered(one, rows)
    best = ranked.unique("cluster", keep="first", maintain_order=True)
    beside = ranked.join(best.select("cluster", won="key"), on="cluster", maintain_order="left")
    rivals = beside.filter(pl.col("key").ne_missing(pl.col("won"))).unique("cluster", keep="first", maintain_order=True)
    decided = decided_by(best, rivals, ["cluster"], one.unit.rule.order)
    best = best.select("cluster", "m").with_columns(decided=decided.fill_null(SAME))
    return _fuller(one, ranked, best) if one.unit.needed else best


def _fuller(one: Candidates, ranked: pl.DataFrame, best: pl.DataFrame) -> pl.DataFrame:
    """A record that says all the best one says, and more, stands for it: nothing is mixed, and nothing missing."""
    members, names = one.members, one.unit.names
    keys, verdicts = members.keys.select(names), members.verdicts.select(names)
    n_filled = keys.select(pl.sum_horizontal(pl.all().is_not_null())).to_series()
    n_broken = verdicts.select(pl.sum_horizontal(pl.all() == int(Verdict.INVALID))).to_series()
    beside = ranked.select("cluster", "m").join(best.select("cluster", won="m"), on="cluster", maintain_order="left")
    mine, its = beside["m"], beside["won"]
    says_as_much = [
        keys[name].gather(its).is_null() | (keys[name].gather(its) == keys[name].gather(mine)).fill_null(value=False)
        for name in names
    ]
    is_fuller = n_filled.gather(mine) > n_filled.gather(its)
    is_no_worse = n_broken.gather(mine) <= n_broken.gather(its)
    as_much = pl.select(pl.all_horizontal(says_as_much)).to_series()
    fuller = (
        beside.with_columns(n=n_filled.gather(mine))
        .filter(as_much & is_fuller & is_no_worse)
        .sort("cluster", "n", descending=[False, True], maintain_order=True)
        .unique("cluster", keep="first", maintain_order=True)
        .select("cluster", fuller="m")
    )
    return best.join(fuller, on="cluster", how="left", maintain_order="left").select(
        "cluster", m=pl.coalesce("fuller", "m"), decided="decided"
    )


def _joined(one: Candidates, winner: pl.Series, decided: pl.Series) -> Survivor:
    """All different values of each cluster in one text."""
    name = one.unit.names[0]
    ranked = ordered(one, offered(one)).unique(["cluster", "key"], keep="first", maintain_order=True)
    texts = ranked.group_by("cluster", maintain_order=True).agg(joined=pl.col("text").str.strip_chars(), n=pl.len())
    own = one.members.cells[name].gather(winner)
    clusters = one.members.rows.select("cluster").unique(maintain_order=True)
    spread = clusters.join(texts, on="cluster", how="left", maintain_order="left").with_columns(own=own, why=decided)
    is_several = pl.col("n") > 1
    text = pl.when(is_several).then(pl.col("joined").list.join(JOINT)).otherwise("own").alias(name)
    why = pl.when(is_several).then(pl.lit(JOINED)).otherwise("why").alias("decided")
    said = spread.select(text, why)
    return Survivor(name, said[name], winner, said["decided"], keeps_all=True)
