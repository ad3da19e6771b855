"""An e-mail address: syntax, and what is known about it without asking the network.

Canonical form: the local part as written (its case belongs to the receiver; only the function names of RFC 2142 are
lowered), the domain in lower case and in Unicode. Compared without regard to case.

Sources: RFC 5321, 5322, 6531, 5890, 2142, 2606, 6761; ``email-validator``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("mailto:INFO@B.COM", NO_HINTS).value
'info@b.com'
>>> FIELD.parse("erika.mustermann@gmail.con", NO_HINTS).suggestion
'erika.mustermann@gmail.com'
"""

from __future__ import annotations

import re

from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.fields import _email_address as address
from crmclean.fields import _email_domains as domains
from crmclean.fields._email_address import Address
from crmclean.fields._email_codes import CODES, PLACEHOLDERS

_SHAPE = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.\d]{2,}")

_MOST = 20  # addresses looked at in one cell; a longer list is no contact but a mailing list
_DOUBTS = frozenset({"reserved-domain", "typo-domain", "disposable", "non-ascii-local"})


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001 - an address needs no country
    """One address, or the first of several."""
    text = address.tidy_cell(value)
    parts = address.pieces(text)
    if len(parts) == 1:
        return _one(text, value)
    judged = [_one(part, part) for part in parts[:_MOST]]
    if judged[0].value is None:
        return Parsed(code="not-an-address")
    written = "; ".join(one.value for one in judged if one.value is not None)
    kept = len(parts) <= _MOST and all(one.value is not None and one.code != "wrapped" for one in judged)
    return Parsed(judged[0].value, "several", False, written if kept else value, judged[0].parts)


def _one(text: str, value: str) -> Parsed:
    inner, lost = address.unwrap(text)
    inner = address.tidy_cell(inner)
    found = address.read_address(inner)
    if found is None:
        guess = address.repaired(inner)
        code = address.reason(inner)
        if code == "no-at" and guess is not None:
            code = "obfuscated"
        return Parsed(code=code, suggestion=guess.text if guess and guess.text != value else None)
    parsed = _judge(found, inner)
    if lost:
        code = parsed.code if parsed.code in _DOUBTS else "wrapped"
        return Parsed(parsed.value, code, lossless=False, suggestion=parsed.suggestion, parts=parsed.parts)
    return parsed


def _judge(found: Address, written: str) -> Parsed:
    """Doubts about a valid address, the gravest first."""
    parts = {"local": found.local, "domain": found.domain}
    if found.ascii_domain != found.domain:
        parts["ascii_domain"] = found.ascii_domain
    domain = found.ascii_domain
    if domains.is_reserved(domain):
        return Parsed(found.text, "reserved-domain", parts=parts)
    if meant := domains.meant_domain(domain):
        return Parsed(found.text, "typo-domain", suggestion=f"{found.local}@{meant}", parts=parts)
    if domains.is_disposable(domain):
        return Parsed(found.text, "disposable", parts=parts)
    if not found.local.isascii():
        plain = address.without_umlauts(found.local)
        return Parsed(
            found.text, "non-ascii-local", suggestion=f"{plain}@{found.domain}" if plain else None, parts=parts
        )
    if "xn--" in written.lower() and domain != found.domain:
        return Parsed(found.text, "punycode", lossless=False, parts=parts)  # not every program knows the Unicode form
    if found.local.partition("+")[0].lower() in domains.role_accounts():
        return Parsed(found.text, "role-account", parts=parts)
    return Parsed(found.text, parts=parts)


def looks_like(value: str) -> float:
    """Something, an at-sign, something with a dot.

    >>> looks_like("erika@firma.example"), looks_like("@firma")
    (1.0, 0.0)
    """
    if "@" not in value:
        return 0.0
    return 1.0 if _SHAPE.fullmatch(value.strip()) else 0.6 if _SHAPE.search(value) else 0.0


FIELD = FieldType(
    name="email",
    title=Text("E-mail", "E-Mail"),
    group="contact",
    parse=parse,
    styles=("address", "keep"),
    key=lambda canonical: canonical.casefold(),
    strength=Strength.SUPPORTING,  # a person's own address identifies, but info@ is shared by a whole firm
    headers=(
        *("email", "e-mail", "mail", "email address", "e-mail address", "business email", "work email", "email 1"),
        *("primary email", "home email", "other email", "email 2", "e-mail 1 - value", "e-mail 2 - value"),
        *("e-mail-adresse", "emailadresse", "mailadresse", "e-mail geschäftlich", "e-mail privat", "e-mail 1"),
        *("e-mail 2", "e-mail (geschäftlich)", "e-mail (privat)", "mail adresse", "elektronische post"),
        *("adresse e-mail", "courriel", "correo electrónico", "posta elettronica", "indirizzo e-mail"),
    ),
    looks_like=looks_like,
    codes=CODES,
    placeholders=PLACEHOLDERS,
    # Nobody can have these: Gmail's names end at 30 characters, and one-letter .com names are reserved by ICANN.
    examples_good=(
        "erika.mustermann.at.a.made.up.company@gmail.com",
        "Erika.Mustermann+crm@b.com",
        "INFO@B.COM",
        "mailto:erika@b.com",
        "o'neill@b.com",
        " erika@B.com; ",
        "<erika@b.com>",
        "erika@mail.b.com.",
    ),
    examples_bad=(
        "erika.mustermann",
        "erika@",
        "@b.com",
        "erika@b,com",
        "erika (at) b.com",
        "erika..mustermann@b.com",
        "erika@firma.example",
        "erika@gmail.con",
        "erika@t-onlin.de",
        "erika@gmx.d",
        "erika@mailinator.com",
        "jürgen@b.com",
        "Erika Mustermann <erika@b.com>",
        "erika@b.com; max@b.com",
        "erika@localhost",
        "max mustermann@b.com",
    ),
    sources=(
        "RFC 5321",
        "RFC 5322",
        "RFC 6531",
        "RFC 2142",
        "RFC 6761",
        "https://github.com/JoshData/python-email-validator",
    ),
)
