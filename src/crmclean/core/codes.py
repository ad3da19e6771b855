"""Finding codes: what can be said about a value or a file, and how bad it is.

A field finding is called ``field.reason`` (``phone.no-country``) and is described in the field's own file;
a finding about the file itself has a plain name (``extra-cell``) and is described in ``file_codes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from crmclean.core.language import Text


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # the value can't be used, or data would be lost
    WARNING = "warning"  # a person should look: doubtful, unknown, guessed
    INFO = "info"  # said for the record: safe repairs, style


GRAVITY = MappingProxyType({severity.value: rank for rank, severity in enumerate(Severity)})  # the gravest is 0


class Safety(StrEnum):
    """Whether a repair may be applied without asking."""

    SAFE = "safe"  # lossless: the meaning is the same, only the form changes
    UNSAFE = "unsafe"  # a guess: proposed, applied only with --unsafe-fixes


@dataclass(frozen=True, slots=True)
class Code:
    """One thing that can be found, with everything ``crmclean explain`` says about it.

    Attributes:
        name: for a field the reason alone (``no-country``), the field's name is put before it;
            for a file the whole code (``extra-cell``). Kebab-case, stable for ever.
        severity: see ``Severity``. An error makes a value invalid, a warning doubtful, an info leaves it valid.
        what: the one-line message. Never holds a value of the data, and no details: who reports
            a file code adds them (``file_codes.message``).
        why: why this is bad.
        fix: what to do about it.
        names_repair: the code says itself what was changed in the cell (``leading-zero``). All others say something
            about the value; a change beside them is logged as the field's written form.
    """

    name: str
    severity: Severity
    what: Text
    why: Text
    fix: Text
    names_repair: bool = False
