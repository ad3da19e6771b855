"""A number or a date that must lie within a range; both ends are part of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmclean.core.language import Text
from crmclean.core.own_rule import Bounds, OwnRule, Target
from crmclean.core.rule_values import bounds_of
from crmclean.own_rules.contract import Broken, RuleKind
from crmclean.own_rules.rows import RuleRows


def _read(value: Any, targets: tuple[Target, ...]) -> Bounds:  # noqa: ARG001 - the signature of every kind
    return bounds_of("range", value)


def _said(rule: OwnRule) -> Text:
    bounds: Bounds = rule.asked
    return Text(f"Out of range ({bounds.said.en})", f"Außerhalb des Bereichs ({bounds.said.de})")


def _broken(rule: OwnRule, rows: RuleRows) -> Iterator[Broken]:
    """A value nobody can read as a number or a date is not known to be outside."""
    for target in rule.targets:
        for column in rows.columns(target):
            fits = rows.within(target, column, rule.asked)
            yield Broken(column.name, rows.among(rule, ~fits.fill_null(value=True)))


RULE_KIND = RuleKind(
    name="range",
    title=Text("number or date within a range", "Zahl oder Datum in einem Bereich"),
    read=_read,
    said=_said,
    broken=_broken,
    example='field = "date_of_birth"\nrange = { min = 1910-01-01, max = "today" }',
)
