"""A date that must not be older than a number of days, counted from the day of the run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from crmclean.core.language import Text
from crmclean.core.own_rule import OwnRule, Target
from crmclean.core.rule_values import whole_number
from crmclean.own_rules.contract import Broken, RuleKind
from crmclean.own_rules.rows import RuleRows

_MAX_DAYS = 100 * 366  # more is a slip of the finger


def _read(value: Any, targets: tuple[Target, ...]) -> int:  # noqa: ARG001 - the signature of every kind
    return min(whole_number("max_age_days", value, 1), _MAX_DAYS)


def _said(rule: OwnRule) -> Text:
    return Text(f"Older than {rule.asked} days", f"Älter als {rule.asked} Tage")


def _broken(rule: OwnRule, rows: RuleRows) -> Iterator[Broken]:
    """No date is no age: who wants one asks for it with ``required``."""
    limit = rows.as_of - timedelta(days=rule.asked)
    for target in rule.targets:
        for column in rows.columns(target):
            is_old = (rows.dates(target, column) < limit).fill_null(value=False)
            yield Broken(column.name, rows.among(rule, is_old))


RULE_KIND = RuleKind(
    name="max_age_days",
    title=Text("date not older than", "Datum nicht älter als"),
    read=_read,
    said=_said,
    broken=_broken,
    example='field = "verified_at"\nmax_age_days = 365\nwhen = { segment = "A" }',
)
