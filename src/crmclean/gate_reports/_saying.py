"""How a finding and its place are put in words, in every format alike. Nothing in it acts on a terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crmclean.core.catalogue import describe
from crmclean.core.codes import Code
from crmclean.core.counting import number
from crmclean.core.language import Language, Text, quoted
from crmclean.core.text import visible
from crmclean.core.wording import SCORES
from crmclean.gate_result import GateResult, joined

Row = Mapping[str, Any]

RECORD = Text("record {}", "Datensatz {}")
_COLUMN = Text("column {}", "Spalte {}")
_UNENCODABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LIMITS = {
    "findings": Text("findings", "Befunde"),
    "rejects": Text("lines that are no records", "Zeilen, die keine Datensätze sind"),
    "rows": Text("number of records", "Zahl der Datensätze"),
    "score": Text("score", "Gesamtwert"),
}
_PASSED = Text("passed", "bestanden")
_FAILED = Text("failed", "nicht bestanden")


def plain(text: str) -> str:
    r"""Text that can be encoded anywhere and acts nowhere.

    >>> plain("a\x1b\ud800")
    'a\\x1b\\ud800'
    """
    return _UNENCODABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", visible(text))


def described(code: str) -> Code | None:
    """What is known about a code; ``None`` for a rule of the user's own."""
    try:
        return describe(code)
    except KeyError:
        return None


def sentence(row: Row, language: Language, *, names_id: bool = True, is_for_people: bool = False) -> str:
    """``message (record 5, id R5, column C "Telefon") [value → suggestion]``."""
    where, what = place(row, language, names_id=names_id, is_for_people=is_for_people), value(row)
    return plain(row["message"]) + (f" ({where})" if where else "") + (f" [{what}]" if what else "")


def place(row: Row, language: Language, *, names_id: bool = True, is_for_people: bool = False) -> str:
    """``record 5, id R5, column C "Telefon"``; empty for a finding about the file.

    Args:
        row: of the findings.
        language: of the words.
        names_id: whether the record's id may stand there.
        is_for_people: German quotes in German texts; what programs read has the same in both languages.
    """
    parts = []
    if row["row"] is not None:
        parts.append(RECORD.said(language).format(row["row"]))
    if row["record_id"] and names_id:
        parts.append(f"id {plain(row['record_id'])}")
    if row["column"] is not None:
        name = quoted(plain(row["column"]), language if is_for_people else "en")
        named = f"{row['letter']} {name}" if row["letter"] else name
        parts.append(_COLUMN.said(language).format(named))
    return ", ".join(parts)


def value(row: Row) -> str:
    """``value → suggestion``, as far as there are any."""
    shown = plain(row["value"] or "")
    return f"{shown} → {plain(row['suggestion'])}" if row["suggestion"] else shown


def verdict(result: GateResult, language: Language) -> str:
    """``passed``, or ``failed: why``."""
    if result.passed:
        return _PASSED.said(language)
    return f"{_FAILED.said(language)}: {joined(result.failures).said(language)}"


def passed_or_failed(result: GateResult, language: Language) -> str:
    """One word."""
    return (_PASSED if result.passed else _FAILED).said(language)


def limit_title(name: str, language: Language) -> str:
    """What a person calls a limit."""
    return {**_LIMITS, **SCORES}[name].said(language)


def baseline_said(result: GateResult, language: Language) -> str:
    """How the findings stand to the baseline; empty without one."""
    found = result.baseline
    if found is None:
        return ""
    said = Text("baseline: {} known, {} new, {} stale", "Baseline: {} bekannt, {} neu, {} erledigt").said(language)
    text = said.format(*(number(n, language) for n in (found.known, found.new, found.stale)))
    stale = ", ".join(f"{code} {number(n, language)}" for code, n in found.stale_by_code)
    return f"{text} ({stale})" if stale else text
