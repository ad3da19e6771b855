"""Reads a schema file of either kind, JSON or the YAML that data contracts are written in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crmclean.config.model import RuleSection
from crmclean.config.schemas.frictionless import is_table_schema, take_table_schema
from crmclean.config.schemas.gathering import Gathered
from crmclean.config.schemas.odcs import is_contract, take_contract
from crmclean.config.schemas.yaml_subset import WrongYaml, load_yaml
from crmclean.core.errors import ConfigError
from crmclean.core.language import Text

MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """What a schema gave.

    Attributes:
        rules: sections ``[rules.NAME]``, by name.
        remarks: what was not taken over, and columns the export does not have.
    """

    rules: Mapping[str, RuleSection]
    remarks: tuple[Text, ...]


def rules_from_schema(path: Path, columns: Sequence[str]) -> Imported:
    """The rules of a schema.

    Args:
        path: Frictionless Table Schema or data package (JSON), or data contract of ODCS v3 (JSON or YAML).
        columns: unique names of the export's columns.

    Raises:
        ConfigError: unreadable, or neither of them; with the line where there is one.
    """
    tree = _tree(path)
    into = Gathered(columns)
    if isinstance(tree, dict) and is_contract(tree):
        take_contract(tree, into)
    elif isinstance(tree, dict) and is_table_schema(tree):
        take_table_schema(tree, into)
    else:
        what = Text(
            "is no Table Schema and no data contract (ODCS v3)",
            "ist kein Table Schema und kein Data Contract (ODCS v3)",
        )
        raise _wrong(path, what)
    into.check_columns()
    return Imported(into.rules, tuple(into.remarks))


def _tree(path: Path) -> Any:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _wrong(path, Text(f"can't be read ({error.strerror})", f"nicht lesbar ({error.strerror})")) from None
    if len(data) > MAX_BYTES:
        raise _wrong(path, Text("is larger than 1 MiB", "ist größer als 1 MiB"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _wrong(path, Text("is not UTF-8", "ist nicht UTF-8"), line) from None
    try:
        return json.loads(text) if text.lstrip()[:1] in ("{", "[") else load_yaml(text)
    except json.JSONDecodeError as error:
        what = Text(f"no valid JSON: {error.msg.lower()}", f"kein gültiges JSON: {error.msg.lower()}")
        raise _wrong(path, what, error.lineno) from None
    except WrongYaml as error:
        raise _wrong(path, error.what, error.line) from None
    except RecursionError:
        raise _wrong(path, Text("is nested too deeply", "ist zu tief verschachtelt")) from None


def _wrong(path: Path, what: Text, line: int = 0) -> ConfigError:
    return ConfigError(what, code="config-error", where=f"{path}:{line}" if line else str(path))
