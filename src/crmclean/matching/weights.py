"""From levels to probabilities: the balance of every pair under each hypothesis."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.evidence import Compared, Line
from crmclean.matching.hypotheses import RELATIONS

_FLOOR = 1e-12


def line_weights(line: Line, compared: Compared, shares: Mapping[str, float]) -> tuple[pl.Series, dict[str, pl.Series]]:
    """Match weights of one line, in bits against strangers.

    Args:
        line: the line.
        compared: levels and chances of n pairs.
        shares: by level, see ``Level.share``; possibly adapted to the file.

    Returns:
        ``Float64``, n: log2 of how much likelier the level is for one entity than for strangers; and the same for
        each relation by name.
    """
    table = pl.DataFrame([compared.level.alias("level"), compared.chance.clip(_FLOOR, 1.0).alias("chance")])
    one = [1.0, *(shares[level.name] for level in line.levels)]
    number = pl.col("level").cast(pl.Int64)

    def of(by_level: Sequence[float]) -> pl.Expr:
        return number.replace_strict(list(range(len(by_level))), list(by_level), return_dtype=pl.Float64)

    known = pl.col("level") > 0
    share = of(one)
    weights = {"": pl.when(known).then((share / pl.col("chance")).log(2)).otherwise(0.0)}
    for relation in RELATIONS:
        given = relation.shares.get(line.name)
        if given is None:
            continue
        if isinstance(given, float):
            seen = given * share + (1 - given) * pl.col("chance")
        else:
            seen = of([1.0, *(given[level.name] for level in line.levels)])
        weights[relation.name] = pl.when(known).then((seen / pl.col("chance")).log(2)).otherwise(0.0)
    found = table.select(**{name or "one": weight for name, weight in weights.items()})
    return found["one"], {name: found[name] for name in weights if name}


def posterior(
    n_records: int,
    one: pl.Series,
    related: Mapping[str, pl.Series],
    is_company: pl.Series,
    per_record: Mapping[str, float],
) -> pl.DataFrame:
    """Probability that a pair is one entity, and of every other explanation.

    Args:
        n_records: subjects of the file: the more there are, the likelier is chance.
        one: total bits for one entity against strangers, n.
        related: total bits of each relation against strangers, n each.
        is_company: whether the pair is one of companies.
        per_record: how many duplicates (``duplicate``) and relatives a record has on average.

    Returns:
        ``probability`` (0..1), ``bits`` (log2 odds), ``relation`` (the best other explanation, ``distinct`` for
        strangers) and the probability of each relation by name.
    """
    base = float(max(n_records, 2))
    names = [relation.name for relation in RELATIONS]
    columns = [(one + math.log2(per_record["duplicate"] / base)).alias("one"), is_company.alias("company")]
    columns += [(related[name] + math.log2(per_record[name] / base)).alias(name) for name in names]
    fits = {
        relation.name: pl.when(pl.col("company") == (relation.entities == "company"))
        .then(relation.name)
        .otherwise(-999.0)
        for relation in RELATIONS
    }
    frame = pl.DataFrame(columns).with_columns(**fits).with_columns(distinct=pl.lit(0.0))
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
