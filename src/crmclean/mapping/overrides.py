"""The user's word on columns: ``--map "Spalte=field"`` and the configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crmclean.config.model import NO_FIELD
from crmclean.core.errors import ConfigError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import FIELDS
from crmclean.core.text import fold
from crmclean.dialects import Claim


def claims_by_user(names: Sequence[str], labels: Sequence[str], overrides: Mapping[str, str]) -> dict[str, Claim]:
    """Unique column name to the field the user gives it; the field ``text`` is "leave alone".

    Args:
        names: unique column names.
        labels: headers as the file has them.
        overrides: column (unique name, header, or header folded) to ``field``, ``field@group``, or ``-`` for none.

    Raises:
        ConfigError: no such field or column; the hint names the nearest.
    """
    claims: dict[str, Claim] = {}
    for column, wanted in overrides.items():
        field, _, group = wanted.strip().partition("@")
        if field.casefold() in NO_FIELD:
            field = "text"
        if field not in FIELDS:
            raise _unknown_field(field)
        for name in _meant(column, names, labels):
            claims[name] = Claim(field, group)
    return claims


def _meant(column: str, names: Sequence[str], labels: Sequence[str]) -> Iterable[str]:
    if column in names:
        return [column]
    pairs = list(zip(names, labels, strict=True))
    found = [name for name, label in pairs if label == column]
    found = found or [name for name, label in pairs if fold(label) and fold(label) == fold(column)]
    if found:
        return found
    hint = nearest(column, names, Text("`crmclean profile` lists the columns", "`crmclean profile` zeigt die Spalten"))
    raise ConfigError(
        Text(f"the file has no column {column!r}", f"die Datei hat keine Spalte {column!r}"),
        code="unknown-column",
        hint=hint,
    )


def _unknown_field(field: str) -> ConfigError:
    return ConfigError(
        Text(f"there is no field {field!r}", f"es gibt kein Feld {field!r}"),
        code="unknown-field",
        hint=nearest(field, FIELDS, Text("`crmclean list fields` shows all", "`crmclean list fields` zeigt alle")),
    )
