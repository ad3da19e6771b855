"""Differences for programs: keys are English and stable, see ``schema_version``. It holds the values.

The long lists are written as texts by polars, a line an entry: a million changes take seconds, not minutes.
"""

from __future__ import annotations

import polars as pl

from crmclean.core.churn import Churn
from crmclean.core.hidden import Hidden
from crmclean.core.json_text import inert, json_text
from crmclean.core.language import Language
from crmclean.differences import KINDS, REAL, SCHEMA_VERSION, Differences, DiffReport, Side


def render(diff: Differences, language: Language, shows_values: bool) -> bytes:  # noqa: ARG001 - never translated
    """The whole outcome as JSON, UTF-8."""
    is_real = pl.col("kind").is_in(REAL)
    lists = {
        "added": diff.added,
        "removed": diff.removed,
        "changed": diff.cells.filter(is_real),
        "form": diff.cells.filter(~is_real).drop("kind"),
        "ids": diff.ids,
        "pairs": diff.pairs,
    }
    head = json_text(_head(diff), indent=2).removesuffix("\n}")
    parts = [f'  "{name}": {_listed(frame)}' for name, frame in lists.items()]
    return (",\n".join([head, *parts]) + "\n}\n").encode()


def _head(diff: Differences) -> dict[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "old": _side(diff.old),
        "new": _side(diff.new),
        "paired_by": diff.paired_by,
        "key": {"old": list(diff.key[0]), "new": list(diff.key[1])},
        "figures": {
            "compared_records": diff.n_compared,
            "changed_records": diff.n_changed_records,
            "added_records": diff.added.height,
            "removed_records": diff.removed.height,
            "identical_records": diff.n_identical if diff.paired_by == "matching" else None,
            "unsure_pairs": diff.unsure.height,
            "records_not_compared": diff.n_apart,
            "cells": {kind: diff.count(kind) for kind in KINDS},
        },
        "columns": {
            "added": list(diff.columns_added),
            "removed": list(diff.columns_removed),
            "renamed": [{"before": c.before, "after": c.after} for c in diff.columns if c.is_renamed],
            "compared": [
                {"column": c.after, "field": c.field, **{kind: c.cells.get(kind, 0) for kind in KINDS}}
                for c in diff.columns
            ],
        },
        "mass_updates": [
            {"kind": e.kind, "columns": list(e.columns), "records": e.n, "of": e.of, "value": e.value}
            for e in diff.events
        ],
        **({"customers": _churn(diff.churn)} if diff.churn else {}),
    }


def _churn(churn: Churn) -> dict[str, object]:
    return {
        "by_phase": churn.by_phase,
        **{name: _told(getattr(churn, name)) for name in ("start", "kept", "lost", "unknown", "new")},
        "records_without_id": churn.without_id,
        "retention": churn.retention.share,
        "churn": churn.churn.share,
        "moves": [{"before": move.before, "after": move.after, "records": move.n} for move in churn.moves],
    }


def _told(n: int) -> int | None:
    return None if isinstance(n, Hidden) else n


def _side(side: Side) -> dict[str, object]:
    return {"name": side.name, "format": side.format, "rows": side.n_rows, "rejects": side.n_rejects}


def _listed(frame: pl.DataFrame) -> str:
    """The rows as a list of objects."""
    if frame.is_empty():
        return "[]"
    plain = frame.with_columns(pl.col(pl.Categorical).cast(pl.String))
    texts = plain.select(pl.struct(pl.all()).struct.json_encode().alias("json")).to_series()
    return inert("[\n    " + ",\n    ".join(texts) + "\n  ]")


DIFF_REPORT = DiffReport(name="json", suffix=".json", render=render)
