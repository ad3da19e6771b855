"""A value whose length must lie within a range, in characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmclean.core.language import Text
from crmclean.core.own_rule import Bounds, OwnRule, Target, WrongRule
from crmclean.core.rule_values import require_keys, whole_number
from crmclean.own_rules.contract import Broken, RuleKind
from crmclean.own_rules.rows import RuleRows


def _read(value: Any, targets: tuple[Target, ...]) -> Bounds:  # noqa: ARG001 - the signature of every kind
    if not isinstance(value, dict) or not value:
        what = Text("length must be like { min = 2, max = 40 }", "length muss sein wie { min = 2, max = 40 }")
        raise WrongRule("length", what)
    require_keys("length", value, ("min", "max"))
    low, high = (whole_number("length", value[end], 1) if end in value else None for end in ("min", "max"))
    if low is not None and high is not None and low > high:
        raise WrongRule("length", Text("length: min is higher than max", "length: min ist größer als max"))
    return Bounds(low, high)


def _said(rule: OwnRule) -> Text:
    bounds: Bounds = rule.asked
    return Text(f"Wrong length ({bounds.said.en} characters)", f"Falsche Länge ({bounds.said.de} Zeichen)")


def _broken(rule: OwnRule, rows: RuleRows) -> Iterator[Broken]:
    bounds: Bounds = rule.asked
    for target in rule.targets:
        for column in rows.columns(target):
            sizes = rows.values(target, column).str.len_chars()
            fits = sizes >= (bounds.low or 0)
            if bounds.high is not None:
                fits = fits & (sizes <= bounds.high)
            yield Broken(column.name, rows.among(rule, ~fits.fill_null(value=True)))


RULE_KIND = RuleKind(
    name="length",
    title=Text("length in characters", "Länge in Zeichen"),
    read=_read,
    said=_said,
    broken=_broken,
    example='column = "Kundennummer"\nlength = { min = 6, max = 8 }',
)
