"""One e-mail address and what may stand around it. Syntax by ``email-validator``; nothing asks the network.

Sources: RFC 5321, RFC 5322, RFC 6531 (addresses), RFC 6068 (``mailto:``), RFC 5890 (international domain names).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from crmclean.core.text import INVISIBLE, tidy
from crmclean.fields._email_domains import is_reserved, meant_domain

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_TRAILING = re.compile(r"[\s.,;:]+$")
_MAILTO = re.compile(r"mailto:\s*", re.IGNORECASE)
_LABEL = re.compile(r"(?:e-?mail|mail)\s*[:=]\s*", re.IGNORECASE)
_NAMED = re.compile(r"(?P<name>[^<>]*)<\s*(?P<address>[^<>@\s]+@[^<>@\s]+)\s*>")
_IN_BRACKETS = re.compile(r"(?P<name>[^()@]+)\(\s*(?P<address>[^()@\s]+@[^()@\s]+)\s*\)")
_BETWEEN = re.compile(r"\s*(?::::|[;,|\n]|\s/\s|(?<=\s)(?:oder|und|or|and)(?=\s))\s*", re.IGNORECASE)
_AT = re.compile(r"\s*(?:[(\[{<]\s*(?:at|ät|@)\s*[)\]}>]|\s(?:at|ät)\s|＠|﹫)\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*(?:[(\[{]\s*(?:dot|punkt|\.)\s*[)\]}]|\s(?:dot|punkt)\s)\s*", re.IGNORECASE)
_NEAR_SIGN = re.compile(r"\s*([@.])\s*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_LOCAL = re.compile(r"[^\s@,;:<>()\[\]\\\"]+")


@dataclass(frozen=True, slots=True)
class Address:
    """A valid address.

    Attributes:
        local: the part before the at-sign, case kept.
        domain: lower case, in Unicode.
        ascii_domain: the same as it goes over the wire.
    """

    local: str
    domain: str
    ascii_domain: str

    @property
    def text(self) -> str:
        """The canonical form."""
        return f"{self.local}@{self.domain}"


def tidy_cell(value: str) -> str:
    """Without invisible characters, surrounding blanks, a closing full stop or semicolon, and quotes around it all.

    >>> tidy_cell(' "Info@Firma.example"; ')
    'Info@Firma.example'
    """
    lines = [tidy(line) for line in _INVISIBLE.sub("", value).splitlines()]
    text = _TRAILING.sub("", "\n".join(filter(None, lines)))
    while len(text) > 2 and (text[0], text[-1]) in {('"', '"'), ("'", "'"), ("<", ">")} and text.count(text[0]) <= 2:
        text = _TRAILING.sub("", text[1:-1].strip())
    return text


def unwrap(text: str) -> tuple[str, bool]:
    """``(address, whether something was dropped that means something)``.

    >>> unwrap("Erika Muster <erika@firma.example>"), unwrap("mailto:erika@firma.example")
    (('erika@firma.example', True), ('erika@firma.example', False))
    """
    lost = False
    if found := _MAILTO.match(text) or _LABEL.match(text):
        text, _, query = text[found.end() :].partition("?")
        lost = bool(query)
    if found := _NAMED.fullmatch(text) or _IN_BRACKETS.fullmatch(text):
        text, lost = found["address"], lost or bool(found["name"].strip())
    if text.startswith("'") and "@" in text:
        text, lost = text[1:], True  # Excel's sign for "this is text", but a legal character too
    return text, lost


def pieces(text: str) -> list[str]:
    """Addresses between separators; one piece when not every part has an at-sign of its own.

    >>> pieces("a@firma.example; b@firma.example ::: c@firma.example")
    ['a@firma.example', 'b@firma.example', 'c@firma.example']
    >>> pieces("Muster, Erika <erika@firma.example>")
    ['Muster, Erika <erika@firma.example>']
    """
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) == 1 and text.count("@") > 1 and " " in text:
        parts = text.split()
    return parts if len(parts) > 1 and all("@" in part for part in parts) else [text]


def read_address(text: str) -> Address | None:
    """The address, if the text is one by the rules of the internet."""
    local, _, domain = text.rpartition("@")
    probe = domain
    if is_reserved(domain.lower()):  # email-validator refuses these; for us they are understood and doubted
        head, _, _ = domain.rpartition(".")
        probe = f"{head}.example" if head else domain
    try:
        found = validate_email(f"{local}@{probe}", check_deliverability=False)
    except EmailNotValidError:
        return None
    ascii_domain = found.ascii_domain
    if len(ascii_domain.rpartition(".")[2]) < 2 and meant_domain(ascii_domain) is None:
        return None  # there is no top-level domain of one letter
    if probe != domain:
        return Address(found.local_part, domain.lower(), domain.lower())
    return Address(found.local_part, found.domain, ascii_domain)


def reason(text: str) -> str:
    """Why a text is no address."""
    local, at, domain = text.rpartition("@")
    if not at:
        return "no-at"
    if " " in text or "@" in local:
        return "not-an-address"
    if not _LOCAL.fullmatch(local) or local.startswith(".") or local.endswith(".") or ".." in local:
        return "local-part"
    return "domain" if domain else "not-an-address"


def repaired(text: str) -> Address | None:
    """A guess at what was meant: ``(at)``, a comma for a dot, doubled signs, blanks beside them. Only proposed.

    >>> repaired("erika (at) firma,example").text
    'erika@firma.example'
    """
    guess = _DOT.sub(".", _AT.sub("@", text))
    guess = re.sub(r"@+", "@", _NEAR_SIGN.sub(r"\1", guess))
    local, at, domain = guess.rpartition("@")
    if not at:
        return None
    domain = re.sub(r"\.{2,}", ".", domain.replace(",", ".").replace(";", ".")).strip(".-_#* ")
    local = re.sub(r"\.{2,}", ".", local.replace(",", ".")).strip(".")
    found = read_address(f"{local}@{meant_domain(domain.lower()) or domain}")
    return found if found is not None and found.text != text else None


def without_umlauts(local: str) -> str:
    """The local part in ASCII as German providers spell it, or empty where that is not enough.

    >>> without_umlauts("jürgen.groß")
    'juergen.gross'
    """
    ascii_local = local.translate(_UMLAUTS)
    return ascii_local if ascii_local.isascii() else ""
