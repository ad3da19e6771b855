"""Why two records match, or not, in a person's words."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from crmclean.core.language import Language, Text
from crmclean.core.registry import FIELDS
from crmclean.evidence import Line

_AGAINST = Text("against: ", "dagegen: ")
_CONTRADICTS = Text("contradicts", "widerspricht")
_TELLING_BITS = 1.0  # what weighs less is not worth a word


def reasons(scored: pl.DataFrame, lines: Mapping[str, Line], language: Language) -> pl.Series:
    """One line a pair: what speaks for it, what against, and the ids that contradict.

    Args:
        scored: see ``scoring.score``, with ``schemes`` of ``veto.contradictions``.
        lines: of the balance.
        language: of the words.

    Returns:
        ``String``, n; no values of the data.
    """
    if not lines:
        return pl.repeat("", scored.height, dtype=pl.String, eager=True)
    speaks: dict[bool, list[pl.Expr]] = {True: [], False: []}
    for name, line in lines.items():
        bits = pl.col(f"{name}.bits")
        for number, level in enumerate(line.levels, start=1):
            words = pl.lit(f"{line.title.said(language)} {level.says.said(language)}")
            told = pl.col("schemes").str.split(" ").list.contains(name)  # said as a contradiction already
            for is_for, telling in ((True, bits >= _TELLING_BITS), (False, (bits <= -_TELLING_BITS) & ~told)):
                speaks[is_for].append(pl.when((pl.col(name) == number) & telling).then(words))
    vetoes = [
        pl.when(pl.col("schemes").str.split(" ").list.contains(name)).then(
            pl.lit(f"{FIELDS[name].title.said(language)} {_CONTRADICTS.said(language)}")
        )
        for name in FIELDS
        if name in lines
    ]
    joined = {
        "pro": pl.concat_str(*speaks[True], separator=", ", ignore_nulls=True),
        "con": pl.concat_str(*vetoes, *speaks[False], separator=", ", ignore_nulls=True),
    }
    against = pl.when(pl.col("con") != "").then(pl.lit(_AGAINST.said(language)) + pl.col("con"))
    pro = pl.when(pl.col("pro") != "").then("pro")
    return scored.select(**joined).select(pl.concat_str(pro, against, separator="; ", ignore_nulls=True)).to_series()
