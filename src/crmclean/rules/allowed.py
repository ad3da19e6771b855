"""A field that may hold some values only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmclean.core.language import Text
from crmclean.core.own_rule import OwnRule, Target, listed
from crmclean.core.rule_values import canonical_texts, texts_of
from crmclean.own_rules.contract import Broken, RuleKind
from crmclean.own_rules.rows import RuleRows, is_one_of


def _read(value: Any, targets: tuple[Target, ...]) -> tuple[str, ...]:  # noqa: ARG001 - the signature of every kind
    return texts_of("allowed", value)


def _said(rule: OwnRule) -> Text:
    values = listed(rule.asked)
    return Text(f"Not among the allowed values: {values.en}", f"Keiner der erlaubten Werte: {values.de}")


def _broken(rule: OwnRule, rows: RuleRows) -> Iterator[Broken]:
    for target in rule.targets:
        wanted = canonical_texts(rule.asked, target)
        for column in rows.columns(target):
            values = rows.values(target, column)
            yield Broken(column.name, rows.among(rule, values.is_not_null() & ~is_one_of(values, wanted)))


RULE_KIND = RuleKind(
    name="allowed",
    title=Text("may hold these values only", "darf nur diese Werte enthalten"),
    read=_read,
    said=_said,
    broken=_broken,
    example='field = "country"\nallowed = ["DACH", "LI", "Luxemburg"]',
    said_to_others=Text("Not among the allowed values", "Keiner der erlaubten Werte"),
)
