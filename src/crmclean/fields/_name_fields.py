"""What first names and surnames have in common: what does not belong into them, and how capitals are treated."""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import Hints, Parsed
from crmclean.core.language import Text
from crmclean.core.text import fold, tidy
from crmclean.fields._name_case import is_case_damaged, proper_case
from crmclean.fields._names import split_name
from crmclean.fields._title_words import (
    COMPANY_WORDS,
    NOT_IN_NAMES,
    PARTICLES,
    SALUTATIONS,
    SHORT_LEGAL_FORM,
    SUFFIXES,
    TITLE_STARTS,
    TITLES,
    UNSURE_TITLES,
    squeeze,
)

# A name as nearly all are: capital and small letters, one or more words. Nothing to judge beyond its words.
_CAPITALISED = r"[A-ZÄÖÜÀ-ÖØ-Þ][a-zäöüßà-öø-ÿ]+"
_NAME = rf"{_CAPITALISED}(?:-{_CAPITALISED})*"
_USUAL = re.compile(rf"(?:(?:von|van|de|der|den|zu|zur|vom|di|da|la) ){{0,2}}{_NAME}(?: {_NAME})*")
_USUAL_FULL = re.compile(rf"(?P<first>{_NAME}(?: {_NAME})?) (?P<last>{_NAME})")
_TURNED = re.compile(rf"(?P<last>{_NAME}), (?P<first>{_NAME}(?: {_NAME})?)")
_WEB = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ODD = re.compile(r"[<>{}\[\]|\\#$%^*=_~;:!?\"€§]")
_TWO = re.compile(
    r"\s(?!(?<=\bvon\s)(?:und|u\.)\szu[mr]?\b)(?:und|u\.|and|&|\+|et|oder)\s|[^\s]\s?/\s?[^\s]", re.IGNORECASE
)
_SPACED_HYPHEN = re.compile(r"(?<=[^\W\d_]) ?- (?=[^\W\d_])|(?<=[^\W\d_]) -(?=[^\W\d_])")

_TITLE_WORDS = (
    frozenset(TITLES) - UNSURE_TITLES - {"ma", "ba", "mba", "rag", "arch", "doz", "dozent", "notar", "dds", "rev"}
)
_SALUTATION_WORDS = frozenset(SALUTATIONS) - NOT_IN_NAMES - {"ms", "sir", "senor"}
_SUSPECT = {word for word in _TITLE_WORDS | _SALUTATION_WORDS if " " not in word} | COMPANY_WORDS
# Words that a name may hold and that take part in splitting it.
_SPLITTING = (
    {part for name in SALUTATIONS for part in name.split()}
    | TITLE_STARTS
    | TITLES.keys()
    | PARTICLES
    | SUFFIXES.keys()
    | COMPANY_WORDS
    | {
        "und",
        "and",
        "et",
        "oder",
        "y",
        "an",
        "ag",
        "kg",
        "ug",
        "se",
        "bv",
        "nv",
        "gbr",
        "geborene",
        "geborener",
        "born",
    }
    | {
        "sehr",
        "liebe",
        "lieber",
        "liebes",
        "dear",
        "geehrte",
        "geehrter",
        "attn",
        "née",
        "nee",
        "zu",
        "geehrtes",
        "geborener",
    }
)


def _code(name: str, severity: Severity, what: Text, fix: Text) -> Code:
    why = Text(
        "Letters, salutations and the search for duplicates use the name as it stands.",
        "Briefe, Anreden und die Dublettensuche verwenden den Namen, wie er dasteht.",
    )
    return Code(name, severity, what, why, fix)


_CHECK = Text("Check the name and correct it.", "Den Namen prüfen und berichtigen.")
_MOVE = Text("Move it to its own column.", "In die passende Spalte verschieben.")

