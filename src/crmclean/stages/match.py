"""Stage: find the records that mean the same entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from crmclean.core.language import Language
from crmclean.matching.accounts import account_links
from crmclean.matching.bands import VETO, Thresholds
from crmclean.matching.blocking import Plan
from crmclean.matching.cluster_names import cluster_names
from crmclean.matching.decisions import DECISIONS_SCHEMA, Memory, known_pairs, status_of
from crmclean.matching.duplicates import PAIRS_SCHEMA, Duplicates
from crmclean.matching.engine import Matched, match, plan
from crmclean.matching.explanation import reasons
from crmclean.matching.records import Records, records_of
from crmclean.matching.several import below_each_other
from crmclean.matching.subjects import cells_of
from crmclean.table import Normalised

_DIGITS = 4  # of a probability
_SKETCH = 256  # records by whose keys a state recognises its export


def match_records(
    *sources: Normalised,
    entity: str = "auto",
    thresholds: Thresholds | None = None,
    language: Language = "en",
    memory: Memory | None = None,
    link: bool = False,
) -> Duplicates:
    """Find duplicates among the records of cleaned tables.

    Args:
        sources: judged for a report (``CleanOptions.for_report``); the more trusted first.
        entity: what every record is; ``auto``: each is what it names.
        thresholds: of the bands.
        language: of the reasons.
        memory: of an earlier run over the same exports, and the decisions on it.
        link: only pairs across two sources count.
    """
    records = records_of(sources, with_keys=memory is not None)
    decided, known = known_pairs(memory, records.keys, records.evidence) if memory else (None, None)
    across = records.frame["source"] if link else None
    matched = match(records.cells, entity, thresholds, decided=decided, across=across)
    pairs, clusters = _pairs(matched, records, language), _clusters(matched, records, memory)
    found = Duplicates(
        pairs=pairs.drop("key_a", "key_b"),
        clusters=clusters.drop("key"),
        relations=_relations(matched, records),
        accounts=_accounts(matched, records, (thresholds or Thresholds()).review),
        decisions=_decisions(known, matched, records),
        matched=matched,
        records=records,
        has_memory=memory is not None,
        next_memory=_next_memory(pairs, clusters, records),
    )
    return _marked(found, clusters["key"], memory) if memory and memory.tells_news else found


def plan_matching(*sources: Normalised, entity: str = "auto") -> Plan:
    """What matching would compare, without comparing it."""
    return plan(below_each_other([cells_of(source) for source in sources]), entity)


def _named_pairs(pairs: pl.DataFrame, records: Records) -> dict[str, pl.Series]:
    return records.at("a", pairs["a"]) | records.at("b", pairs["b"])


def _pairs(matched: Matched, records: Records, language: Language) -> pl.DataFrame:
    """The rows of ``pairs.csv``, and the keys of both records."""
    pairs = matched.pairs
    named = _named_pairs(pairs, records)
    told = {"evidence_a": records.evidence(pairs["a"]), "evidence_b": records.evidence(pairs["b"])}
    keys = {"key_a": records.keys_of(pairs["a"]), "key_b": records.keys_of(pairs["b"])}
    schema = {name: PAIRS_SCHEMA.get(name, pl.String) for name in (*_ordered(named), *list(PAIRS_SCHEMA)[4:], *keys)}
    return (
        pairs.with_columns(
            probability=pl.col("probability").round(_DIGITS),
            reasons=reasons(pairs, matched.lines, language),
            **named,
            **told,
            **keys,
        )
        .sort("a", "b")
        .select(pl.col(name).cast(kind) for name, kind in schema.items())
    )


def _ordered(named: Mapping[str, pl.Series]) -> list[str]:
    """Where both records stand, then their ids."""
    return sorted(named, key=lambda name: name.startswith("record_id"))


def _relations(matched: Matched, records: Records) -> pl.DataFrame:
    """The rows of ``relations.csv``."""
    related = matched.related
    named = _named_pairs(related, records)
    return (
        related.with_columns(probability=pl.col("probability").round(_DIGITS), **named)
        .sort("a", "b")
        .select(*_ordered(named), "relation", "probability")
    )


def _accounts(matched: Matched, records: Records, least: float) -> pl.DataFrame:
    """The rows of ``accounts.csv``."""
    entity, frame = matched.subjects.facets["entity"], records.frame
    links = account_links(records.cells, entity, frame["record_id"], frame["parent_id"], matched.entity_of, least)
    contact = records.at("", links["contact"])
    account = {f"account_{name}": column for name, column in records.at("", links["account"]).items()}
    return links.with_columns(**contact, **account).select(
        *contact, *account, "how", probability=pl.col("probability").round(_DIGITS)
    )


def _clusters(matched: Matched, records: Records, memory: Memory | None) -> pl.DataFrame:
    """The rows of ``duplicates.csv``, and the key of each record."""
    rows = pl.DataFrame({"entity": matched.entity_of}).with_row_index("at").filter(pl.len().over("entity") > 1)
    rows = rows.with_columns(key=records.keys_of(rows["at"]), filled=records.frame["filled"].gather(rows["at"]))
    # Of equally full records the smallest key leads, not the first row: nightly exports come in any order.
    named = rows.group_by("entity", maintain_order=True).agg(
        members="key", primary=pl.col("at").sort_by("filled", "key", "at", descending=[True, False, False]).first()
    )
    ids = cluster_names(named["members"].to_list(), memory.clusters if memory else {})
    named = named.with_columns(cluster_id=pl.Series(ids, dtype=pl.String)).drop("members")
    where = records.at("", rows["at"])
    return (
        rows.with_columns(**where)
        .join(named, on="entity", how="left", maintain_order="left")
        .join(_best_inside(matched), on="at", how="left", maintain_order="left")
        .sort("entity", "at")
        .select(
            "cluster_id",
            *where,
            is_primary=pl.col("at") == pl.col("primary"),
            probability=pl.col("probability").round(_DIGITS),
            key="key",
        )
    )


def _best_inside(matched: Matched) -> pl.DataFrame:
    """Per record its best pair inside its cluster: ``at``, ``probability``."""
    inside = matched.pairs.filter(
        (matched.entity_of.gather(matched.pairs["a"]) == matched.entity_of.gather(matched.pairs["b"]))
        & (pl.col("band") != VETO)
    )
    both = [inside.select(at=side, probability="probability") for side in ("a", "b")]
    return pl.concat(both).group_by("at", maintain_order=True).agg(pl.col("probability").max())


def _decisions(known: pl.DataFrame | None, matched: Matched, records: Records) -> pl.DataFrame:
    """The rows of ``decisions.csv``."""
    told = status_of(known, matched) if known is not None else None
    if told is None:
        a = b = pl.Series(dtype=pl.UInt32)
        told = pl.DataFrame(schema={"a": pl.UInt32, "b": pl.UInt32, **DECISIONS_SCHEMA})
    else:
        a, b = told["a"], told["b"]
    named = records.at("a", a) | records.at("b", b)
    return told.with_columns(**named).select(*_ordered(named), *DECISIONS_SCHEMA)


def _next_memory(
    pairs: pl.DataFrame, clusters: pl.DataFrame, records: Records
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[str]]:
    low, high = pl.min_horizontal("key_a", "key_b"), pl.max_horizontal("key_a", "key_b")
    return (
        clusters.select("key", "cluster_id").rows(),
        pairs.select(low.alias("low"), high.alias("high")).rows(),
        records.keys.unique().sort().gather_every(max(1, len(records.keys) // _SKETCH)).to_list(),
    )


def _marked(found: Duplicates, keys: pl.Series, memory: Memory) -> Duplicates:
    """What was found, with ``is_new``; ``keys`` are those of the clustered records."""
    _, listed, _ = found.next_memory
    new_pairs = pl.Series([pair not in memory.pairs for pair in listed], dtype=pl.Boolean)
    now = zip(keys, found.clusters["cluster_id"], strict=True)
    new_members = pl.Series([memory.clusters.get(key) != name for key, name in now], dtype=pl.Boolean)
    return replace(
        found,
        pairs=found.pairs.with_columns(is_new=new_pairs),
        clusters=found.clusters.with_columns(is_new=new_members),
    )
