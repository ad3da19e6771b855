"""Writes a commented ``crmclean.toml``: every key with its default, every column with what was found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from crmclean.config.history import KEYS as _HISTORY_KEYS
from crmclean.config.lifecycle import KEYS as _LIFECYCLE_KEYS
from crmclean.config.model import Config
from crmclean.config.privacy import KEYS as _PRIVACY_KEYS
from crmclean.config.rules_template import rules_text, severity_text

# What each key means, in the words of the command line's help.
_KEYS = {
    "encoding": 'character encoding, e.g. "cp1252"; empty: found in the file',
    "delimiter": 'field delimiter, e.g. ";"; empty: found in the file',
    "header_row": "line the column names stand in; 0: found in the file",
    "header": "false if the file has no column names",
    "sheet": "sheet of a workbook",
    "dialect": "the CRM that wrote the file (crmclean list dialects); empty: found in the file",
    "country": 'country of records that name none, e.g. "DE"',
    "entity": "what a record is, so which fields it could fill: auto, company, person or contact",
    "unsafe_fixes": "apply proposals too, not only safe repairs",
    "edited_days": "days after which an unedited record is stale",
    "verified_days": "days after which an unverified record is stale",
    "active_days": "days without activity after which a record is stale",
    **_HISTORY_KEYS,
    **_LIFECYCLE_KEYS,
    **_PRIVACY_KEYS,
    "auto": "probability (0..1) from which two records are duplicates without a question",
    "review": "probability from which a pair is listed for a person to decide",
    "four_eyes": "an answer in review counts when a second person has approved it",
    "mode": 'what becomes of duplicates: "merge" makes one record of them, "link" keeps all and marks them',
    "source_column": "column that names the system a record comes from",
    "sources": 'those systems, the most trusted first, e.g. "ERP>CRM"',
    "policy": 'what enrichment does to a cell: "fill" blanks, "own" values too, "propose", "overwrite"',
    "directory": "the company directory file that gaps are filled from",
    "online": 'online directories to ask, e.g. "vies"; none unless named here',
    "fail_on": 'exit code 1 when findings are this grave: "error", "warning" or "never"',
    "fail_under": "exit code 1 when the score (0..1) is lower",
    "max_new": "findings of that severity, without those of a baseline, that still end with exit code 0",
    "max_rejects": "rejected records that still end with exit code 0",
    "min_rows": "exit code 1 when the file holds fewer records",
}

_SHOWN_RULE = {
    "merge": ("field or column = rule (crmclean list rules)", '# phone = "most_recent"'),
    "gate": ("dimension (or score) = lowest share, 0..1 (docs/gate.md)", "# completeness = 0.9"),
    "enrich": ("field = policy; address stands for street to country", '# address = "propose"'),
}
# Keys that mean something of their own in a section.
_KEYS_OF = {
    ("enrich", "auto"): "probability (0..1) from which a company of the directory is meant without a question",
    ("enrich", "review"): "probability from which what it says is proposed",
}


def template(
    config: Config, columns: Sequence[tuple[str, str | None, str, str]], *, name: str, remarks: Sequence[str] = ()
) -> str:
    """The text of a configuration file.

    Args:
        config: the values to write; those that equal the default are commented out.
        columns: unique column name, field or ``None``, group, evidence.
        name: of the file it was made from.
        remarks: what to say above the rules.
    """
    lines = [f"# crmclean configuration, made from {_one_line(name)}.", "# A key that is left out has its default.", ""]
    for section in fields(Config):
        value = getattr(config, section.name)
        if section.name == "directories":
            continue  # each has its own sections; none is needed
        if section.name in ("rules", "severity"):
            lines += [*(rules_text(value, remarks) if section.name == "rules" else severity_text(value)), ""]
            continue
        lines.append(f"[{section.name}]")
        if is_dataclass(value):
            lines += _keys(value, section.name)
        elif section.name == "columns":
            lines += ['# column = field, field@group, or "-" to leave it alone (crmclean list fields)']
            lines += [_column(*column) for column in columns]
        else:
            lines += ["# field = written form (crmclean list fields)"]
            lines += [f"{key} = {_toml(item)}" for key, item in value.items()] or ['# phone = "international"']
        lines.append("")
    return "\n".join(lines)


def _keys(section: Any, name: str) -> list[str]:
    lines = []
    for key in fields(section):
        value = getattr(section, key.name)
        if isinstance(value, Mapping):
            continue
        off = "# " if value == key.default else ""
        shown = True if value is None else value
        lines.append(f"{off}{key.name} = {_toml(shown)}  # {_KEYS_OF.get((name, key.name)) or _KEYS[key.name]}")
    for key in fields(section):
        value = getattr(section, key.name)
        if isinstance(value, Mapping):
            what, example = _SHOWN_RULE[name]
            lines += ["", f"[{name}.{key.name}]  # {what}"]
            lines += [f"{_toml(left)} = {_toml(right)}" for left, right in value.items()] or [example]
    return lines


def _column(name: str, field: str | None, group: str, evidence: str) -> str:
    meant = "-" if field is None else f"{field}@{group}" if group else field
    return f"{_toml(name)} = {_toml(meant)}  # {_one_line(evidence)}"


def _toml(value: str | float) -> str:
    """A TOML value. JSON strings are TOML basic strings, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