CASE = _code(
    "case",
    Severity.INFO,
    Text("all capitals or all small letters", "durchgehend groß oder klein geschrieben"),
    Text("Check the proposed form.", "Die vorgeschlagene Schreibweise prüfen."),
)
SHARED_CODES = (
    _code("no-letters", Severity.ERROR, Text("not a name: no letters", "kein Name: keine Buchstaben"), _CHECK),
    _code("email", Severity.WARNING, Text("an e-mail address, not a name", "eine E-Mail-Adresse, kein Name"), _MOVE),
    _code("web-address", Severity.WARNING, Text("a web address, not a name", "eine Webadresse, kein Name"), _MOVE),
    _code("digits", Severity.WARNING, Text("digits in a name", "Ziffern in einem Namen"), _CHECK),
    _code(
        "characters",
        Severity.WARNING,
        Text("unusual characters in a name", "ungewöhnliche Zeichen in einem Namen"),
        _CHECK,
    ),
    _code("company", Severity.WARNING, Text("looks like a company", "sieht nach einer Firma aus"), _MOVE),
    _code(
        "two-persons",
        Severity.WARNING,
        Text("several persons in one field", "mehrere Personen in einem Feld"),
        Text("Make one record for each person.", "Für jede Person einen eigenen Datensatz anlegen."),
    ),
    CASE,
)
CODES = (
    *SHARED_CODES,
    _code(
        "more-than-name",
        Severity.WARNING,
        Text("a title or salutation in the name", "Titel oder Anrede im Namen"),
        _MOVE,
    ),
    _code(
        "full-name",
        Severity.WARNING,
        Text("looks like surname and first name in one", "sieht nach Nachname und Vorname in einem aus"),
        _MOVE,
    ),
    _code(
        "spaced-hyphen",
        Severity.INFO,
        Text("blanks around a hyphen", "Leerzeichen um einen Bindestrich"),
        Text("Check the proposed form.", "Die vorgeschlagene Schreibweise prüfen."),
    ),
)

# First names and surnames of many people, when written as names are.
REAL_NAMES = frozenset({"Ka", "Leer", "Na", "Nan", "Nil", "Null"})


def not_a_name(text: str) -> str | None:
    """Why a tidy text can't be (only) a personal name, whichever part; ``None`` if nothing speaks against it."""
    if not any(map(str.isalpha, text)):
        return "no-letters"
    if "@" in text:
        return "email"
    if _WEB.match(text):
        return "web-address"
    if _DIGIT.search(text):
        return "digits"
    words = text.casefold().replace(".", "").replace(",", " ").split()
    if len(words) > 1 and (not COMPANY_WORDS.isdisjoint(words) or _has_short_legal_form(text)):
        return "company"
    if _TWO.search(text):
        return "two-persons"
    return None


def usual_name(value: str) -> dict[str, str] | None:
    """The parts of a name of plain words, also behind Herr or Frau or turned round; as ``split_name`` says, but sooner.

    >>> usual_name("Frau Eva Maria Beispiel")
    {'salutation': 'Frau', 'first_name': 'Eva Maria', 'last_name': 'Beispiel'}
    >>> usual_name("Beispiel, Eva")
    {'first_name': 'Eva', 'last_name': 'Beispiel'}
    >>> usual_name("Dr Eva Beispiel")
    """
    parts = {}
    if value[:5] in ("Herr ", "Frau "):
        parts["salutation"], value = value[:4], value[5:]
    match = _USUAL_FULL.fullmatch(value) or _TURNED.fullmatch(value)
    if match is None or not _SPLITTING.isdisjoint(value.lower().replace(",", "").split(" ")):
        return None
    parts["first_name"], parts["last_name"] = match["first"], match["last"]
    return parts


def _has_short_legal_form(text: str) -> bool:
    return not text.isupper() and SHORT_LEGAL_FORM.search(text) is not None


def parse_name(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """One part of a name: kept as it is written, doubted where it holds something else."""
    if _USUAL.fullmatch(value) and _SUSPECT.isdisjoint(value.lower().split()):
        return Parsed(value)
    text = tidy(value)
    reason = not_a_name(text)
    if reason:
        return Parsed(None if reason == "no-letters" else text, reason)
    if _ODD.search(text):
        return Parsed(text, "characters")
    if "," in text:
        return Parsed(text, "full-name", parts=split_name(text).named())
    if _has_title(text):
        return Parsed(text, "more-than-name", parts=split_name(text).named())
    joined = _SPACED_HYPHEN.sub("-", text)
    if is_case_damaged(joined):
        return Parsed(proper_case(joined), "case", lossless=False)
    if joined != text:
        return Parsed(joined, "spaced-hyphen", lossless=False)
    return Parsed(text)


def _has_title(text: str) -> bool:
    words = text.split(" ")
    first = words[0]
    if len(words) > 1 and fold(first) in _SALUTATION_WORDS:
        return True
    return any(squeeze(word) in _TITLE_WORDS and (word.endswith(".") or len(words) > 1) for word in words)


def name_key(value: str) -> str | None:
    """Case, accents and punctuation do not tell names apart."""
    return fold(value) or None


SOURCES = ("DIN 5008:2020", "Art. 109 WRV (noble titles are part of the surname)")
