"""Bands: what is merged without a question, what is asked, what is forbidden, and what a pair is to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.core.field import Strength
from crmclean.core.registry import FIELDS
from crmclean.evidence import Line
from crmclean.formats.state import DIFFERENT, SAME
from crmclean.matching.subjects import COMPANY
from crmclean.matching.veto import REGISTER

KIND_BITS = 3.0  # a kind of evidence counts as independent support from this weight
PERSONAL, PERSONAL_BITS = ("date_of_birth", "identifier"), 8.0
SAME_NAME = (1, 2)  # levels of a company name: equal, and the same words
AUTO, REVIEW, VETO = "auto", "review", "veto"
DISTINCT = "distinct"  # the relation of strangers


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability (0..1) pairs are merged without a question, and from which they are shown."""

    auto: float = 0.99
    review: float = 0.6


def banded(scored: pl.DataFrame, lines: Mapping[str, Line], limits: Thresholds, entity: pl.Series) -> pl.DataFrame:
    """Adds ``band`` (null below the review threshold) and settles ``relation``.

    Args:
        scored: see ``scoring.score``, with the columns of ``veto.contradictions`` and ``decided``.
        lines: of the balance.
        limits: of the bands.
        entity: what each record is.
    """
    is_company = pl.lit(entity.gather(scored["a"]) == COMPANY)
    kinds = {line.kind for line in lines.values()}
    support = pl.sum_horizontal(
        pl.lit(0),
        *(
            pl.any_horizontal(pl.col(f"{name}.bits") >= KIND_BITS for name, line in lines.items() if line.kind == kind)
            for kind in sorted(kinds)
        ),
    )
    sure = [pl.col(name) == 1 for name in lines if name in FIELDS and FIELDS[name].strength is Strength.IDENTIFYING]
    enough = (support >= 2) | pl.any_horizontal(pl.lit(value=False), *sure)
    # Another form has another entry in the register: under the same number one of the two is miswritten.
    same_entry = pl.any_horizontal(pl.lit(value=False), *(pl.col(name) == 1 for name in REGISTER if name in lines))
    asks = pl.any_horizontal(
        pl.lit(value=False),
        *(
            pl.col(name).is_in([n for n, level in enumerate(line.levels, start=1) if level.asks])
            & (is_company == (line.names == COMPANY))
            & ~(same_entry if name == "legal_form" else pl.lit(value=False))
            for name, line in lines.items()
        ),
    )
    # A name can change; a birth date or a person's own key says that it is still the same person.
    personal = pl.any_horizontal(
        pl.lit(value=False),
        *((pl.col(name) == 1) & (pl.col(f"{name}.bits") >= PERSONAL_BITS) for name in PERSONAL if name in lines),
    )
    asks = asks & ~personal
    same_name = pl.col("company").is_in(SAME_NAME) if "company" in lines else pl.lit(value=False)
    successor = pl.col("register_only") & same_name
    high = (pl.col("probability") >= limits.review) | pl.col("decided").is_not_null()
    band = (
        pl.when((pl.col("decided") == DIFFERENT) | (pl.col("vetoed") & pl.col("decided").is_not_null()))
        .then(pl.lit(VETO))
        .when(pl.col("decided") == SAME)
        .then(pl.lit(AUTO))
        .when(pl.col("vetoed") & high & ~successor)
        .then(pl.lit(VETO))
        .when(pl.col("vetoed") & high)
        .then(pl.lit(REVIEW))
        .when(enough & ~asks & (pl.col("probability") >= limits.auto))
        .then(pl.lit(AUTO))
        .when(high)
        .then(pl.lit(REVIEW))
    )
    return scored.with_columns(band=band, relation=_relation(lines, is_company & ~same_entry, successor))


def _relation(lines: Mapping[str, Line], has_partner: pl.Expr, successor: pl.Expr) -> pl.Expr:
    """What the pair is to each other: a question about a duplicate, unless something names it better."""
    is_partner = pl.lit(value=False)
    if "legal_form" in lines:
        is_partner = has_partner & (pl.col("legal_form") == lines["legal_form"].number("partner"))
    return (
        pl.when(pl.col("decided") == DIFFERENT)
        .then(pl.lit(DISTINCT))
        .when(pl.col("vetoed") & successor)
        .then(pl.lit("successor"))
        .when(pl.col("vetoed"))
        .then(pl.col("relation").cast(pl.String))
        .when(is_partner & pl.col("decided").is_null())
        .then(pl.lit("general-partner"))
        .otherwise(pl.lit("duplicate"))
    )
