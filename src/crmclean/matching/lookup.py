"""Looking records up in a directory: which of its companies is meant, how surely, and on what grounds.

Unlike duplicates of an export a record is looked up alone: what comes out depends on it and on the directory, never on
the other records of the export, so that a job may stop and go on, and one record gets the same answer as in a million.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from crmclean.core.field import Strength
from crmclean.core.registry import FIELDS
from crmclean.directory import GRADED
from crmclean.evidence import UNKNOWN, Cells, Line, Population, Subjects
from crmclean.matching.bands import AUTO, REVIEW, Thresholds, banded
from crmclean.matching.beliefs import Beliefs, starting_beliefs
from crmclean.matching.scoring import score
from crmclean.matching.several import below_each_other
from crmclean.matching.subjects import COMPANY, subjects
from crmclean.matching.veto import contradictions, valid_ids

# Every second company of an export stands in a fair directory: this decides little, how many others it holds, much.
EXPECTED = 0.5
# A directory gives companies and their branches numbers of their own: it seldom names one for the other.
BRANCHES = 0.0005
# A directory knows former names: seldom is the one that is asked for none of them.
RENAMED = 0.005
SMALL = 0.01  # share of the companies that may sit in a place that tells of one: half a million people in Germany
RIVAL = 0.15  # probability from which one of several counts as possible
_MOST_BITS = 60.0  # beyond it all is certain


def graded(
    wanted: Cells, entries: Cells, pairs: pl.DataFrame, population: Population, limits: Thresholds
) -> pl.DataFrame:
    """Compare records with companies of a directory.

    Args:
        wanted: keys of the records that are looked up.
        entries: keys of the companies; several rows may be one of them, under a former name or address.
        pairs: ``a`` (row of ``wanted``), ``b`` (row of ``entries``), ``entry`` (number of the company ``b`` is of).
        population: how frequent values are in the directory.
        limits: of the bands.

    Returns:
        For each ``a`` and ``entry`` its best row: ``a``, ``b``, ``entry``, ``probability`` (0..1 that this one of
        all compared is meant), ``band`` (null below the review threshold), ``relation``, ``grade`` (see ``GRADED``),
        ``found_by``, and of each line its level and bits; sorted by ``a``, then falling probability.
    """
    cells = below_each_other([wanted, entries])
    seen = subjects(cells, COMPANY)
    companies = pl.repeat(COMPANY, cells.n_rows, dtype=pl.String, eager=True).alias("entity")
    seen = replace(seen, facets=seen.facets.with_columns(companies), population=population)
    below = pairs.with_columns(b=(pl.col("b") + wanted.n_rows).cast(pl.UInt32))
    told = pl.concat([below, contradictions(below, valid_ids(cells, companies == COMPANY))], how="horizontal")
    scored = score(seen, told, _beliefs(seen.lines))
    ordered = scored.sort("a", "vetoed", "bits", "b", descending=[False, False, True, False])
    best = _competing(ordered.unique(["a", "entry"], keep="first"))
    told = best.with_columns(decided=pl.lit(None, pl.String))
    judged = _placed(banded(told, seen.lines, limits, seen.facets["entity"]), seen.lines)
    judged = _with_rivals(judged, limits)
    named = judged.with_columns(grade=grade(seen), found_by=_found_by(seen), b=pl.col("b") - wanted.n_rows)
    return named.sort("a", "vetoed", "bits", "entry", descending=[False, False, True, False])


def _placed(judged: pl.DataFrame, lines: Mapping[str, Line]) -> pl.DataFrame:
    """A name in a large town is little more than a name: such a company is a question.

    Sure is one that shares an id, a street, a way to reach it, or a place so small that few others sit there.
    """
    ids = [name for name in lines if name in FIELDS and lines[name].kind == "id"]
    same = [pl.col(name) == 1 for name in (*ids, "phone", "email", "domain") if name in lines]
    if "street" in lines:
        same.append(pl.col("street").is_in([1, 2]))
    if "place" in lines:
        same.append(pl.col("place").is_in([1, 2]) & (pl.col("place.chance") <= SMALL))
    is_placed = pl.any_horizontal(pl.lit(value=False), *same)
    return judged.with_columns(
        band=pl.when((pl.col("band") == AUTO) & ~is_placed).then(pl.lit(REVIEW)).otherwise("band")
    )


def _with_rivals(judged: pl.DataFrame, limits: Thresholds) -> pl.DataFrame:
    """Companies of which one is likely meant, though nobody can say which: all of them are to be looked at."""
    is_possible = ~pl.col("vetoed") & (pl.col("probability") >= RIVAL)
    likely = pl.col("probability").filter(is_possible).sum().over("a") >= limits.review
    nobody = pl.col("band").is_null().all().over("a")
    rivals = pl.col("band").is_null() & is_possible & likely & nobody
    return judged.with_columns(band=pl.when(rivals).then(pl.lit(REVIEW)).otherwise("band"))


def _beliefs(lines: Mapping[str, Line]) -> Beliefs:
    start = starting_beliefs(lines)
    shares = dict(start.shares)
    if "company" in shares:
        shares["company"] = {**shares["company"], "different": RENAMED}
    return replace(start, shares=shares, per_record={**start.per_record, "duplicate": EXPECTED, "branch": BRANCHES})


def _competing(scored: pl.DataFrame) -> pl.DataFrame:
    """The probabilities when only one of the companies can be meant: two that fit equally well are a question."""
    odds = pl.lit(2.0).pow(pl.col("bits").clip(-_MOST_BITS, _MOST_BITS))
    possible = pl.when(~pl.col("vetoed")).then(odds).otherwise(0.0)
    rest = possible.sum().over("a") - possible
    return scored.with_columns(probability=odds / (1 + odds + rest), rivals=rest)


def grade(seen: Subjects) -> pl.Expr:
    """One letter for each of ``GRADED``: A the same, B similar, F different, Z nothing to compare."""
    ids = [name for name in seen.lines if name in FIELDS and FIELDS[name].strength is Strength.IDENTIFYING]
    letters = [_letter(seen.lines[name]) if name in seen.lines else pl.lit("Z") for name in GRADED if name != "id"]
    return pl.concat_str(*letters, _letter_of_ids(ids))


def _letter(line: Line) -> pl.Expr:
    level = pl.col(line.name)
    return (
        pl.when(level == UNKNOWN)
        .then(pl.lit("Z"))
        .when(level == 1)
        .then(pl.lit("A"))
        .when(level == len(line.levels))
        .then(pl.lit("F"))
        .otherwise(pl.lit("B"))
    )


def _letter_of_ids(names: list[str]) -> pl.Expr:
    no = pl.lit(value=False)
    same, told = (
        pl.any_horizontal(no, *(pl.col(n) == 1 for n in names)),
        pl.any_horizontal(no, *(pl.col(n) > 0 for n in names)),
    )
    return (
        pl.when("vetoed")
        .then(pl.lit("F"))
        .when(same)
        .then(pl.lit("A"))
        .when(told)
        .then(pl.lit("F"))
        .otherwise(pl.lit("Z"))
    )


def _found_by(seen: Subjects) -> pl.Expr:
    """Names of the lines that speak for it."""
    speaks = [pl.when((pl.col(f"{name}.bits") >= 1) & (pl.col(name) > 0)).then(pl.lit(name)) for name in seen.lines]
    return pl.concat_str(pl.lit(""), *speaks, separator=" ", ignore_nulls=True).str.strip_chars()
