"""The groups of an export as strangers may see them: no group of few records, owners by number.

A small group goes into what is summed as others; where that rest would be small itself, or one single group, the next
smallest goes with it, so that no difference of sums tells one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crmclean.core.groups import Group, Grouping
from crmclean.core.hidden import FEWEST
from crmclean.core.ratio import Ratio

_PEOPLE = frozenset({"owner"})  # kinds whose names are persons
_COUNTRY_CODE = re.compile("[A-Z]{2}")


def private_groupings(groupings: Sequence[Grouping]) -> tuple[Grouping, ...]:
    """The groupings without small groups; one that has no other group left is gone."""
    return tuple(grouping for grouping in without_names(list(map(_without_few, groupings))) if grouping.groups)


def without_names(groupings: Sequence[Grouping]) -> tuple[Grouping, ...]:
    """The groupings with persons, and names few records share, by number in the order of the table; all counts stay."""
    return tuple(map(_without_names, groupings))


def _without_few(grouping: Grouping) -> Grouping:
    by_size = sorted(grouping.groups, key=lambda group: (group.records, group.name))
    few = [group for group in by_size if group.records < FEWEST]
    kept = by_size[len(few) :]
    n_others = grouping.n_others + len(few)
    rest = [*few, *([grouping.others] if grouping.others else [])]
    while rest and kept and (n_others < 2 or sum(group.records for group in rest) < FEWEST):
        rest.append(kept.pop(0))
        n_others += 1
    shown = {group.name for group in kept}
    others = _together(rest) if rest else None
    groups = tuple(group for group in grouping.groups if group.name in shown)
    return replace(grouping, groups=groups, others=others, n_others=n_others)


def _together(groups: Sequence[Group]) -> Group:
    def summed(ratios: Sequence[Ratio]) -> Ratio:
        return Ratio(sum(ratio.n for ratio in ratios), sum(ratio.of for ratio in ratios))

    return Group(
        "",
        sum(group.records for group in groups),
        summed([group.completeness for group in groups]),
        summed([group.validity for group in groups]),
        sum(group.errors for group in groups),
    )


def _without_names(grouping: Grouping) -> Grouping:
    named = (
        replace(group, name=f"#{i}") if _tells_of_somebody(grouping.kind, group) else group
        for i, group in enumerate(grouping.groups, start=1)
    )
    return replace(grouping, groups=tuple(named))


def _tells_of_somebody(kind: str, group: Group) -> bool:
    """Whether a group's name is a person's, or what stands with so few that it may be anything: a slip, a note."""
    if not group.name:
        return False
    is_code = kind == "country" and _COUNTRY_CODE.fullmatch(group.name) is not None
    return kind in _PEOPLE or (group.records < FEWEST and not is_code)
