"""The sections ``[rules.NAME]`` and ``[severity]`` of a new configuration: rules that are there, and examples."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from crmclean.config.model import RuleSection

_EXAMPLES = """\
# Rules of your own: `crmclean list rule-kinds` shows what can be asked, docs/rules.md says how.
# [rules.vat-id-abroad]                # the name: findings are called rule.vat-id-abroad
# field = "vat_id"                     # a field (crmclean list fields), or column = "USt-IdNr."
# required = true                      # what is asked
# when = { country = { is = "EU", not = "DE" } }  # of which records; of all if left out
# severity = "warning"                 # error (the default), warning or info
#
# [rules.customer-number]
# column = "Kundennummer"
# pattern = "K-[0-9]{4,6}"
# message = { en = "Not one of our numbers", de = "Keine unserer Nummern" }"""

_SEVERITY = """\
[severity]  # code = how grave its findings are: error, warning, info or off; the last line that fits wins
# "phone.*" = "info"
# "email.role-account" = "off\""""


def rules_text(rules: Mapping[str, RuleSection], remarks: Sequence[str] = ()) -> list[str]:
    """Lines of all rules, and of an example where there are none."""
    lines = [f"# {_one_line(remark)}" for remark in remarks]
    for name, section in rules.items():
        lines += [*([""] if lines else []), f"[rules.{name}]"]
        lines += [f"{toml_key(key)} = {toml_value(value)}" for key, value in section.keys.items()]
    return lines if rules else [*lines, *_EXAMPLES.splitlines()]


def severity_text(severity: Mapping[str, str]) -> list[str]:
    """Lines of the section."""
    head, *examples = _SEVERITY.splitlines()
    return [head, *([f"{toml_key(key)} = {toml_value(level)}" for key, level in severity.items()] or examples)]


def toml_value(value: Any) -> str:
    """A JSON-like value as TOML in one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{toml_key(key)} = {toml_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(each) for each in value) + "]"
    # JSON strings, numbers and truth values are TOML's, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_key(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else toml_value(key)


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
