"""Every code that the source can give is one that ``crmclean explain`` knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import crmclean
from crmclean.core.catalogue import describe
from crmclean.core.file_codes import FILE_CODES
from crmclean.core.registry import READERS

_SOURCE = Path(crmclean.__file__).parent
# Calls whose first argument is a code.
_FIRST = {"SheetError", "refused", "hostile", "note", "message"}
# Errors of a command line or a configuration: their message says all there is to say.
_ON_THE_SPOT = {
    "usage",
    "unknown-code",
    "unknown-field",
    "unknown-column",
    "unknown-dialect",
    "bad-dialect",
}


def _given() -> Iterator[tuple[str, str]]:
    """Place and code of every literal code outside of the fields, which have their own test."""
    for path in sorted(_SOURCE.rglob("*.py")):
        if path.is_relative_to(_SOURCE / "fields") or path.is_relative_to(_SOURCE / "accelerators"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            values = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            is_finding = name == "flag" and len(node.args) == len(("code", "row", "column"))
            values += node.args[:1] if name in _FIRST or is_finding else []
            for value in values:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield f"{path.relative_to(_SOURCE)}:{value.lineno}", value.value


def test_every_code_is_explained() -> None:
    own = {code.name for reader in READERS.values() for code in reader.codes}
    known = set(FILE_CODES) | own | _ON_THE_SPOT
    given = list(_given())
    assert len(given) > 100
    assert [(place, code) for place, code in given if code not in known] == []


def test_codes_of_sheets_are_explained_in_both_languages() -> None:
    for name in ("sheet-hidden", "sheet-not-found", "sheet-ambiguous", "computed-cells"):
        code = describe(name)
        for text in (code.what, code.why, code.fix):
            assert text.en
            assert text.de
            assert text.en != text.de
