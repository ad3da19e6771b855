"""What is known about domains without asking the network: reserved, throw-away, mistyped, and names of functions.

Sources: RFC 2606, RFC 6761, RFC 6762, RFC 7686 and ICANN's reservation of ``.internal`` for names that reach nobody;
``data/disposable_domains.txt``; ``data/role_accounts.txt`` (RFC 2142 and common usage); the large mailbox providers
of the German-speaking countries and of the world.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

RESERVED_ENDS = frozenset(
    {"example", "test", "invalid", "localhost", "local", "onion", "arpa", "internal", "lan", "home", "corp"}
)
RESERVED_DOMAINS = frozenset({"example.com", "example.net", "example.org"})

# Ends that are no top-level domain (IANA, October 2026), and what was meant. ``.co``, ``.cm`` and ``.om`` do exist.
WRONG_ENDS = {
    **dict.fromkeys(("con", "cmo", "ocm", "comm", "vom", "xom", "cpm", "coom", "cim", "clm", "ccom", "comn"), "com"),
    **dict.fromkeys(("nte", "ent", "ner", "nett", "nwt", "met"), "net"),
    **dict.fromkeys(("ogr", "orgg", "rog", "ord", "orf"), "org"),
    **dict.fromkeys(("d", "dee", "dde", "ed", "dew"), "de"),
    **dict.fromkeys(("euu", "ue"), "eu"),
}
PROVIDERS = (
    *("gmail.com", "googlemail.com", "yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.co.uk", "ymail.com", "hotmail.com"),
    *("hotmail.de", "hotmail.fr", "hotmail.co.uk", "outlook.com", "outlook.de", "live.com", "live.de", "msn.com"),
    *("icloud.com", "me.com", "mac.com", "aol.com", "aol.de", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com"),
    *("web.de", "t-online.de", "freenet.de", "arcor.de", "mail.de", "email.de", "posteo.de", "mailbox.org"),
    *("protonmail.com", "proton.me", "kabelmail.de", "online.de", "bluewin.ch", "hispeed.ch", "sunrise.ch"),
    *("aon.at", "chello.at", "kabsi.at", "a1.net", "btinternet.com", "comcast.net", "verizon.net", "sbcglobal.net"),
    *("bellsouth.net", "orange.fr", "wanadoo.fr", "laposte.net", "free.fr", "libero.it", "virgilio.it", "wp.pl"),
    *("seznam.cz", "mail.ru", "yandex.ru", "qq.com", "163.com"),
)
# Names long and odd enough that one letter more, less or swapped is a slip and hardly ever a firm of its own.
# "arcor" is not one of them (arbor, ardor, armor), nor is anything of three letters.
_UNMISTAKABLE = frozenset(
    {
        *("gmail", "googlemail", "yahoo", "hotmail", "outlook", "icloud", "t-online", "freenet", "posteo"),
        *("protonmail", "bluewin", "hispeed", "btinternet", "comcast", "verizon", "sbcglobal", "bellsouth"),
        *("wanadoo", "laposte"),
    }
)
_SHORT_SLIPS = {
    **dict.fromkeys(("gxm.de", "mgx.de", "gmx.dde", "gmxx.de", "ggmx.de", "gmx.de.de"), "gmx.de"),
    **dict.fromkeys(("gxm.net", "mgx.net", "gmxx.net"), "gmx.net"),
    **dict.fromkeys(("wbe.de", "webb.de", "wweb.de", "web.de.de"), "web.de"),
    **dict.fromkeys(("acror.de", "arocr.de", "arcor.de.de"), "arcor.de"),
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"


def _lines(name: str) -> frozenset[str]:
    text = files("crmclean.data").joinpath(name).read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def disposable_domains() -> frozenset[str]:
    """Domains of throw-away mailboxes; a subdomain of one is one too."""
    return _lines("disposable_domains.txt")


@cache
def role_accounts() -> frozenset[str]:
    """Local parts, lower case, of mailboxes that belong to a function."""
    return _lines("role_accounts.txt")


def is_reserved(domain: str) -> bool:
    """Whether the domain (lower case) is set aside by a standard and reaches nobody.

    >>> is_reserved("mail.example.org"), is_reserved("firma.local"), is_reserved("adler.de")
    (True, True, False)
    """
    labels = domain.split(".")
    return labels[-1] in RESERVED_ENDS or ".".join(labels[-2:]) in RESERVED_DOMAINS


def is_disposable(domain: str) -> bool:
    """Whether the domain or one above it gives throw-away mailboxes."""
    labels = domain.split(".")
    return any(".".join(labels[at:]) in disposable_domains() for at in range(len(labels) - 1))


def meant_domain(domain: str) -> str | None:
    """The domain that was most likely meant, where the one written is a slip; a guess, never a repair.

    >>> meant_domain("gmail.con"), meant_domain("t-onlin.de"), meant_domain("gmx.d"), meant_domain("adler.com")
    ('gmail.com', 't-online.de', 'gmx.de', None)
    """
    head, _, end = domain.rpartition(".")
    fixed = f"{head}.{WRONG_ENDS[end]}" if head and end in WRONG_ENDS else domain
    fixed = slips().get(fixed, fixed)
    return fixed if fixed != domain else None


@cache
def slips() -> dict[str, str]:
    """Mistyped domains of large providers, and what was meant. Written out, so that a whole column is one look-up."""
    found = dict(_SHORT_SLIPS)
    for domain in PROVIDERS:
        label, _, end = domain.partition(".")
        if end == "com" and label in _UNMISTAKABLE:  # .co, .cm and .om exist, so short names may be somebody's
            found.update({f"{label}.{slip}": domain for slip in ("co", "cm", "om", "c")})
        found[f"{label}{end[0]}.{end[1:]}"] = domain
        found[f"{label}{end}"] = domain  # without the dot
        if label in _UNMISTAKABLE:
            for slip in _one_off(label):
                found.setdefault(f"{slip}.{end}", domain)
    for domain in PROVIDERS:
        found.pop(domain, None)
    return found


def _one_off(word: str) -> set[str]:
    """All texts one insertion, deletion, replacement or swap away that keep the first letter (slips rarely hit it)."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    found |= {a + letter + b for a, b in cuts for letter in _LETTERS}
    found.add(word[1] + word[0] + word[2:])
    return {text for text in found if text != word and not text.endswith("-")}
