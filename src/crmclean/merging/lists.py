"""Phones, e-mail addresses, websites: a record has several, and no column of them belongs to one value alone."""

from __future__ import annotations

import polars as pl

from crmclean.merging.criteria import candidates
from crmclean.merging.members import Members
from crmclean.merging.survival import MOVED, NOTHING, ONLY, SAME, Survivor, decided_by, offered, ordered
from crmclean.merging.units import Unit


def listed(members: Members, unit: Unit) -> list[Survivor]:
    """The golden cells of columns that hold values of one kind.

    Each column keeps its best value. What has lost, and stands in no other of them, goes where nothing stands: to its
    own column first, then to the first one that is free. What finds no room is in the provenance alone.
    """
    entries = _entries(members, unit)
    held = entries.filter(pl.col("n") == 0)
    rest = entries.filter(pl.col("n") > 0).drop("slot").rename({"home": "slot"})
    held = held.drop("home")
    free = _free(members, unit, held)
    at_home = rest.unique(["cluster", "slot"], keep="first", maintain_order=True).join(
        free, on=["cluster", "slot"], how="semi", maintain_order="left"
    )
    rest = rest.join(at_home.select("cluster", "m", "slot", "key"), on=["cluster", "m", "slot", "key"], how="anti",
                     maintain_order="left")  # fmt: skip
    free = free.join(at_home, on=["cluster", "slot"], how="anti", maintain_order="left")
    numbered = free.with_columns(turn=pl.int_range(pl.len()).over("cluster"))
    moved = (
        rest.with_columns(turn=pl.int_range(pl.len()).over("cluster"))
        .drop("slot")
        .join(numbered, on=["cluster", "turn"], how="inner", maintain_order="left")
    )
    columns = ["cluster", "slot", "m", "text", "decided"]
    placed = pl.concat([held.select(columns), *(part.with_columns(decided=pl.lit(MOVED)).select(columns)
                                                 for part in (at_home, moved))])  # fmt: skip
    return [_survivor(members, unit, placed.filter(pl.col("slot") == slot), slot) for slot in range(len(unit.names))]


def _entries(members: Members, unit: Unit) -> pl.DataFrame:
    """Every different value of a cluster once.

    Returns:
        ``cluster``, ``slot`` and ``home`` (position of its column), ``m``, ``key``, ``text``, ``n`` (0: the best of its
        column), ``decided``; the better ones of a cluster first.
    """
    parts = []
    for slot, column in enumerate(unit.columns):
        one = candidates(members, Unit((column,), unit.rule, unit.order))
        ranked = ordered(one, offered(one)).unique(["cluster", "key"], keep="first", maintain_order=True)
        ranked = ranked.with_columns(n=pl.int_range(pl.len()).over("cluster"), slot=pl.lit(slot, pl.Int32))
        rival = ranked.filter(pl.col("n") == 1)
        decided = decided_by(ranked, rival, ["cluster"], unit.rule.order)
        n_filled = offered(one).group_by("cluster").len("n_filled")
        alone = ranked.join(n_filled, on="cluster", how="left", maintain_order="left")["n_filled"] == 1
        word = pl.select(pl.when(alone).then(pl.lit(ONLY)).otherwise(pl.lit(SAME))).to_series()
        ranked = ranked.with_columns(decided=decided.zip_with(decided.is_not_null(), word))
        parts.append(ranked.select("cluster", "slot", "m", "key", "text", "n", "decided"))
    every = pl.concat(parts).with_columns(home="slot").sort("cluster", "n", "slot", maintain_order=True)
    return every.unique(["cluster", "key"], keep="first", maintain_order=True)


def _free(members: Members, unit: Unit, held: pl.DataFrame) -> pl.DataFrame:
    """Columns of each cluster in which nothing stands: ``cluster``, ``slot``."""
    clusters = members.rows.select("cluster").unique(maintain_order=True)
    slots = pl.DataFrame({"slot": pl.arange(len(unit.names), eager=True, dtype=pl.Int32)})
    return clusters.join(slots, how="cross", maintain_order="left").join(
        held, on=["cluster", "slot"], how="anti", maintain_order="left"
    )


def _survivor(members: Members, unit: Unit, placed: pl.DataFrame, slot: int) -> Survivor:
    """One column: what was placed in it; where nothing was, the surviving record's own cell, unless its value moved."""
    name = unit.names[slot]
    primary = members.rows.with_row_index("primary").filter("is_primary").select("cluster", "primary")
    own = members.cells[name].gather(primary["primary"])
    # A value of its own that now stands in another column of the list is not written twice, unless it always was.
    own_keys = members.keys.select(unit.names)[primary["primary"]]
    twice = [pl.col(name) == pl.col(other) for other in unit.names if other != name]
    was_twice = own_keys.select(pl.any_horizontal(twice).fill_null(value=False)).to_series()
    has_value = members.has_something(name).gather(primary["primary"]) & ~was_twice
    blank = pl.lit("") if members.cells[name].null_count() == 0 else pl.lit(None, pl.String)
    spread = primary.with_columns(own=own, moved=has_value).join(
        placed.drop("slot"), on="cluster", how="left", maintain_order="left"
    )
    nothing = pl.col("m").is_null()
    said = spread.select(
        text=pl.when(~nothing).then("text").when("moved").then(blank).otherwise("own"),
        m=pl.coalesce("m", "primary"),
        decided=pl.when(nothing).then(pl.lit(NOTHING)).otherwise("decided"),
    )
    others = tuple(other for other in unit.names if other != name)
    return Survivor(name, said["text"].alias(name), said["m"], said["decided"], others)
