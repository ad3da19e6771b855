"""Rules gathered from a schema, each named and proved, and what could not be taken over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crmclean.config.model import RuleSection
from crmclean.config.own_rules import wrong_in_rules
from crmclean.core.language import Text

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SUFFIX = {"max_age_days": "age"}
_MAX_SLUG = 40
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0", "")


class Gathered:
    """Rules on columns of one export.

    Args:
        columns: unique names of the export's columns.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        self.rules: dict[str, RuleSection] = {}
        self.remarks: list[Text] = []

    def column(self, *names: Any) -> str:
        """The first of several names that the export has; the first of all where it has none."""
        texts = [str(name) for name in names if isinstance(name, str) and name]
        folded = {column.casefold(): column for column in self.columns}
        for text in texts:
            if text in self.columns:
                return text
        return next((folded[text.casefold()] for text in texts if text.casefold() in folded), texts[0] if texts else "")

    def add(self, columns: str | Sequence[str], kind: str, value: Any, **others: Any) -> None:
        """A rule of one kind on columns; one that can't be is a remark instead."""
        named = [columns] if isinstance(columns, str) else list(columns)
        name = self._name(named, kind)
        keys: dict[str, Any] = {"column": named[0] if len(named) == 1 else named, kind: value}
        keys.update({key: each for key, each in others.items() if each})
        section = RuleSection(keys)
        for wrong in wrong_in_rules({name: section}):
            self.refuse("-".join(named), kind, wrong.what)
            return
        if section not in self.rules.values():  # a key is often said to be required and unique besides
            self.rules[name] = section

    def refuse(self, where: str, what: str, why: Text | None = None) -> None:
        """Something that is not taken over."""
        en, de = (f" ({why.en})", f" ({why.de})") if why else ("", "")
        self.remarks.append(
            Text(f"{where}: {what} is not taken over{en}", f"{where}: {what} wird nicht übernommen{de}")
        )

    def asks(self, where: str, key: str, given: Mapping[str, Any]) -> bool:
        """Whether a key says yes; what is neither yes nor no is a remark.

        YAML of another version and hands that quote everything write ``yes``, ``"true"`` and ``1``.
        """
        text = str(given.get(key, "")).strip().lower()
        if text in _NO or given.get(key) is None:
            return False
        if text not in _YES:
            self.refuse(where, key, Text("neither true nor false", "weder true noch false"))
        return text in _YES

    def check_columns(self) -> None:
        """Say which columns of the rules the export does not have."""
        named: dict[str, None] = {}
        for section in self.rules.values():
            column = section.keys["column"]
            named.update(dict.fromkeys([column] if isinstance(column, str) else column))
        for name in named:
            if name not in self.columns:
                self.remarks.append(
                    Text(f"{name}: this export has no such column", f"{name}: diese Spalte hat der Export nicht")
                )

    def _name(self, columns: Sequence[str], kind: str) -> str:
        plain = "-".join(columns).lower().translate(_UMLAUTS)
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MAX_SLUG].strip("-")
        slug = slug if slug[:1].isalpha() else f"column-{slug}".rstrip("-")
        name = f"{slug}-{_SUFFIX.get(kind, kind)}"
        n = 2
        while name in self.rules:
            name, n = f"{slug}-{_SUFFIX.get(kind, kind)}-{n}", n + 1
        return name


def mapping(value: Any) -> Mapping[str, Any]:
    """A mapping, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """The mappings of a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def number_or_text(value: Any) -> Any:
    """A number where a text holds one: schemas write both."""
    if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", value):
        return float(value)
    return value


def bounds(low: Any, high: Any) -> dict[str, Any]:
    """``{min, max}`` of what is there."""
    ends = {"min": number_or_text(low), "max": number_or_text(high)}
    return {name: end for name, end in ends.items() if end is not None}
