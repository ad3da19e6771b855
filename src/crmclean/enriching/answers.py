"""What the directories said, in one: of each record the one company that is meant, or that may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.directory import CONFIRMED_SCHEMA, MATCHES_SCHEMA, UNKNOWN_SCHEMA, About, Matches
from crmclean.matching.bands import AUTO, REVIEW, VETO
from crmclean.network.reasons import NOT_ASKED

DUPLICATE = "duplicate"  # the relation of the company itself
SUCCESSOR = "successor"  # of a company of the same name with another entry in the register
# Grades of companies of the same name and place, see ``directory.GRADED``.
_SAME_NAME_AND_PLACE = "^A..[AB]"


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of asking several directories one after another.

    Attributes:
        best: one row for each record of which a company is meant (band ``auto``) or may be (``review``):
            ``MATCHES_SCHEMA``, ``source`` (name of the directory), ``order`` (its place), ``n_alike`` (how many
            companies of the same band fit); sorted by number.
        companies: ``order``, ``source_id`` and canonical values by field name; each once.
        unknown: ``number``, ``reason``: nobody could say, and no other directory could either.
        confirmed: ``number``, ``field``, ``is_known``.
        vetoed: as ``best``: the likeliest company of each record without one that only an id tells apart.
        errors: why directories could not be used to the end, by name.
        n_asked: records that were asked about.
        n_looked_up: look-ups that were made now, kept answers not counted.
        n_kept: look-ups answered from what a killed run left.
    """

    best: pl.DataFrame
    companies: pl.DataFrame
    unknown: pl.DataFrame
    confirmed: pl.DataFrame
    vetoed: pl.DataFrame
    errors: tuple[tuple[str, str], ...] = ()
    n_asked: int = 0
    n_looked_up: int = 0
    n_kept: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether every directory answered all that it can be asked; what it does not cover is no failure."""
        return not self.errors and self.unknown["reason"].is_in(sorted(NOT_ASKED)).all()


def nothing() -> Matches:
    """No answer to no question."""
    return Matches(
        pl.DataFrame(schema=dict(MATCHES_SCHEMA)),
        pl.DataFrame(schema={"source_id": pl.String}),
        pl.DataFrame(schema=UNKNOWN_SCHEMA),
        pl.DataFrame(schema=CONFIRMED_SCHEMA),
    )


def together(parts: Sequence[Matches]) -> Matches:
    """The answers to several pieces of one question."""
    if not parts:
        return nothing()
    companies = pl.concat([part.companies for part in parts], how="diagonal")
    return Matches(
        pl.concat([part.found.select(list(MATCHES_SCHEMA)).cast(pl.Schema(MATCHES_SCHEMA)) for part in parts]),
        companies.unique("source_id", keep="first", maintain_order=True),
        pl.concat([part.unknown.select(list(UNKNOWN_SCHEMA)).cast(pl.Schema(UNKNOWN_SCHEMA)) for part in parts]),
        pl.concat([part.confirmed.select(list(CONFIRMED_SCHEMA)).cast(pl.Schema(CONFIRMED_SCHEMA)) for part in parts]),
    )


def found_for_sure(matches: Matches) -> pl.Series:
    """The records whose company is known without a question."""
    sure = matches.found.filter((pl.col("band") == AUTO) & (pl.col("relation") == DUPLICATE))
    return sure["number"].unique(maintain_order=True)


def gathered(
    told: Sequence[tuple[About, Matches]],
    *,
    errors: Sequence[tuple[str, str]] = (),
    n_asked: int = 0,
    n_looked_up: int = 0,
    n_kept: int = 0,
) -> Answers:
    """One answer out of those of all directories, the first of which is trusted most."""
    found = [
        matches.found.with_columns(source=pl.lit(about.name), order=pl.lit(order, pl.UInt32))
        for order, (about, matches) in enumerate(told)
    ]
    companies = [
        matches.companies.with_columns(order=pl.lit(order, pl.UInt32)) for order, (_, matches) in enumerate(told)
    ]
    everyone = pl.concat([matches.found for _, matches in told] or [nothing().found])
    unknown = pl.concat([matches.unknown for _, matches in told] or [nothing().unknown])
    # Who is found elsewhere, or known there not to be, has an answer all the same.
    sure = everyone.filter(pl.col("band") == AUTO)["number"]
    unknown = unknown.filter(~pl.col("number").is_in(sure.implode()))
    schema = {**MATCHES_SCHEMA, "source": pl.String, "order": pl.UInt32}
    everything = pl.concat(found) if found else pl.DataFrame(schema=schema)
    best = _best(everything)
    return Answers(
        best=best,
        vetoed=_vetoed(everything, best),
        companies=pl.concat(companies, how="diagonal") if companies else nothing().companies,
        unknown=unknown.unique("number", keep="first", maintain_order=True).sort("number"),
        confirmed=pl.concat([matches.confirmed for _, matches in told] or [nothing().confirmed]),
        errors=tuple(errors),
        n_asked=n_asked,
        n_looked_up=n_looked_up,
        n_kept=n_kept,
    )


def _vetoed(found: pl.DataFrame, best: pl.DataFrame) -> pl.DataFrame:
    """Companies that would have been meant, were it not for an id."""
    told_apart = (pl.col("band") == VETO) | (pl.col("relation") == SUCCESSOR)
    others = found.filter(told_apart & ~pl.col("number").is_in(best["number"].implode()))
    alike = others.filter(pl.col("grade").str.contains(_SAME_NAME_AND_PLACE))
    ranked = alike.sort("number", "order", "probability", "source_id", descending=[False, False, True, False])
    return ranked.unique("number", keep="first", maintain_order=True)


def _best(found: pl.DataFrame) -> pl.DataFrame:
    """The likeliest company of each record: a sure one first, then by directory, then by probability."""
    itself = found.filter(pl.col("band").is_in([AUTO, REVIEW]) & (pl.col("relation") == DUPLICATE))
    ranked = itself.sort(
        "number", pl.col("band") != AUTO, "order", pl.col("probability"), "source_id",
        descending=[False, False, False, True, False], maintain_order=True,
    )  # fmt: skip
    alike = ranked.with_columns(n_alike=pl.len().over("number", "band", "order"))
    best = alike.unique("number", keep="first", maintain_order=True).sort("number", maintain_order=True)
    # Two sure companies of one record are none.
    is_torn = (pl.col("band") == AUTO) & (pl.col("n_alike") > 1)
    return best.with_columns(band=pl.when(is_torn).then(pl.lit(REVIEW)).otherwise("band"))
