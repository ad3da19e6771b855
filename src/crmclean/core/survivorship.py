"""The contract of a survivorship rule: by which criteria one of several values becomes that of the golden record.

A rule is one module in ``crmclean/merging/rules`` that exports ``RULE``; the file name is the rule's name, and
``[merge.fields]`` of ``crmclean.toml`` knows it from then on. The criteria are in ``crmclean.merging.criteria``.
"""

from __future__ import annotations

from dataclasses import dataclass

from crmclean.core.language import Text

# What decides when nothing else is said, and what breaks the ties of the other rules.
USUAL = ("validity", "source", "recency", "completeness", "frequency", "primary")


@dataclass(frozen=True, slots=True)
class Rule:
    """One survivorship rule.

    Attributes:
        name: equal to the module's file name.
        title: what a person reads.
        order: names of criteria, the deciding one first; ties after the last one break by the text, then the row.
        takes_order: whether it is written with sources behind a colon (``source:ERP>CRM``).
        unites: whether all values are written into the cell, best first, instead of the best one.
        takes_empty: whether the best record decides even where it says nothing.
        is_built_in: applied by crmclean where it is due, and never to be chosen: consent, record ids.
    """

    name: str
    title: Text
    order: tuple[str, ...]
    takes_order: bool = False
    unites: bool = False
    takes_empty: bool = False
    is_built_in: bool = False


def before_usual(*criteria: str) -> tuple[str, ...]:
    """Criteria in front of the usual ones, none of them twice.

    >>> before_usual("validity", "recency")
    ('validity', 'recency', 'source', 'completeness', 'frequency', 'primary')
    """
    return (*criteria, *(name for name in USUAL if name not in criteria))
