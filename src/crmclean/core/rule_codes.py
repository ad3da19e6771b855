"""Codes of rules of one's own. ``RULE_CODES`` is part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

PREFIX = "rule."  # before the name of a rule: the code of what it finds
WITHOUT_COLUMN = "rule-without-column"

RULE_CODES: tuple[Code, ...] = (
    Code(
        WITHOUT_COLUMN,
        Severity.WARNING,
        Text("A rule speaks of a column that is not there", "Eine Regel spricht von einer Spalte, die es nicht gibt"),
        Text(
            "What it asks for was not looked at: the export may have lost a column, or the rule names another file's.",
            "Ungeprüft blieb, was sie verlangt: dem Export fehlt eine Spalte, oder sie meint eine andere Datei.",
        ),
        Text(
            "Correct the name in the rule, or say with [columns] which column holds the field.",
            "Den Namen in der Regel berichtigen oder mit [columns] sagen, welche Spalte das Feld enthält.",
        ),
    ),
)


def own_rule_code(name: str) -> Code:
    """What is known of a rule by its name alone; the configuration knows its words and its severity."""
    return Code(
        name,
        Severity.ERROR,
        Text(f"A rule of your own is broken: {name}", f"Eine eigene Regel ist verletzt: {name}"),
        Text(
            "The configuration this export was checked with has a rule of this name.",
            "Die Konfiguration, mit der dieser Export geprüft wurde, hat eine Regel dieses Namens.",
        ),
        Text(
            f"Correct the cell, or the rule: `crmclean explain {PREFIX}{name} --config crmclean.toml` shows it.",
            f"Zelle berichtigen, oder die Regel: `crmclean explain {PREFIX}{name} --config crmclean.toml` zeigt sie.",
        ),
    )
