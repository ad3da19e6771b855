"""Tax number of a business: in Germany the Steuernummer of a Land or its 13 digits for ELSTER, in Austria the
Abgabenkontonummer. Numbers of other countries are kept unjudged.

Sources: ELSTER, "Prüfung der Steuer- und Steueridentifikationsnummer"; BMF Austria; python-stdnum ``stdnum.de.stnr``,
``stdnum.de.idnr``, ``stdnum.at.tin``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Steuernummer: 12 / 345 / 67890", Hints({"country": "DE"})).value
'12/345/67890'
>>> FIELD.parse("DE123456788", Hints({"country": "DE"})).code
'vat-id'
"""

from __future__ import annotations

import re

from stdnum.at import tin
from stdnum.de import idnr, stnr

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import is_ascii_digits
from crmclean.fields.ids._numbers import (
    MAX_LENGTH,
    PRECISION_LOST,
    checked,
    format_error,
    is_precision_lost,
    undamaged,
    without_label,
)

_TITLE = Text("Tax number", "Steuernummer")
_WORDS = re.compile(r"(?:steuer-?(?:nr|nummer)|st\.?-?nr|tax (?:no|number|id))\.?(?![A-Za-z])", re.IGNORECASE)
_VAT = re.compile(r"DE ?[0-9 ]{9,11}|ATU[0-9 ]{8,10}|CHE[-0-9. ]{9,14}.*")
_GROUPS = re.compile(r"([0-9]{2,3})[ ]?[/ -][ ]?([0-9]{3,4})[ ]?[/ -][ ]?([0-9]{4,5})")


def _german(bare: str) -> Parsed:
    """The groups are kept where the value has them: bare digits fit several Länder, so none can be put in."""
    canonical, _ = checked(stnr.validate, bare)
    if canonical is None:
        return Parsed(code="format")
    groups = _GROUPS.fullmatch(bare)
    if groups and len(canonical) in (10, 11):
        return Parsed("/".join(groups.groups()), parts={"country": "DE", **_land(canonical)})
    if len(canonical) == 11 and checked(idnr.validate, canonical)[0] and not _land(canonical):
        return Parsed(canonical, code="personal", parts={"country": "DE"})
    return Parsed(canonical, parts={"country": "DE", **_land(canonical)})


def _land(canonical: str) -> dict[str, str]:
    regions = stnr.guess_regions(canonical)
    return {"state": str(regions[0])} if len(regions) == 1 else {}


def parse(value: str, hints: Hints) -> Parsed:
    """Judges German and Austrian numbers by their rules and keeps all others."""
    if len(value) > MAX_LENGTH:
        return Parsed(code="format")
    plain = undamaged(value)
    if is_precision_lost(plain):
        return Parsed(code="precision-lost")
    bare = without_label(plain, _WORDS)
    if _VAT.fullmatch(bare.upper()):
        return Parsed(code="vat-id")
    if not any(c.isdigit() for c in bare) or len(bare) > 30:
        return Parsed(code="format")
    if hints.country in ("DE", None) and re.fullmatch(r"[0-9 /.,-]+", bare):
        parsed = _german(bare)
        return parsed if parsed.value or hints.country else Parsed(bare, code="unchecked")
    if hints.country == "AT":
        canonical, _ = checked(tin.validate, bare)
        digits = re.sub(r"[ /-]", "", bare)
        if canonical or (is_ascii_digits(digits) and len(digits) == 9):
            return Parsed(f"{digits[:2]}-{digits[2:5]}/{digits[5:]}", parts={"country": "AT"})
        return Parsed(code="format")
    if hints.country == "DE":
        return Parsed(code="format")
    return Parsed(bare)


FIELD = FieldType(
    name="tax_number",
    title=_TITLE,
    group="id",
    parse=parse,
    key=lambda value: re.sub(r"[^0-9A-Za-z]", "", value) or None,
    strength=Strength.SUPPORTING,  # it changes with the tax office, and a sole trader's is the person's
    hints=("country",),
    headers=(
        *("Tax number", "tax no", "tax id", "taxid", "taxnumber", "steuernummer", "steuer nr", "steuernr", "st nr"),
        *("stnr", "abgabenkontonummer", "finanzamtsnummer", "tin", "numéro fiscal", "codice fiscale azienda"),
    ),
    codes=(
        format_error(_TITLE, Text("a number of a Land or 13 digits", "Nummer eines Landes oder 13 Ziffern")),
        PRECISION_LOST,
        Code(
            "vat-id",
            Severity.ERROR,
            what=Text("a VAT id, not a tax number", "eine USt-IdNr., keine Steuernummer"),
            why=Text("The two numbers serve different purposes.", "Die beiden Nummern dienen verschiedenen Zwecken."),
            fix=Text("Move it to the column of VAT ids.", "In die Spalte der USt-IdNrn. verschieben."),
        ),
        Code(
            "personal",
            Severity.WARNING,
            what=Text(
                "this seems to be the personal tax id of a person",
                "offenbar die persönliche Steuer-Identifikationsnummer eines Menschen",
            ),
            why=Text(
                "§ 139b AO forbids to keep it for other purposes than tax.",
                "§ 139b AO verbietet, sie zu anderen als steuerlichen Zwecken zu speichern.",
            ),
            fix=Text("Delete it unless payroll needs it.", "Löschen, sofern sie nicht für die Lohnsteuer nötig ist."),
        ),
        Code(
            "unchecked",
            Severity.WARNING,
            what=Text("tax number without a country", "Steuernummer ohne Land"),
            why=Text("It can't be checked.", "Sie lässt sich nicht prüfen."),
            fix=Text("Fill the country, or run with --country.", "Das Land ergänzen oder --country angeben."),
        ),
    ),
    examples_good=("12/345/67890", "123/456/78901", "2893081508152", "123/4567/8901", "Steuernummer: 12 345 67890"),
    examples_bad=("DE123456788", "12345", "4,98912E+10", "unklar", "12/345/678901234"),
    sources=("https://www.elster.de (Prüfung der Steuernummer)", "AO § 139b"),
)
