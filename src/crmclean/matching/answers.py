"""What an online service answers, graded like everything else: nobody's word is taken for it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from crmclean.directory import CONFIRMED_SCHEMA, MATCHES_SCHEMA, UNKNOWN_SCHEMA, Answer, Company, Matches, Wanted
from crmclean.matching.bands import AUTO, REVIEW, Thresholds
from crmclean.matching.given import judged
from crmclean.matching.lookup import graded

# Companies in the German-speaking countries (Destatis, Statistik Austria, BFS: 3.4 + 0.6 + 0.6 million).
_AT_LARGE = 4_600_000


class _AtLarge:
    """A population nobody has counted: every value is as rare as such values are."""

    n_entities = _AT_LARGE

    def holders(self, facet: str, values: pl.Series) -> pl.Series:
        """One, of every value."""
        return pl.select(pl.when(values.is_not_null()).then(1.0)).to_series().alias(facet)

    def n_filled(self, facet: str) -> float:  # noqa: ARG002 - the contract
        """All of them."""
        return float(_AT_LARGE)


def matches_of(
    wanted: Wanted, answers: Sequence[Answer], limits: Thresholds, *, least_score: float = 0.0, country: str = ""
) -> Matches:
    """Answers as matches.

    Args:
        wanted: what was asked.
        answers: of the service, in any order.
        limits: of the bands.
        least_score: 0..1, a company the service itself is less sure of is never taken without a question.
        country: of companies that name none.
    """
    row_of = {number: row for row, number in enumerate(wanted.values["number"])}
    told = [(row_of[answer.number], company) for answer in answers for company in answer.companies]
    unknown = [(answer.number, answer.unknown) for answer in answers if answer.unknown]
    confirmed = [(a.number, name, is_known) for a in answers for name, is_known in a.confirmed.items()]
    found, companies = _graded(wanted, told, limits, least_score, country)
    return Matches(
        found=found,
        companies=companies,
        unknown=pl.DataFrame(unknown, schema=UNKNOWN_SCHEMA, orient="row"),
        confirmed=pl.DataFrame(confirmed, schema=CONFIRMED_SCHEMA, orient="row"),
    )


def _graded(
    wanted: Wanted, told: Sequence[tuple[int, Company]], limits: Thresholds, least_score: float, country: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    if not told:
        return pl.DataFrame(schema=dict(MATCHES_SCHEMA)), pl.DataFrame(schema={"source_id": pl.String})
    faces = [
        (at, name, {**company.values, **({"company_name": name} if name else {})})
        for at, (_, company) in enumerate(told)
        for name in ("", *company.former_names)
    ]
    values, cells = judged([said for _, _, said in faces], country)
    numbers = {company.source_id: number for number, company in enumerate({c.source_id: c for _, c in told}.values())}
    pairs = pl.DataFrame(
        [(told[at][0], b, numbers[told[at][1].source_id]) for b, (at, _, _) in enumerate(faces)],
        schema={"a": pl.UInt32, "b": pl.UInt32, "entry": pl.UInt32},
        orient="row",
    )
    best = graded(wanted.cells, cells, pairs, _AtLarge(), limits)
    shown = best.filter(pl.col("band").is_not_null())
    facts = pl.DataFrame([_facts(told[at][1], name) for at, name, _ in faces], schema=_FACTS, orient="row")
    judged_so = shown.select("a", "probability", "band", "relation", "grade", "found_by")
    rows = pl.concat([judged_so, facts[shown["b"].to_list()]], how="horizontal")
    is_unsure = (pl.col("band") == AUTO) & (pl.col("score") < least_score).fill_null(value=False)
    found = (
        rows.with_columns(
            number=wanted.values["number"].gather(rows["a"]),
            band=pl.when(is_unsure).then(pl.lit(REVIEW)).otherwise("band"),
        )
        .with_columns(lists=pl.lit(None, pl.String))
        .select(list(MATCHES_SCHEMA))
        .cast(pl.Schema(MATCHES_SCHEMA))
    )
    first = [at for at, (_, name, _) in enumerate(faces) if not name]
    ids = pl.Series("source_id", [told[faces[at][0]][1].source_id for at in first], dtype=pl.String)
    companies = values[first].insert_column(0, ids).unique("source_id", keep="first", maintain_order=True)
    return found, companies


_OF_COMPANY = (
    "source_id", "former_name", "status", "successor_id", "successor_name", "last_changed", "last_checked",
    "retrieved_at",
)  # fmt: skip
_FACTS = {**dict.fromkeys(_OF_COMPANY, pl.String), "score": pl.Float64}


def _facts(company: Company, former_name: str) -> tuple[object, ...]:
    return (
        company.source_id,
        former_name or None,
        str(company.status),
        company.successor_id or None,
        company.successor_name or None,
        company.last_changed or None,
        company.last_checked or company.retrieved_at[:10] or None,  # a service answers for the day it is asked
        company.retrieved_at or None,
        company.score,
    )
