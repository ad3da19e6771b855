"""Frictionless Table Schema: its types and constraints as rules.

Source: Table Schema, https://specs.frictionlessdata.io/table-schema/ (types and formats, constraints, keys).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crmclean.config.schemas.gathering import Gathered, bounds, mapping, mappings
from crmclean.core.language import Text

_TAKEN = ("required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength")
_TRUE, _FALSE = ["true", "True", "TRUE", "1"], ["false", "False", "FALSE", "0"]  # the specification's defaults
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}"
_FORMS = {
    ("integer", "default"): r"[+-]?[0-9]+",
    ("date", "default"): _DATE,
    ("datetime", "default"): rf"{_DATE}T{_TIME}(?:\.[0-9]+)?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?",
    ("time", "default"): _TIME,
    ("year", "default"): r"-?[0-9]{4}",
    ("yearmonth", "default"): "[0-9]{4}-[0-9]{2}",
    ("string", "email"): r"[^@\s]+@[^@\s]+\.[^@\s]+",
    ("string", "uri"): r"[A-Za-z][A-Za-z0-9+.-]*:\S+",
    ("string", "uuid"): "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
}
_PARTS = {
    "%Y": "[0-9]{4}", "%y": "[0-9]{2}", "%m": "[0-9]{1,2}", "%d": "[0-9]{1,2}", "%H": "[0-9]{1,2}",
    "%M": "[0-9]{2}", "%S": "[0-9]{2}", "%%": "%",
}  # fmt: skip
_DATES = ("date", "datetime")
_ORDERED = ("integer", "number", "year", *_DATES, "")


def is_table_schema(tree: Mapping[str, Any]) -> bool:
    """Whether it is a table schema, or a data package or resource that holds one."""
    return bool(_schemas(tree))


def _schemas(tree: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if mappings(tree.get("fields")):
        return [tree]
    inner = [mapping(tree.get("schema")), *(mapping(each.get("schema")) for each in mappings(tree.get("resources")))]
    return [each for each in inner if mappings(each.get("fields"))]


def take_table_schema(tree: Mapping[str, Any], into: Gathered) -> None:
    """Its constraints as rules; of several tables the one whose columns the export has."""
    schemas = _schemas(tree)
    fits = [sum(each.get("name") in into.columns for each in mappings(one["fields"])) for one in schemas]
    schema = schemas[fits.index(max(fits))]
    if len(schemas) > 1:
        others = Text(f"{len(schemas) - 1} other tables", f"{len(schemas) - 1} andere Tabellen")
        into.remarks.append(Text(f"{others.en} are not taken over", f"{others.de} werden nicht übernommen"))
    for field in mappings(schema["fields"]):
        _take_field(field, into)
    _take_keys(schema, into)
    if schema.get("missingValues", [""]) != [""]:
        why = Text("crmclean knows its own placeholders", "crmclean kennt eigene Platzhalter")
        into.refuse("schema", "missingValues", why)


def _take_field(field: Mapping[str, Any], into: Gathered) -> None:
    name, given = into.column(field.get("name")), mapping(field.get("constraints"))
    if not name:
        return
    kind = field.get("type", "")
    if into.asks(name, "required", given):
        into.add(name, "required", value=True)
    if into.asks(name, "unique", given):
        into.add(name, "unique", value=True)
    if "enum" in given:
        into.add(
            name, "allowed", [_as_text(each) for each in given["enum"]] if isinstance(given["enum"], list) else None
        )
    if "pattern" in given:
        into.add(name, "pattern", given["pattern"])
    _take_type(name, kind, field, into)
    ends = bounds(given.get("minimum"), given.get("maximum"))
    if ends and kind in _ORDERED:
        into.add(name, "range", ends)
    elif ends:
        into.refuse(name, "minimum, maximum", Text(f"of type {kind}", f"vom Typ {kind}"))
    sizes = {end: given[key] for end, key in (("min", "minLength"), ("max", "maxLength")) if key in given}
    if sizes.get("min") == 0:
        del sizes["min"]
    if sizes:
        into.add(name, "length", sizes)
    for key in given:
        if key not in _TAKEN:
            into.refuse(name, key)


def _take_type(name: str, kind: str, field: Mapping[str, Any], into: Gathered) -> None:
    form = field.get("format", "default")
    if kind == "boolean":
        into.add(name, "allowed", [*field.get("trueValues", _TRUE), *field.get("falseValues", _FALSE)])
    elif kind == "number":
        into.add(name, "pattern", _number(field))
    elif kind in ("integer", "number") and field.get("bareNumber") is False:
        into.refuse(name, "bareNumber")
    elif (kind, form) in _FORMS:
        into.add(name, "pattern", _FORMS[kind, form])
    elif kind in _DATES and "%" in form:
        pattern = _of_strptime(form)
        if pattern:
            into.add(name, "pattern", pattern)
        else:
            into.refuse(name, f"format {form}")
    elif kind not in ("string", "any", "") or form not in ("default", "any"):
        into.refuse(name, f"type {kind}{'' if form == 'default' else f' ({form})'}")


def _number(field: Mapping[str, Any]) -> str:
    decimal, group = (
        re.escape(str(field.get(key, otherwise))) for key, otherwise in (("decimalChar", "."), ("groupChar", ""))
    )
    whole = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+)" if group else "[0-9]+"
    bare = rf"[+-]?{whole}(?:{decimal}[0-9]+)?(?:[eE][+-]?[0-9]+)?"
    return rf"[^0-9+-]*{bare}[^0-9]*" if field.get("bareNumber") is False else bare


def _of_strptime(form: str) -> str:
    """A pattern for a date format; empty where a part of it is not known."""
    parts = re.findall(r"%.|[^%]+", form)
    known = [_PARTS.get(part, "") if part[0] == "%" else re.escape(part) for part in parts]
    return "".join(known) if all(known) else ""


def _take_keys(schema: Mapping[str, Any], into: Gathered) -> None:
    primary = _names(schema.get("primaryKey"), into)
    if primary:
        into.add(primary, "required", value=True)
    for key in (primary, *(_names(each, into) for each in schema.get("uniqueKeys", []))):
        if key:
            into.add(key, "unique", value=True)
    if schema.get("foreignKeys"):
        into.refuse("schema", "foreignKeys", Text("they speak of another table", "sie betreffen eine andere Tabelle"))


def _names(given: Any, into: Gathered) -> list[str]:
    names = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    return [into.column(name) for name in names if isinstance(name, str)]


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
