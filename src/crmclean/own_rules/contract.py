"""The contract of a kind of rule: one module in ``crmclean/rules`` that exports ``RULE_KIND``.

Private kinds come in through entry points of the group ``crmclean.rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.core.language import Text
from crmclean.core.own_rule import OwnRule, Target
from crmclean.own_rules.rows import RuleRows


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a rule is broken.

    Attributes:
        column: unique name of the column a finding is shown at; ``None`` for the whole file.
        at: ``Boolean``, n_rows, without null: the records; ``None``: one finding about the file.
        detail: figures for the message of a finding about the file; never a cell's value.
    """

    column: str | None
    at: pl.Series | None
    detail: Text | None = None


@dataclass(frozen=True, slots=True)
class RuleKind:
    """One kind of rule.

    Attributes:
        name: equal to the module's file name, and the key that asks for it.
        title: what a person reads.
        read: ``(value of the key, targets) -> what the check needs``. Raises ``WrongRule`` with ``name`` as key. The
            value is JSON-like: dates are ISO texts.
        said: ``rule -> message`` where the user gave none; names no cell value.
        broken: ``(rule, rows) -> where it is broken``. Whole columns only. Every target it gets has a column; what
            ``rows.meant`` leaves out must not be named.
        needs_all: whether nothing can be said when one of several targets has no column.
        needs_targets: whether ``field`` or ``column`` must be given; ``read`` says so itself where it depends.
        said_to_others: said instead where ``said`` repeats values the rule names, which may be somebody's.
        example: the section's lines, for the docs and the conformance test.
    """

    name: str
    title: Text
    read: Callable[[Any, tuple[Target, ...]], Any]
    said: Callable[[OwnRule], Text]
    broken: Callable[[OwnRule, RuleRows], Iterator[Broken]]
    example: str
    needs_all: bool = False
    needs_targets: bool = True
    said_to_others: Text | None = None
