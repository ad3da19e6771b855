"""Which rule decides which column: what the configuration says, else what the field is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crmclean.config.merge_rules import is_fixed, rule_of, sources_of
from crmclean.config.model import MergeSection
from crmclean.core.errors import ConfigError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import FIELDS, SURVIVORSHIP
from crmclean.core.survivorship import Rule
from crmclean.merging.consent import meaning
from crmclean.merging.units import Unit, grouped
from crmclean.table import Column

# Fields whose values are times on a line, or keys: the usual order would ask the wrong question.
_BY_FIELD = {
    "record_id": "identity",
    "object_type": "primary",
    "parent_id": "primary",
    "identifier": "primary",
    "owner": "primary",
    "created_at": "earliest",
    "first_purchase_at": "earliest",
    "modified_at": "latest",
    "verified_at": "latest",
    "last_activity_at": "latest",
    "last_purchase_at": "latest",
    "bounced_at": "latest",
}


@dataclass(frozen=True, slots=True)
class MergePolicy:
    """How the columns of one table survive.

    Attributes:
        units: all columns, each in one unit.
        source_column: unique name; empty for none.
        sources: the most trusted first.
        entity: what every record is (``auto``: what it names), for the ids that must not contradict.
    """

    units: tuple[Unit, ...]
    source_column: str = ""
    sources: tuple[str, ...] = ()
    entity: str = "auto"

    @classmethod
    def of(cls, section: MergeSection, columns: Sequence[Column], entity: str = "auto") -> MergePolicy:
        """The policy for these columns.

        Raises:
            ConfigError: ``config-error``: a column that is not there, two rules for what survives together, a rule
                where none can be chosen; ``where`` is the key, for the caller to find its line.
        """
        names = [column.name for column in columns]
        if section.source_column and section.source_column not in names:
            raise _no_column(section.source_column, names, "source_column")
        for key in section.fields:
            if key not in names and key not in FIELDS:
                raise _no_column(key, [*names, *FIELDS], key)
        units = [_unit(part, needed, section.fields, is_list=is_list) for part, needed, is_list in grouped(columns)]
        return cls(tuple(units), section.source_column, sources_of(section.sources), entity)


def _by_rule(columns: tuple[Column, ...], rules: Mapping[str, str]) -> list[tuple[Column, ...]]:
    """The columns of a list, apart where the configuration gives them rules of their own."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        found.setdefault(_asked(column, rules), []).append(column)
    return [tuple(some) for some in found.values()]


def _unit(
    columns: tuple[Column, ...], needed: tuple[tuple[str, ...], ...], rules: Mapping[str, str], *, is_list: bool
) -> Unit:
    asked = {column.name: _asked(column, rules) for column in columns}
    given = list(dict.fromkeys(text for text in asked.values() if text))
    if not given:
        return Unit(columns, _usual(columns[0]), needed=needed, is_list=is_list)
    if len(given) > 1:
        raise _wrong(
            next(name for name, text in asked.items() if text),
            Text(
                f"two rules for what survives together: {', '.join(given)}",
                f"zwei Regeln für das, was zusammen überlebt: {', '.join(given)}",
            ),
        )
    rule, order = rule_of(given[0])
    assert rule is not None, "the configuration was checked when it was read"
    if rule.unites and len(columns) > 1:
        what = Text(
            "parts of one thing, or columns of one list, can't be joined in a cell",
            "Teile eines Ganzen oder Spalten einer Liste lassen sich nicht in einer Zelle verbinden",
        )
        raise _wrong(next(name for name, text in asked.items() if text), what)
    return Unit(columns, rule, order, needed, is_list=is_list)


def _asked(column: Column, rules: Mapping[str, str]) -> str:
    """The rule the configuration gives a column, by its name or its field; empty for none."""
    text = rules.get(column.name) or rules.get(column.field or "") or ""
    kind = FIELDS[column.field] if column.field else None
    if text and (is_fixed(kind) or meaning(column)):
        what = Text("a refusal and a record id are not to be chosen", "Widerspruch und Datensatz-ID sind nicht wählbar")
        raise _wrong(column.name, what)
    return text


def _usual(column: Column) -> Rule:
    if meaning(column):
        return SURVIVORSHIP["refusal"]
    return SURVIVORSHIP[_BY_FIELD.get(column.field or "", "usual")]


def _no_column(name: str, known: Sequence[str], key: str) -> ConfigError:
    what = Text(f"there is neither a column nor a field {name!r}", f"es gibt weder eine Spalte noch ein Feld {name!r}")
    hint = nearest(name, known, Text("`crmclean profile` shows the columns", "`crmclean profile` zeigt die Spalten"))
    return _wrong(key, what, hint)


def _wrong(key: str, what: Text, hint: Text | None = None) -> ConfigError:
    return ConfigError(what, code="config-error", hint=hint, where=key)
