"""The whole balance of one pair: every line, what else would explain it, and by which keys the two were found."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.core.language import Text
from crmclean.core.registry import FIELDS
from crmclean.core.wording import RELATIONS as RELATION_TITLES
from crmclean.evidence import Subjects
from crmclean.matching.blocking import CAP, keys_for
from crmclean.matching.duplicates import Duplicates
from crmclean.matching.hypotheses import RELATIONS
from crmclean.matching.scoring import score
from crmclean.matching.veto import contradictions, valid_ids


@dataclass(frozen=True, slots=True)
class Weighed:
    """One line of the balance.

    Attributes:
        title: of the line.
        says: its level; ``None`` where a side says nothing.
        bits: for one entity, against strangers.
        asks: whether this level alone sends the pair to a person.
    """

    title: Text
    says: Text | None
    bits: float
    asks: bool


@dataclass(frozen=True, slots=True)
class SharedKey:
    """A key both records have.

    Attributes:
        facets: it is made of.
        records: that have it; more than ``CAP`` make no pairs.
    """

    facets: tuple[str, ...]
    records: int

    @property
    def is_too_common(self) -> bool:
        """Whether so many have it that it makes no pairs."""
        return self.records > CAP


@dataclass(frozen=True, slots=True)
class Balance:
    """Everything there is to say of a pair.

    Attributes:
        entities: what each record is: ``company``, ``person``, ``contact``; ``None``: names nobody.
        lines: the heaviest first.
        prior: bits before anything is compared: the rarer, the larger the file.
        otherwise: bits by which other explanations than chance (colleagues, a family, sister companies) lower the sum.
        bits: the sum, log2 odds.
        probability: 0..1.
        band: ``auto``, ``review``, ``veto``, ``None``: below all of them.
        instead: title of the best other explanation; ``None``: chance.
        schemes: titles of the ids that contradict.
        decided: ``same``, ``different``, or empty.
        keys: that both have.
        is_one_cluster: whether both ended in one cluster.
    """

    entities: tuple[str | None, str | None]
    lines: tuple[Weighed, ...]
    prior: float
    otherwise: float
    bits: float
    probability: float
    band: str | None
    instead: Text | None
    schemes: tuple[Text, ...]
    decided: str
    keys: tuple[SharedKey, ...]
    is_one_cluster: bool


def balance_of(found: Duplicates, a: int, b: int) -> Balance:
    """The balance of two records.

    Args:
        found: the duplicates among the records.
        a: 0-based row of all records.
        b: of the other one.
    """
    matched, seen = found.matched, found.matched.subjects
    rows = (min(a, b), max(a, b))
    pair = pl.DataFrame({"a": [rows[0]], "b": [rows[1]]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    listed = matched.pairs.join(pair, on=["a", "b"])
    told = listed if listed.height else _scored(found, pair)
    row = told.row(0, named=True)
    lines = [
        Weighed(line.title, None, 0.0, asks=False)
        if not row[name]
        else Weighed(
            line.title, line.levels[row[name] - 1].says, row[f"{name}.bits"], asks=line.levels[row[name] - 1].asks
        )
        for name, line in matched.lines.items()
    ]
    n_records = int(seen.facets["entity"].is_not_null().sum())
    prior = math.log2(matched.beliefs.per_record["duplicate"] / max(n_records, 2))
    identifying = tuple(name for name, line in matched.lines.items() if line.kind == "id")
    return Balance(
        entities=(seen.facets["entity"][rows[0]], seen.facets["entity"][rows[1]]),
        lines=tuple(sorted(lines, key=lambda line: (line.says is None, -abs(line.bits)))),
        prior=prior,
        otherwise=row["bits"] - prior - sum(line.bits for line in lines),
        bits=row["bits"],
        probability=row["probability"],
        band=row.get("band"),
        instead=_instead(row),
        schemes=tuple(FIELDS[name].title for name in row["schemes"].split()),
        decided=row.get("decided") or "",
        keys=tuple(shared_keys(seen, identifying, *rows)),
        is_one_cluster=matched.entity_of[rows[0]] == matched.entity_of[rows[1]],
    )


def _instead(row: Mapping[str, Any]) -> Text | None:
    """The likeliest relation, where it is likelier than chance."""
    best = max(RELATIONS, key=lambda relation: float(row[relation.name]))
    likely = float(row[best.name])
    return RELATION_TITLES[best.name] if likely > 1 - row["probability"] - likely else None


def _scored(found: Duplicates, pair: pl.DataFrame) -> pl.DataFrame:
    """The weights of a pair that is in no band."""
    seen = found.matched.subjects
    ids = valid_ids(found.records.cells, seen.facets["entity"].is_not_null())
    return pl.concat([score(seen, pair, found.matched.beliefs), contradictions(pair, ids)], how="horizontal")


def shared_keys(seen: Subjects, identifying: Sequence[str], a: int, b: int) -> list[SharedKey]:
    """The keys by which two records could be found, the rarest first."""
    found = []
    for key in keys_for(seen, tuple(identifying)):
        values = seen.facets.select(*key)
        one, other = values[a], values[b]
        for name in key:
            if name in seen.values:
                one, other = (side.explode(name, empty_as_null=True, keep_nulls=True) for side in (one, other))
        both = one.join(other, on=list(key)).unique(maintain_order=True)
        records = [values.filter(_holds(seen, dict(zip(key, row, strict=True)))).height for row in both.iter_rows()]
        if records:
            found.append(SharedKey(key, min(records)))
    return sorted(found, key=lambda each: each.records)


def _holds(seen: Subjects, values: dict[str, object]) -> pl.Expr:
    return pl.all_horizontal(
        pl.col(name).list.contains(pl.lit(value, pl.UInt32)) if name in seen.values else pl.col(name) == value
        for name, value in values.items()
    )
