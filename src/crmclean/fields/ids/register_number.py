"""Number in a company register: in Germany type, number and court, written in a thousand ways.

The court comes from the value, else from the record's ``register_court``; it is a part in both cases, but only a
court that stands in the cell is in the written form. Numbers compare only together with their court, so a number
without one has no comparison key. Austrian, Swiss and other numbers are kept in their own form.

Sources: HRV §§ 12-13; handelsregister.de; OffeneRegister.de; python-stdnum ``stdnum.de.handelsregisternummer``.

>>> from crmclean.core.field import NO_HINTS
>>> parsed = FIELD.parse("Amtsgericht München, HRB 012345", NO_HINTS)
>>> parsed.value, dict(parsed.parts)["register_court"]
('München HRB 12345', 'München')
>>> FIELD.parse("HRB 12345 B (Charlottenburg)", NO_HINTS).value
'Berlin (Charlottenburg) HRB 12345 B'
>>> FIELD.key("HRB 12345") is None
True
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold
from crmclean.fields.ids import at_fn
from crmclean.fields.ids._courts import find_court
from crmclean.fields.ids._numbers import PRECISION_LOST, format_error, is_precision_lost, undamaged
from crmclean.fields.ids._register import RegisterNumber, split_register_number
from crmclean.fields.ids.register_court import FORMER_COURT, UNKNOWN_COURT

_TITLE = Text("Register number", "Registernummer")
_MAX_LENGTH = 200
_BARE = re.compile(r"[0-9]{1,6}(?: ?[A-ZÖ]{1,2})?")


def parse(value: str, hints: Hints) -> Parsed:
    """Judges one number; see the module's text."""
    if len(value) > _MAX_LENGTH:
        return Parsed(code="format")
    plain = undamaged(value)
    if is_precision_lost(plain):
        return Parsed(code="precision-lost")
    found = split_register_number(plain)
    if found is not None:
        return _german(found, value, hints)
    if not any(c.isdigit() for c in plain) or re.search(r"(?i)(?<![a-z])HR[AB]", plain):
        return Parsed(code="format")
    if hints.country == "AT" or plain.upper().startswith("FN"):
        return at_fn.parse(plain, hints)
    if hints.country not in (None, "DE"):
        return Parsed(plain)
    if _BARE.fullmatch(plain) and plain.strip("0"):
        return Parsed(plain, code="no-type")
    return Parsed(code="format") if hints.country == "DE" else Parsed(plain, code="no-type")


def _german(found: RegisterNumber, value: str, hints: Hints) -> Parsed:
    parts = {"type": found.kind, "number": found.number}
    if found.suffix:
        parts["suffix"] = found.suffix
    if found.former:
        parts["former_court"] = found.former
    known = found.known
    if found.court:
        parts["register_court"] = found.court
    elif hints.get("register_court"):
        parts["register_court"] = hints.values["register_court"]
        known = find_court(parts["register_court"])
    if "register_court" in parts:
        parts["court"] = parts["register_court"]  # the name the public contract of ``parse`` gives it
    if known and known.code:
        parts["xjustiz"] = known.code
    code = None
    if found.has_more:
        code = "several"
    elif found.extra:
        code = "extra-text"
    elif found.court and known is None:
        code = "unknown-court"
    elif known and not known.is_current:
        code = "former-court"
    if code in ("several", "unknown-court", "extra-text"):
        # What stands around the number may say something else: the cell stays, and nothing is proposed.
        return Parsed(str(found), code=code, lossless=False, suggestion=value, parts=parts)
    return Parsed(str(found), code=code, parts=parts)


def key(value: str) -> str | None:
    """Court, type and number; ``None`` where one of them is missing."""
    found = split_register_number(value)
    if found is None:
        return fold(value).replace(" ", "") or None if value[:3] == "FN " else None
    return fold(str(found)) if found.court else None


def key_for(value: str, hints: Hints) -> str | None:
    """The key with the court of another column where the number names none.

    >>> key_for("HRB 700123", Hints({"register_court": "Stuttgart"})), key_for("HRB 700123", Hints())
    ('stuttgart hrb 700123', None)
    """
    court = hints.get("register_court")
    return key(value) or (key(f"{court} {value}") if court else None)


def looks_like(value: str) -> float:
    """A register's letters and a number."""
    return 1.0 if len(value) < 100 and re.search(r"(?<![A-Za-z])(?:HR ?[AB]|GnR|VR) ?[0-9]{1,6}\b", value) else 0.0


FIELD = FieldType(
    name="register_number",
    title=_TITLE,
    group="id",
    parse=parse,
    styles=("keep", "canonical"),
    key=key,
    key_for=key_for,
    strength=Strength.IDENTIFYING,  # court, type and number name one entry; it changes with seat and legal form
    hints=("country", "register_court"),
    headers=(
        *("Register number", "registernummer", "handelsregisternummer", "handelsregister", "hrb", "hra", "hr nr"),
        *("hrnr", "hr nummer", "hrb nummer", "hrb nr", "registernr", "register nr", "gwtraderegister"),
        *("handelsregister nr", "commercial register number", "trade register number", "registration number"),
        *("vereinsregisternummer", "registrierungsnummer", "company registration", "commercial register"),
    ),
    looks_like=looks_like,
    codes=(
        format_error(_TITLE, Text("like HRB 12345 München", "etwa HRB 12345 München")),
        PRECISION_LOST,
        Code(
            "no-type",
            Severity.WARNING,
            what=Text(
                "register number without its register (HRA, HRB, …)", "Registernummer ohne Register (HRA, HRB, …)"
            ),
            why=Text("Each register of a court counts from 1.", "Jedes Register eines Gerichts zählt ab 1."),
            fix=Text("Add HRA, HRB, GnR, PR, VR or GsR.", "HRA, HRB, GnR, PR, VR oder GsR ergänzen."),
        ),
        Code(
            "several",
            Severity.WARNING,
            what=Text("more than one register number", "mehr als eine Registernummer"),
            why=Text(
                "Of a GmbH & Co. KG often both entries are noted; only one is the company's own.",
                "Bei einer GmbH & Co. KG sind oft beide Einträge notiert; nur einer ist der eigene.",
            ),
            fix=Text("Keep the company's own number.", "Die eigene Nummer des Unternehmens behalten."),
        ),
        Code(
            "extra-text",
            Severity.WARNING,
            what=Text("other text beside the register number", "weiterer Text neben der Registernummer"),
            why=Text(
                "It may belong to the number or say something else; it would be lost in the unified form.",
                "Er gehört vielleicht zur Nummer oder sagt etwas anderes; in der einheitlichen Form ginge er verloren.",
            ),
            fix=Text("Move it to another column or delete it.", "In eine andere Spalte verschieben oder löschen."),
        ),
        UNKNOWN_COURT,
        FORMER_COURT,
        at_fn.FIELD.code("checksum"),
    ),
    examples_good=(
        "HRB 12345",
        "Amtsgericht München, HRB 12345",
        "HRB12345 AG Hamburg",
        "Aachen früher Eschweiler HRA 110",
        "HRB 12345 B Amtsgericht Charlottenburg",
        "Kiel HRA 1234 KI",
        "VR 12",
        "GnR 310, Registergericht Bonn",
        "FN 123456d",
    ),
    examples_bad=(
        "12345",
        "HRB",
        "HRB 11223 BBBB",
        "Atlantis HRB 123",
        "1,23457E+05",
        "FN 123456a",
        "HRA 1234, HRB 5678",
        "HRC 44123",
    ),
    sources=("HRV (Handelsregisterverordnung)", "https://www.handelsregister.de", "https://offeneregister.de"),
)
