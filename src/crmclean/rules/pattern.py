"""A field whose whole value must fit a regular expression.

The engine is Rust's: its time grows with the length of the value alone, so no pattern can be a trap. For that it has
no look-around and no back-references; both are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from crmclean.core.language import Text
from crmclean.core.own_rule import OwnRule, Target, WrongRule
from crmclean.judgement import MAX_VALUE_CHARS
from crmclean.own_rules.contract import Broken, RuleKind
from crmclean.own_rules.rows import RuleRows

MAX_PATTERN_CHARS = 1000  # a longer one is a list of values, or an attempt to use up memory


def _read(value: Any, targets: tuple[Target, ...]) -> str:  # noqa: ARG001 - the signature of every kind
    if not isinstance(value, str) or not value:
        raise WrongRule("pattern", Text("pattern must be a text in quotes", "pattern muss ein Text sein"))
    if len(value) > MAX_PATTERN_CHARS:
        what = Text(
            f"pattern is longer than {MAX_PATTERN_CHARS} characters",
            f"pattern ist länger als {MAX_PATTERN_CHARS} Zeichen",
        )
        raise WrongRule("pattern", what)
    for pattern in (value, _whole(value)):  # a)|(b would fit into the brackets put around it, and mean something else
        why = _refusal(pattern)
        if why:
            raise WrongRule("pattern", Text(f"no valid pattern: {why}", f"kein gültiges Muster: {why}"))
    return value


def _whole(pattern: str) -> str:
    return rf"\A(?:{pattern})\z"


def _refusal(pattern: str) -> str:
    """Why the engine refuses a pattern, in its own words; empty where it does not."""
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError as error:
        if re.search(r"\(\?<?[=!]", pattern):
            return "look-around is not supported"
        said = re.search(r"^error: (.+)", str(error), re.MULTILINE) or re.search(r"(exceeds size limit)", str(error))
        return said[1] if said else "refused"
    return ""


def _said(rule: OwnRule) -> Text:
    return Text(f"Not in the form {rule.asked}", f"Nicht in der Form {rule.asked}")


def _broken(rule: OwnRule, rows: RuleRows) -> Iterator[Broken]:
    for target in rule.targets:
        for column in rows.columns(target):
            values = rows.values(target, column)
            # What is too long to be a value of anything has its own finding and is not matched.
            is_long = values.str.len_bytes() > MAX_VALUE_CHARS
            fits = values.str.contains(_whole(rule.asked)) | is_long
            yield Broken(column.name, rows.among(rule, ~fits.fill_null(value=True)))


RULE_KIND = RuleKind(
    name="pattern",
    title=Text("whole value fits a regular expression", "ganzer Wert passt auf einen regulären Ausdruck"),
    read=_read,
    said=_said,
    broken=_broken,
    example='column = "Kundennummer"\npattern = "K-[0-9]{4,6}"',
    said_to_others=Text("Not in the form that is asked for", "Nicht in der verlangten Form"),
)
