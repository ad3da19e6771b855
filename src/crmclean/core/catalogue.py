"""The description of every code, wherever it is declared."""

from __future__ import annotations

from crmclean.core.codes import Code
from crmclean.core.field import FORMAT
from crmclean.core.file_codes import FILE_CODES
from crmclean.core.registry import FIELDS, READERS
from crmclean.core.rule_codes import PREFIX, own_rule_code


def describe(name: str) -> Code:
    """The description of a full code.

    Args:
        name: ``phone.no-country`` (described by the field) or ``extra-cell`` (described by the file codes, or by the
            reader that gives it). What ``rule.NAME`` asks only its configuration knows.

    Raises:
        KeyError: for a code nobody declares.
    """
    if name in FILE_CODES:  # also those of a directory, which are named like a field's: ``register.ceased``
        return FILE_CODES[name]
    field_name, dot, reason = name.partition(".")
    if name.startswith(PREFIX):
        return own_rule_code(reason)
    if dot:
        return FIELDS[field_name].code(reason)
    for reader in READERS.values():
        own: tuple[Code, ...] = reader.codes
        for code in own:
            if code.name == name:
                return code
    raise KeyError(name)


def all_codes() -> list[str]:
    """The full name of every code that can be given, sorted."""
    names = set(FILE_CODES)
    names.update(code.name for reader in READERS.values() for code in reader.codes)
    for field in FIELDS.values():
        names.update(f"{field.name}.{code.name}" for code in field.codes)
        if not field.plain:
            names.add(f"{field.name}.{FORMAT}")
    return sorted(names)
