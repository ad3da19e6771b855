"""Reads web addresses as people type them. No network.

Sources: RFC 3986 (generic syntax), RFC 1035 §2.3.4 (63 characters a label, 253 a name), RFC 5890 (IDN), WHATWG URL
Standard (default ports, case of scheme and host).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crmclean.core.text import tidy

_SCHEME = re.compile(r"(https?)://", re.IGNORECASE)
# http:/www, http//www, http:www, htp://, hhttps://, http:\\, http://http://, https;//
_BROKEN_SCHEME = re.compile(
    r"(?:(?:h+t{1,3}(?P<s3>s?)p{1,2}(?P<s>s{0,2})\s*[:;.]?\s*[/\\]{1,4}\s*|ht{1,3}p{1,2}(?P<s2>s?)[:;]\s*)[:/\\]*)+",
    re.IGNORECASE,
)
_BROKEN_WWW = re.compile(
    r"(?:w{4,}|ww|www?)(?:[,;:·]|\.\.|\s*[.,]\s+|\s+\.?)(?=[^\W_])|w{4,}\.(?=[^\W_])|www(?=[,;])", re.IGNORECASE
)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?:[^\W\d_]{{2,24}}|xn--[a-z0-9-]{{2,59}})\.?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?P<host>[^/?#:\s@]+)(?::(?P<port>\d{1,5}))?(?P<rest>[/?#]\S*)?",
)
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}", re.ASCII)
_EMAIL = re.compile(r"(?:mailto:)?[^@\s/]+@[^@\s/]+\.[^@\s/]{2,}", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[;|]\s*|\s*,\s+|\s+(?:und|and|oder|or|/)\s+|\s+(?=https?://|www\.)", re.IGNORECASE)


class Address(NamedTuple):
    """A web address taken apart.

    Attributes:
        scheme: ``http``, ``https`` or empty where none was written.
        host: lower case, with port where it is not the scheme's own.
        rest: path, query and fragment as written; empty for ``/``.
        is_repaired: whether scheme or ``www.`` were typed wrongly.
    """

    scheme: str
    host: str
    rest: str
    is_repaired: bool = False

    def url(self) -> str:
        """With ``https://`` where no scheme was written."""
        return f"{self.scheme or 'https'}://{self.host}{self.rest}"

    def site(self) -> str:
        """The host without ``www.`` and port."""
        host = self.host.partition(":")[0]
        return host[4:] if host.startswith("www.") and host.count(".") > 1 else host


def read_address(text: str) -> Address | None:
    """The address in a text without blanks around it; ``None`` if it is none.

    >>> read_address("HTTP://WWW.Example.org/Kontakt")
    Address(scheme='http', host='www.example.org', rest='/Kontakt', is_repaired=False)
    >>> read_address("http:/www,example.org").url()
    'http://www.example.org'
    """
    if len(text) > 2048:
        return None
    scheme, rest, repaired = "", text, False
    match = _SCHEME.match(text)
    if match and not _BROKEN_SCHEME.fullmatch(text, 0, min(len(text), match.end() + 1)):
        scheme, rest = match[1].lower(), text[match.end() :]
    if not match or _SCHEME.match(rest) or _BROKEN_SCHEME.match(rest):
        broken = _BROKEN_SCHEME.match(rest)
        if broken and broken.end() < len(rest):
            scheme = scheme or ("https" if broken["s"] or broken["s2"] or broken["s3"] else "http")
            rest, repaired = rest[broken.end() :], True
    broken_www = _BROKEN_WWW.match(rest)
    if broken_www and not rest.casefold().startswith("www."):
        rest, repaired = f"www.{rest[broken_www.end() :].lstrip(' .,;:')}", True
    return _split(scheme, rest, repaired)


def _split(scheme: str, text: str, repaired: bool) -> Address | None:
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    host = match["host"].lower()
    if not _HOST.fullmatch(host) and not _IP.fullmatch(host):
        return None
    host = host.rstrip(".")
    if len(host) > 253:
        return None
    port = match["port"]
    if port and int(port) > 65535:
        return None
    if port and port != {"": "443", "https": "443", "http": "80"}[scheme]:
        host = f"{host}:{int(port)}"
    rest = match["rest"] or ""
    return Address(scheme, host, "" if rest == "/" else rest, repaired)


def is_email(text: str) -> bool:
    """Whether the text is an e-mail address that landed in the wrong column."""
    return _EMAIL.fullmatch(text) is not None


def several(text: str) -> list[str]:
    """The addresses of a cell that holds more than one.

    >>> several("www.example.org; www.example.net")
    ['www.example.org', 'www.example.net']
    """
    return [part for part in _SEPARATOR.split(tidy(text)) if part]  # tidy: long blanks cost
