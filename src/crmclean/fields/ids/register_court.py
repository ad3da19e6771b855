"""Register court of Germany, by the name the common register portal uses.

Courts of other countries, and names nobody knows here, are kept with a doubt in German records only.

Sources: handelsregister.de (list of courts), XJustiz code list GDS.Gerichte, OffeneRegister.de.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Amtsgericht Charlottenburg", NO_HINTS).value
'Berlin (Charlottenburg)'
>>> dict(FIELD.parse("AG Köln", NO_HINTS).parts)
{'xjustiz': 'R3306'}
"""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold
from crmclean.fields.ids._courts import find_court
from crmclean.fields.ids._numbers import MAX_LENGTH, undamaged

_FOREIGN = ("landesgericht", "handelsgericht", "kreisgericht", "handelsregisteramt", "tribunal", "companies house")


def parse(value: str, hints: Hints) -> Parsed:
    """The court's own name and its XJustiz code."""
    plain = undamaged(value)
    if not any(c.isalpha() for c in plain) or len(plain) > MAX_LENGTH:
        return Parsed(code="format")
    court = find_court(plain)
    if court is None:
        is_foreign = hints.country not in (None, "DE") or fold(plain).startswith(_FOREIGN)
        return Parsed(plain, code=None if is_foreign else "unknown-court")
    parts = {"xjustiz": court.code} if court.code else {}
    return Parsed(court.name, code=None if court.is_current else "former-court", parts=parts)


UNKNOWN_COURT = Code(
    "unknown-court",
    Severity.WARNING,
    what=Text("not a register court known here", "kein hier bekanntes Registergericht"),
    why=Text(
        "A register number says which company is meant only together with its court.",
        "Eine Registernummer bezeichnet ein Unternehmen nur zusammen mit ihrem Gericht.",
    ),
    fix=Text("Compare it with the register.", "Mit dem Handelsregister vergleichen."),
)
FORMER_COURT = Code(
    "former-court",
    Severity.WARNING,
    what=Text(
        "the register of this court has moved to another", "das Register dieses Gerichts wird heute anderswo geführt"
    ),
    why=Text(
        "The company has another number today, so it is not found under this one.",
        "Das Unternehmen hat heute eine andere Nummer und ist unter dieser nicht zu finden.",
    ),
    fix=Text("Look up the present number.", "Die heutige Nummer nachschlagen."),
)

FIELD = FieldType(
    name="register_court",
    title=Text("Register court", "Registergericht"),
    group="id",
    parse=parse,
    display=lambda value, style: value,  # noqa: ARG005
    styles=("keep", "canonical"),  # "Amtsgericht Köln" is right as it stands
    key=lambda value: fold(value) or None,
    strength=Strength.WEAK,  # thousands of companies share it
    hints=("country",),
    headers=(
        *("Register court", "registergericht", "amtsgericht", "gwdistrictcourt", "court", "registerstandort"),
        *("handelsregister ort", "handelsregistergericht", "registerort", "hr gericht", "amtsgericht ort"),
    ),
    codes=(
        Code(
            "format",
            Severity.ERROR,
            what=Text("not a court: there are no letters in it", "kein Gericht: ohne Buchstaben"),
            why=UNKNOWN_COURT.why,
            fix=UNKNOWN_COURT.fix,
        ),
        UNKNOWN_COURT,
        FORMER_COURT,
    ),
    examples_good=("Köln", "Amtsgericht München", "AG Charlottenburg", "FRANKFURT AM MAIN", "Handelsgericht Wien"),
    examples_bad=("Atlantis", "Eschweiler", "12345", "HRB", "Amtsgericht"),
    sources=("https://www.handelsregister.de", "XJustiz GDS.Gerichte", "https://offeneregister.de"),
)
