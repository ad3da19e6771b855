"""Values that may stand on one record only; of several columns, all of them together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from crmclean.core.language import Text
from crmclean.core.own_rule import OwnRule, Target
from crmclean.core.registry import FIELDS
from crmclean.core.rule_values import only_true
from crmclean.own_rules.contract import Broken, RuleKind
from crmclean.own_rules.rows import RuleRows


def _read(value: Any, targets: tuple[Target, ...]) -> bool:  # noqa: ARG001 - the signature of every kind
    return only_true("unique", value)


def _said(rule: OwnRule) -> Text:
    titles = [target.title for target in rule.targets]
    en, de = ", ".join(t.en for t in titles), ", ".join(t.de for t in titles)
    together = Text(" together", " zusammen") if len(titles) > 1 else Text("", "")
    return Text(f"On several records{together.en}: {en}", f"Auf mehreren Datensätzen{together.de}: {de}")


def _broken(rule: OwnRule, rows: RuleRows) -> Iterator[Broken]:
    """Records count where all the values are filled, and are compared with those the rule is about alone.

    Of a field with several columns the first that is filled is taken; what stands in two columns of one record is no
    repetition.
    """
    parts = [_first_filled(target, rows).alias(str(at)) for at, target in enumerate(rule.targets)]
    frame = pl.DataFrame(parts)
    counts = frame.select(~pl.any_horizontal(pl.all().is_null())).to_series()
    counts = rows.among(rule, counts).arg_true()
    yield Broken(rows.columns(rule.targets[0])[0].name, _repeated(frame, counts, rows.n_rows))


def _first_filled(target: Target, rows: RuleRows) -> pl.Series:
    first, *others = (rows.values(target, column) for column in rows.columns(target))
    for other in others:
        first = first.zip_with(first.is_not_null(), other)
    # Case is no difference between two e-mails or two names, but it is one between two keys.
    is_key = not target.field or FIELDS[target.field].plain
    return first if is_key else first.str.to_lowercase()


def _repeated(frame: pl.DataFrame, at: pl.Series, n_rows: int) -> pl.Series:
    """Which of the rows ``at`` are like another of them."""
    mask = pl.repeat(value=False, n=n_rows, dtype=pl.Boolean, eager=True)
    if at.is_empty():
        return mask
    # Hashes are counted far faster than texts; only the few rows that share one are compared.
    hashes = frame.select(pl.sum_horizontal((pl.all().hash() // frame.width) + 0)).to_series().gather(at)
    likely = at.filter(hashes.is_duplicated())
    rows = frame.select(pl.all().gather(likely))
    again = likely.filter(rows.is_duplicated())
    return mask.scatter(again, values=True) if len(again) else mask


RULE_KIND = RuleKind(
    name="unique",
    title=Text("on one record only", "nur auf einem Datensatz"),
    read=_read,
    said=_said,
    broken=_broken,
    example='field = ["company_name", "postal_code"]\nunique = true',
    needs_all=True,
)
