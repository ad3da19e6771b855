"""Open Data Contract Standard v3: the properties of a table and its quality rules as rules.

Source: ODCS 3.0 and 3.1, https://bitol-io.github.io/open-data-contract-standard/ (schema, data quality:
library metrics).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crmclean.config.schemas.gathering import Gathered, bounds, mapping, mappings
from crmclean.core.language import Text

_OPTIONS = ("minLength", "maxLength", "pattern", "minimum", "maximum")
_EMPTY = ("nullValues", "missingValues", "nullCheck")
_DUPLICATE = ("duplicateValues", "duplicateCount")
_INVALID = ("invalidValues", "validValues")
_SEVERITIES = ("error", "warning", "info")
_AT_MOST = ("mustBeLessOrEqualTo", "mustBeLessThanOrEqualTo")
_BELOW = "mustBeLessThan"
_OPERATORS = ("mustBe", "mustNotBe", "mustBeGreater", "mustBeLess", "mustBeBetween", "mustNotBeBetween")
_TOLERANCE = Text("a rule of crmclean knows no tolerance here", "eine Regel von crmclean kennt hier keine Toleranz")
_EXCLUSIVE = Text(
    "mustBeLessThan excludes its limit, which a rule allows; mustBeLessOrEqualTo is taken over",
    "mustBeLessThan schließt seine Grenze aus, eine Regel erlaubt sie; mustBeLessOrEqualTo wird übernommen",
)


def is_contract(tree: Mapping[str, Any]) -> bool:
    """Whether it is a data contract of version 3."""
    return str(tree.get("apiVersion", "")).startswith("v3") and tree.get("kind") == "DataContract"


def take_contract(tree: Mapping[str, Any], into: Gathered) -> None:
    """Its rules; of several tables those of the one whose columns the export has."""
    tables = [each for each in mappings(tree.get("schema")) if mappings(each.get("properties"))]
    if not tables:
        return
    fits = [sum(_column(each, into) in into.columns for each in mappings(one["properties"])) for one in tables]
    table = tables[fits.index(max(fits))]
    for other in tables:
        if other is not table:
            into.refuse(str(other.get("name", "")), "schema", Text("another table", "eine andere Tabelle"))
    columns = {str(each.get("name")): _column(each, into) for each in mappings(table["properties"])}
    for each in mappings(table["properties"]):
        _take_property(each, into)
    _take_primary_key(table, into)
    for quality in mappings(table.get("quality")):
        _take_quality(quality, str(table.get("name", "")), columns, None, into)


def _column(given: Mapping[str, Any], into: Gathered) -> str:
    return into.column(given.get("physicalName"), given.get("name"), given.get("businessName"))


def _take_property(given: Mapping[str, Any], into: Gathered) -> None:
    name = _column(given, into)
    if not name:
        return
    if into.asks(name, "required", given):
        into.add(name, "required", value=True)
    if into.asks(name, "unique", given):
        into.add(name, "unique", value=True)
    options = mapping(given.get("logicalTypeOptions"))
    if "pattern" in options:
        into.add(name, "pattern", options["pattern"])
    sizes = {end: options[key] for end, key in (("min", "minLength"), ("max", "maxLength")) if options.get(key)}
    if sizes:
        into.add(name, "length", sizes)
    ends = bounds(options.get("minimum"), options.get("maximum"))
    if ends:
        into.add(name, "range", ends)
    for key in options:
        if key not in _OPTIONS:
            into.refuse(name, f"logicalTypeOptions.{key}")
    if mappings(given.get("properties")) or given.get("items"):
        into.refuse(name, "properties, items", Text("a cell holds one value", "eine Zelle enthält einen Wert"))
    for quality in mappings(given.get("quality")):
        _take_quality(quality, name, {}, name, into)


def _take_primary_key(table: Mapping[str, Any], into: Gathered) -> None:
    keys = [each for each in mappings(table["properties"]) if into.asks(_column(each, into), "primaryKey", each)]
    keys.sort(key=lambda each: each["primaryKeyPosition"] if isinstance(each.get("primaryKeyPosition"), int) else 0)
    if keys:
        names = [_column(each, into) for each in keys]
        into.add(names, "required", value=True)
        into.add(names, "unique", value=True)


def _take_quality(
    quality: Mapping[str, Any], where: str, columns: Mapping[str, str], name: str | None, into: Gathered
) -> None:
    """One quality rule, of a column (``name``) or of the table."""
    metric = quality.get("metric") or quality.get("rule") or ""
    kind = quality.get("type", "library")
    if kind != "library" or not metric:
        into.refuse(where, f"quality {kind}", Text("only library metrics are", "nur Metriken der Bibliothek"))
        return
    arguments = {**mapping(quality.get("arguments"))}
    arguments.update({key: quality[key] for key in ("validValues", "pattern", "properties") if key in quality})
    others = {"severity": quality.get("severity") if quality.get("severity") in _SEVERITIES else None}
    others["why"] = quality.get("description")
    if metric in _DUPLICATE and _is_zero(quality):
        given = arguments.get("properties")
        names = [columns.get(str(each), str(each)) for each in given] if isinstance(given, list) and given else []
        if name or names:
            into.add(name or names, "unique", value=True, **others)
            return
    if name and metric in _EMPTY and _take_empty(quality, name, others, into):
        return
    if name and metric in _EMPTY and _BELOW in quality and quality.get("unit") == "percent":
        into.refuse(where, f"quality {metric}", _EXCLUSIVE)
        return
    if name and metric in _INVALID and _is_zero(quality):
        _take_valid(arguments, name, others, into)
        return
    rows = Text("min_rows in [gate] does that", "das kann min_rows in [gate]")
    why = rows if metric == "rowCount" else _TOLERANCE
    into.refuse(where, f"quality {metric}", why)


def _is_zero(quality: Mapping[str, Any]) -> bool:
    """Whether nothing at all is tolerated; a metric without an operator says the same."""
    given = [key for key in quality if key.startswith(_OPERATORS)]
    return not given or (given == ["mustBe"] and quality["mustBe"] == 0)


def _take_empty(quality: Mapping[str, Any], name: str, others: Mapping[str, Any], into: Gathered) -> bool:
    if _is_zero(quality):
        into.add(name, "required", value=True, **others)
        return True
    percent = next((quality[key] for key in _AT_MOST if key in quality), None)
    if quality.get("unit") == "percent" and isinstance(percent, (int, float)) and 0 <= percent < 100:
        into.add(name, "complete", {"at_least": round(1 - percent / 100, 6)}, **others)
        return True
    return False


def _take_valid(arguments: Mapping[str, Any], name: str, others: Mapping[str, Any], into: Gathered) -> None:
    if isinstance(arguments.get("validValues"), list):
        into.add(name, "allowed", [str(each) for each in arguments["validValues"]], **others)
    if "pattern" in arguments:
        into.add(name, "pattern", arguments["pattern"], **others)
