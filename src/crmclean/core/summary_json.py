"""The figures of a run from the JSON report it left, so that every form of the report can be made of it later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from crmclean.core.hidden import Hidden
from crmclean.core.language import Text
from crmclean.core.privacy import with_sums
from crmclean.core.ratio import Ratio
from crmclean.core.relationship import Abc, Answers
from crmclean.core.summary import RunSummary


def summary_of(tree: Mapping[str, Any]) -> RunSummary:
    """The summary ``RunSummary.as_json`` gave, with its texts in both languages.

    Args:
        tree: of a JSON report with the same ``schema_version``; keys that are not known are passed over.

    Raises:
        KeyError: a key is missing.
        TypeError: a value is of another kind than written.
        ValueError: a value has another length than written.
    """
    summary: RunSummary = _read(RunSummary, tree, tree["german"])
    return with_sums(summary)


def _read(kind: Any, value: Any, german: Mapping[str, str]) -> Any:
    """A plain value as what the annotation says it was."""
    if kind is Text:
        return Text(value, german.get(value, value))
    if isinstance(kind, type) and is_dataclass(kind):
        types = get_type_hints(kind)
        if kind in (Ratio, Answers, Abc):  # counts that were not told
            value = {name: Hidden() if each is None and types[name] is int else each for name, each in value.items()}
        return kind(
            **{
                each.name: _read(types[each.name], value[each.name], german)
                for each in fields(kind)
                if each.name in value or each.default is MISSING  # a report from before there was such a part
            }
        )
    origin, of = get_origin(kind), get_args(kind)
    if origin is tuple and of[-1] is Ellipsis:
        return tuple(_read(of[0], item, german) for item in value)
    if origin is tuple:
        return tuple(_read(each, item, german) for each, item in zip(of, value, strict=True))
    if origin is Mapping:
        return {name: _read(of[1], item, german) for name, item in value.items()}
    if origin is UnionType and any(isinstance(one, type) and is_dataclass(one) for one in of):
        inner = next(one for one in of if is_dataclass(one))
        return None if value is None else _read(inner, value, german)
    plain = of if origin is UnionType else (kind,)
    if not isinstance(value, (*plain, int) if float in plain else plain):
        raise TypeError(kind)
    return value
