"""From levels to probabilities: the balance of every pair under each hypothesis."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import polars as pl

from crmclean.evidence import Compared, Line
from crmclean.matching.beliefs import Beliefs
from crmclean.matching.hypotheses import RELATIONS, Relation

_FLOOR = 1e-12


def total_of(relation: Relation) -> str:
    """Name of the column that sums up the bits of a relation."""
    return f"{relation.name} total"


TOTALS = tuple(total_of(relation) for relation in RELATIONS)


def line_weights(line: Line, compared: Compared, beliefs: Beliefs) -> pl.DataFrame:
    """Match weights of one line, in bits against strangers.

    Args:
        line: the line.
        compared: levels and chances of n pairs.
        beliefs: how often what is seen, possibly adapted to the file.

    Returns:
        ``Float64``, n rows: in ``one`` log2 of how much likelier the level is for one entity than for strangers; the
        same for the relations the line tells from strangers (``total_of``).
    """

    def by_level(of: Mapping[str, float]) -> pl.Series:
        return pl.Series([1.0, *(of[level.name] for level in line.levels)], dtype=pl.Float64).gather(compared.level)

    table = pl.DataFrame(
        [
            compared.level.alias("level"),
            compared.chance.clip(_FLOOR, 1.0).alias("chance"),
            by_level(beliefs.shares[line.name]).alias("share"),
        ]
    )
    share, chance = pl.col("share"), pl.col("chance")
    seen = {"one": share}
    for relation in RELATIONS:
        given = relation.shares.get(line.name)
        if isinstance(given, float):
            seen[total_of(relation)] = given * share + (1 - given) * chance
        elif given is not None:
            seen[total_of(relation)] = pl.lit(by_level(beliefs.of_relatives[line.name][relation.name]))
    silence = {total_of(relation): math.log2(relation.untold.get(line.name, 1.0)) for relation in RELATIONS}
    return table.select(
        pl.when(pl.col("level") > 0).then((likely / chance).log(2)).otherwise(silence.get(name, 0.0)).alias(name)
        for name, likely in seen.items()
    )


def unsaid(relation: Relation, lines: Collection[str]) -> float:
    """Bits by which a relation is less likely in a file without the lines it is told by."""
    return sum(math.log2(less) for line, less in relation.untold.items() if line not in lines)


def most_against(relation: Relation, line: Line, beliefs: Beliefs) -> float:
    """How many bits a line can speak for one entity against a relation, at most; infinite where it is no part of it."""
    given = relation.shares.get(line.name)
    if given is None:
        return math.inf
    if isinstance(given, float):
        return -math.log2(given)
    shares, of_relatives = beliefs.shares[line.name], beliefs.of_relatives[line.name][relation.name]
    return max(0.0, *(math.log2(shares[level.name] / of_relatives[level.name]) for level in line.levels))


def posterior(n_records: int, balance: pl.DataFrame, per_record: Mapping[str, float]) -> pl.DataFrame:
    """Probability that a pair is one entity, and of every other explanation.

    Args:
        n_records: subjects of the file: the more there are, the likelier is chance.
        balance: n rows with the sums of bits against strangers, ``one`` and ``TOTALS``, and ``is_company``.
        per_record: how many duplicates (``duplicate``) and relatives a record has on average.

    Returns:
        ``probability`` (0..1), ``bits`` (log2 odds), ``relation`` (the best other explanation, ``distinct`` for
        strangers) and the probability of each relation by name.
    """
    base = float(max(n_records, 2))
    names = [relation.name for relation in RELATIONS]
    columns = [
        (pl.col("one") + math.log2(per_record["duplicate"] / base)).alias("one"),
        pl.col("is_company").alias("company"),
        *((pl.col(total_of(r)) + math.log2(per_record[r.name] / base)).alias(r.name) for r in RELATIONS),
    ]
    fits = {
        relation.name: pl.when(pl.col("company") == (relation.entities == "company"))
        .then(relation.name)
        .otherwise(-999.0)
        for relation in RELATIONS
    }
    frame = balance.select(columns).with_columns(**fits).with_columns(distinct=pl.lit(0.0))
    others = [*names, "distinct"]
    frame = frame.with_columns(most=pl.max_horizontal(others))
    frame = frame.with_columns(
        bits=pl.col("one")
        - pl.col("most")
        - pl.sum_horizontal(pl.lit(2.0).pow((pl.col(name) - pl.col("most")).clip(-60.0, 0.0)) for name in others).log(2)
    )
    relation = pl.lit("distinct")
    for name in names:
        relation = pl.when(pl.col(name) >= pl.col("most")).then(pl.lit(name)).otherwise(relation)
    probability = 1 / (1 + pl.lit(2.0).pow(-pl.col("bits").clip(-60.0, 60.0)))
    given_one = (pl.col("one") - pl.col("bits")).alias("rest")  # log2 of the weight of all other explanations
    shares = {
        name: (1 - pl.col("probability")) * pl.lit(2.0).pow((pl.col(name) - given_one).clip(-60.0, 0.0))
        for name in names
    }
    return frame.with_columns(probability=probability, relation=relation.cast(pl.Categorical)).select(
        "probability", "bits", "relation", **shares
    )
