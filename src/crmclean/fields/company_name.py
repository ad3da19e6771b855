"""Company name: tidied, its legal form found, split off and spelt as the law spells it.

Nothing but blanks, case and punctuation of the legal form ever changes by itself: letters stay. Names in capitals or
without any get a proposal. The comparison key is the folded name without legal form and ``und``/``and``; which words
weigh how much is the business of matching.

Sources: ISO 20275 (ELF code list of GLEIF); HGB § 19, GmbHG §§ 4-5a, AktG § 4, GenG § 3, PartGG §§ 2, 8, BGB § 65;
UGB § 19 (AT); OR Art. 950 (CH).

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Adler  Bau Gmbh & Co Kg", NO_HINTS).value
'Adler Bau GmbH & Co. KG'
>>> dict(FIELD.parse("Adler UG haftungsbeschränkt", Hints({"country": "DE"})).parts)
{'name': 'Adler', 'legal_form': 'UG (haftungsbeschränkt)', 'elf': '63KS'}
>>> FIELD.parse("MEISTERBETRIEB ADLER GMBH", NO_HINTS).suggestion
'Meisterbetrieb Adler GmbH'
>>> FIELD.key("Adler & Söhne GmbH & Co. KG") == FIELD.key("ADLER UND SOEHNE")
True
"""

from __future__ import annotations

import re
import unicodedata

from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold, tidy
from crmclean.fields._company_case import is_damaged, proposed_case
from crmclean.fields._company_codes import CODES, PLACEHOLDERS
from crmclean.fields._company_form import FoundForm, find_legal_form

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\0-\x08\x0e-\x1f\x7f]")
_FORM_INSIDE = re.compile(r"(?<![^\s(\-])(?:GMBH|Gmbh|gmbh)(?![^\s),.\-])")  # the partner earlier in the name
_PERSON = re.compile(r"(?:Herrn?|Frau|Fam\.|Familie|Mr\.?|Mrs\.?|Ms\.?|Mme\.?|Monsieur|Madame)\s+\S", re.IGNORECASE)
_EMPTY = re.compile(r"\(\s*\)")  # what stood in the brackets was the form
_LETTER = re.compile(r"[^\W\d_]")
_CONTACT_SIGN = re.compile("[@0-9]")  # cheap to rule out; few names pass
_CONTACT = re.compile(
    r"[^\s@]+@[^\s@]+\.\w{2,}"
    r"|(?<!\w)(?:tel(?:efon)?|fax|mobil|handy|phone)\b\.?:? ?[+(0-9][0-9 ()/.+-]{4,}"
    r"|(?<![\w.])(?:\+|00)[1-9][0-9 ()/.-]{6,}[0-9]"
    r"|(?<![\w.-])0[1-9][0-9]{1,4} ?[ /-] ?[0-9]{4,}[0-9 -]*(?!\w)",
    re.IGNORECASE,
)
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CONNECTING = frozenset(("und", "and", "et"))
MAX_LENGTH = 250  # characters; the longest names in the German register have about 200


def parse(value: str, hints: Hints) -> Parsed:
    """The name tidied, with its legal form in standard spelling, and its parts."""
    name = _clean(value)
    if _LETTER.search(name) is None:
        return Parsed(name, code="no-letters") if any(c.isdigit() for c in name) else Parsed(code="no-name")
    found = find_legal_form(name, hints.country) if len(name) <= MAX_LENGTH else None
    if found is None:
        return _judged(name, name, None, {"name": name})
    before, after = name[: found.start], name[found.end :]
    form = found.legal_form.standard(name[found.start : found.end])
    if "mb" in before or "MB" in before:
        before = _FORM_INSIDE.sub("GmbH", before)
    words = name if "word" in found.legal_form.flags else _joined(before, after, found)
    parts = {"name": words or name, "legal_form": found.shown}
    elf = found.legal_form.code(hints.country)
    if elf:
        parts["elf"] = elf
    if found.status:
        parts["status"] = found.status
    is_careful = not form.islower() and form == name[found.start : found.end]
    return _judged(before + form + after, words, found, parts, is_careful=is_careful)


def _clean(value: str) -> str:
    if value.isascii():
        return tidy(_UNSEEN.sub("", value)) if not value.isprintable() or "  " in value else value.strip()
    if not unicodedata.is_normalized("NFC", value):
        value = unicodedata.normalize("NFC", value)
    return tidy(_UNSEEN.sub("", value))


def _joined(before: str, after: str, found: FoundForm) -> str:
    """The words without the legal form; a status (``i.L.``) behind it is dropped too."""
    rest = "" if found.status else after
    words = _EMPTY.sub("", f"{before.rstrip(' ,;-–&+/')} {rest.strip()}").strip(" ,;-–/")
    return words.strip('" ') if words.startswith('"') and words.endswith('"') else words


