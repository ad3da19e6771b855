"""A field that must be filled; of several, each of them, or any one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from crmclean.core.language import Text
from crmclean.core.own_rule import OwnRule, Target, WrongRule
from crmclean.own_rules.contract import Broken, RuleKind
from crmclean.own_rules.rows import RuleRows

ANY = "any"


def _read(value: Any, targets: tuple[Target, ...]) -> str:  # noqa: ARG001 - the signature of every kind
    if value is True:
        return "all"
    if value == ANY:
        return ANY
    raise WrongRule("required", Text('required must be true or "any"', 'required muss true sein oder "any"'))


def _said(rule: OwnRule) -> Text:
    titles = [target.title for target in rule.targets]
    if rule.asked == ANY and len(titles) > 1:
        en, de = ", ".join(t.en for t in titles), ", ".join(t.de for t in titles)
        return Text(f"None of these is filled: {en}", f"Nichts davon ist ausgefüllt: {de}")
    en, de = ", ".join(t.en for t in titles), ", ".join(t.de for t in titles)
    return Text(f"Missing: {en}", f"Fehlt: {de}")


def _broken(rule: OwnRule, rows: RuleRows) -> Iterator[Broken]:
    """A finding is shown at the first column of its field: that is where a value would be put."""
    filled = [rows.filled(target) for target in rule.targets]
    first = [rows.columns(target)[0].name for target in rule.targets]
    if rule.asked == ANY:
        yield Broken(first[0], rows.among(rule, ~reduce(or_, filled)))
        return
    for column, is_there in zip(first, filled, strict=True):
        yield Broken(column, rows.among(rule, ~is_there))


RULE_KIND = RuleKind(
    name="required",
    title=Text("must be filled", "muss ausgefüllt sein"),
    read=_read,
    said=_said,
    broken=_broken,
    example='field = "vat_id"\nrequired = true\nwhen = { country = { is = "EU", not = "DE" } }',
)
