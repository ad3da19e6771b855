"""VAT identification number: EU states, Northern Ireland, Great Britain, Switzerland, Norway, and more by country.

The country comes from the prefix, else from the record. A number of a country whose rules are not known here is
kept with a doubt. German tax numbers (Steuernummer) in this column are found and named.

Sources: Council Directive 2006/112/EC art. 215; BZSt, Merkblatt USt-IdNr.; Swiss UIDG; python-stdnum ``stdnum.eu.vat``,
``stdnum.gb.vat``, ``stdnum.ch.vat``, ``stdnum.no.mva``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("USt-IdNr.: DE 123 456 788", NO_HINTS).value
'DE123456788'
>>> FIELD.parse("123456788", Hints({"country": "DE"})).value
'DE123456788'
>>> FIELD.parse("DE123456789", NO_HINTS).code
'checksum'
>>> FIELD.parse("123456788", NO_HINTS).code
'no-country'
>>> FIELD.parse("CHE123450018MWST", NO_HINTS).value
'CHE-123.450.018 MWST'
"""

from __future__ import annotations

from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import MAX_LENGTH, is_precision_lost, undamaged
from crmclean.fields.ids._vat import CODES, LABEL, is_german_tax_number, judge, split_country


def parse(value: str, hints: Hints) -> Parsed:
    """Judges one number; see the module's text."""
    if len(value) > MAX_LENGTH:
        return Parsed(code="format")
    plain = undamaged(value)
    if is_precision_lost(plain):
        return Parsed(code="precision-lost")
    bare = LABEL.sub("", plain).strip() or plain
    country, number = split_country(bare, hints.country)
    if is_german_tax_number(number, country):
        return Parsed(code="tax-number")
    if not number or not number.isascii() or not any(c.isdigit() for c in number):
        return Parsed(code="format")
    if country is None:
        return Parsed(number, code="no-country") if len(number) >= 5 else Parsed(code="format")
    return judge(country, number)


def key(value: str) -> str | None:
    """Letters and digits; of a Swiss number without the word behind it. ``None`` where the country is not known."""
    compact = "".join(c for c in value if c.isalnum())
    if compact.startswith("CHE"):
        return compact[:12]
    return compact if compact[:2].isalpha() else None


def looks_like(value: str) -> float:
    """A known prefix and right check digits are hardly chance."""
    if not value[:1].isalpha() or not 8 <= len(value) <= 30:
        return 0.0
    parsed = parse(value, Hints())
    return 1.0 if parsed.value and parsed.code is None else 0.0


FIELD = FieldType(
    name="vat_id",
    title=Text("VAT id", "USt-IdNr."),
    group="id",
    parse=parse,
    key=key,
    strength=Strength.IDENTIFYING,  # one taxable person has one; members of a VAT group may share it
    hints=("country",),
    headers=(
        *("vat", "vat id", "vat number", "vat no", "vat reg no", "vat registration number", "vatidentificationnumber"),
        *("ustid", "ust id", "ustidnr", "ust idnr", "ust-idnr.", "ust id nr", "ust nr", "umsatzsteuer id", "eu ustid"),
        *("umsatzsteuer-identifikationsnummer", "umsatzsteueridentifikationsnummer", "umsatzsteuer idnr"),
        *("turnovertaxid", "uid", "uid details", "mwst nr", "mwst nummer", "mehrwertsteuernummer", "eu vat"),
        *("numéro de tva", "n° tva", "tva intracommunautaire", "btw nummer", "btw-nummer", "cif/nif iva", "tax id vat"),
    ),
    looks_like=looks_like,
    codes=CODES,
    examples_good=(
        "DE123456788",
        "DE 123 456 788",
        "USt-IdNr.: DE123456788",
        "ATU12345675",
        "atu 12345675",
        "CHE-123.450.018 MWST",
        "123456788",
        "NO 923450017 MVA",
        "GB 123 4500 17",
    ),
    examples_bad=(
        "DE123456789",
        "DE12345678",
        "12/345/67890",
        "4,98912E+08",
        "ATU12345678",
        "ZZ123456",
        "keine USt",
        "US12-3450010",
    ),
    sources=(
        "Council Directive 2006/112/EC art. 215",
        "https://ec.europa.eu/taxation_customs/vies/ (FAQ Q11)",
        "https://www.bzst.de",
    ),
)