def _judged(
    name: str, words: str, found: FoundForm | None, parts: dict[str, str], *, is_careful: bool = False
) -> Parsed:
    """The name as it will be written, with the doubts there are about it."""
    code = _doubt(name, words, found)
    if code:
        return Parsed(name, code=code, parts=parts)
    damage = is_damaged(words)
    if damage == "all-lower" and is_careful:
        damage = ""  # the form is written with care, so the name is too: "adler und sohn GmbH"
    if damage:
        proposal = _proposal(name, words, found, damage)
        if proposal != name:
            return Parsed(name, code=damage, suggestion=proposal or None, parts=parts)
    return Parsed(name, code="in-liquidation" if parts.get("status") == "liquidation" else None, parts=parts)


def _proposal(name: str, words: str, found: FoundForm | None, damage: str) -> str:
    """The name and its legal form in the usual case; empty where only a part of it could be told."""
    cased = proposed_case(words)
    if not cased or words not in name:
        return ""
    before, _, after = name.partition(words)
    if found and damage == "all-caps" and "word" not in found.legal_form.flags:
        form = after.strip(" ,-()")
        spelt = found.legal_form.spelt(form) if form.isupper() else form
        if spelt is None:
            return ""
        after = after.replace(form, spelt, 1)
    return before + cased + after


def _doubt(name: str, words: str, found: FoundForm | None) -> str | None:
    if len(name) > MAX_LENGTH:
        return "too-long"
    if not words and found:
        return "only-legal-form"
    if _CONTACT_SIGN.search(name) and _CONTACT.search(name):
        return "contact-in-name"
    if found is None:
        if _WEB.fullmatch(name):
            return "web-address"
        if _PERSON.match(name):
            return "person-name"
    return None


def key(value: str) -> str | None:
    """The folded words without legal form; ``None`` where nothing else is left."""
    found = find_legal_form(value, None) if len(value) <= MAX_LENGTH else None
    if found and "word" not in found.legal_form.flags:
        value = _joined(value[: found.start], value[found.end :], found)
    words = [word for word in fold(value).split() if word not in _CONNECTING]
    return " ".join(words) or None


def looks_like(value: str) -> float:
    """A legal form says it; a form that is also a word or a few letters says it less."""
    if len(value) > MAX_LENGTH or not value[:1].strip():
        return 0.0
    found = find_legal_form(tidy(value), None)
    if found is None or found.start == 0:
        return 0.0
    return 0.5 if found.legal_form.flags & {"exact", "word"} else 0.9


FIELD = FieldType(
    name="company_name",
    title=Text("Company name", "Firmenname"),
    group="company",
    parse=parse,
    styles=("canonical", "keep"),
    key=key,
    strength=Strength.SUPPORTING,  # sister companies and namesakes share most of it
    hints=("country",),
    headers=(
        *("company", "Company name", "companyname", "account name", "account", "business name", "legal name"),
        *("organization", "organisation", "organization name", "organisation name", "work company", "employer"),
        *("firma", "firmenname", "firmenbezeichnung", "firma 1", "firmierung", "name der firma", "unternehmen"),
        *("unternehmensname", "name des unternehmens", "name (adressattyp unternehmen)", "firma/name", "name 1"),
        *("organisationsname", "betrieb", "institution", "einrichtung", "kundenname", "lieferantenname", "accountname"),
        *("organization - name", "organisation - name", "company_name", "account.name", "geschäftspartner"),
        *("organizationbpname1", "default address company", "ansprechpartner bei firma", "arbeitgeber"),
        *("société", "raison sociale", "entreprise", "società", "ragione sociale", "azienda", "empresa"),
        *("razón social", "bedrijf", "bedrijfsnaam", "företag", "spoločnosť", "organizácia", "järjestö"),
    ),
    looks_like=looks_like,
    codes=CODES,
    placeholders=PLACEHOLDERS,
    examples_good=(
        "Adler Bau GmbH & Co. KG",
        "Adler UG haftungsbeschränkt",
        "Bäckerei Adler e. K.",
        "Adler Ges.m.b.H.",
        "Adler & Söhne OHG",
        "ADLER SE",
        "Verein",
        "Stadtwerke Musterstadt AöR",
        "MEISTERBETRIEB ADLER GMBH",
        "Adler Sàrl",
        "Eagle Trading Ltd",
        "Adler GmbH i.L.",
    ),
    examples_bad=(
        "GmbH & Co. KG",
        "Frau Erika Mustermann",
        "info@example.org",
        "Adler GmbH Tel. 030 23125 111",
        "www.example.org",
        "12345",
        "!!",
    ),
    sources=(
        "ISO 20275, https://www.gleif.org/en/about-lei/code-lists/iso-20275-entity-legal-forms-code-list",
        "HGB § 19, GmbHG §§ 4-5a, AktG § 4, GenG § 3, PartGG §§ 2, 8, BGB § 65",
        "UGB § 19 (Austria), OR Art. 950 (Switzerland)",
    ),
)
