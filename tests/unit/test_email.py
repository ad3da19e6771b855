"""E-mail addresses as tables: what is typed, and what must come of it. Reserved and unregistrable domains."""

from __future__ import annotations

import socket

import pytest

from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS
from crmclean.fields._email_domains import PROVIDERS, disposable_domains, meant_domain, slips

EMAIL = FIELDS["email"]

# written, value, code, whether the cell may be rewritten
UNDERSTOOD = [
    ("erika@b.com", "erika@b.com", None, True),
    ("Erika.Mustermann@B.COM", "Erika.Mustermann@b.com", None, True),
    ("INFO@B.COM", "info@b.com", "role-account", True),
    ("Buchhaltung@b.com", "Buchhaltung@b.com", "role-account", True),
    ("kontakt+crm@b.com", "kontakt+crm@b.com", "role-account", True),
    ("mailto:erika@b.com", "erika@b.com", None, True),
    ("mailto:erika@b.com?subject=Hallo", "erika@b.com", "wrapped", False),
    ("E-Mail: erika@b.com", "erika@b.com", None, True),
    ("<erika@b.com>", "erika@b.com", None, True),
    ('"erika@b.com"', "erika@b.com", None, True),
    ("erika@b.com;", "erika@b.com", None, True),
    ("erika@b.com.", "erika@b.com", None, True),
    ("erika@b.com\u200b", "erika@b.com", None, True),
    ("Erika Mustermann <erika@b.com>", "erika@b.com", "wrapped", False),
    ("Mustermann, Erika <erika@b.com>", "erika@b.com", "wrapped", False),
    ("'erika@b.com", "erika@b.com", "wrapped", False),
    ("erika@müller-beispiel.de", "erika@müller-beispiel.de", None, True),
    ("erika@MÜLLER-beispiel.de", "erika@müller-beispiel.de", None, True),
    ("erika@xn--mller-beispiel-gsb.de", "erika@müller-beispiel.de", "punycode", False),
    ("jürgen@b.com", "jürgen@b.com", "non-ascii-local", True),
    ("erika@firma.example", "erika@firma.example", "reserved-domain", True),
    ("erika@example.org", "erika@example.org", "reserved-domain", True),
    ("erika@firma.test", "erika@firma.test", "reserved-domain", True),
    ("erika@Firma.local", "erika@firma.local", "reserved-domain", True),
    ("erika@mailinator.com", "erika@mailinator.com", "disposable", True),
    ("erika@x.mailinator.com", "erika@x.mailinator.com", "disposable", True),
    ("erika@gmail.con", "erika@gmail.con", "typo-domain", True),
    ("a@b.com; c@b.com", "a@b.com", "several", False),
    ("a@b.com ::: c@b.com", "a@b.com", "several", False),
    ("a@b.com, c@b.com", "a@b.com", "several", False),
    ("a@b.com\nc@b.com", "a@b.com", "several", False),
    ("a@b.com c@b.com", "a@b.com", "several", False),
]
# written, code, suggestion
REFUSED = [
    ("erika.mustermann", "no-at", None),
    ("erika(at)b.com", "obfuscated", "erika@b.com"),
    ("erika [at] b [dot] com", "obfuscated", "erika@b.com"),
    ("erika＠b.com", "obfuscated", "erika@b.com"),
    ("erika@b,com", "domain", "erika@b.com"),
    ("erika @b.com", "not-an-address", "erika@b.com"),
    ("erika@@b.com", "not-an-address", "erika@b.com"),
    ("erika mustermann@b.com", "not-an-address", None),
    ("erika..mustermann@b.com", "local-part", "erika.mustermann@b.com"),
    (".erika@b.com", "local-part", "erika@b.com"),
    ("erika@b..com", "domain", "erika@b.com"),
    ("erika@-b.com", "domain", "erika@b.com"),
    ("erika@gmailcom", "domain", "erika@gmail.com"),
    ("erika@b", "domain", None),
    ("erika@", "not-an-address", None),
    ("@b.com", "local-part", None),
    ("erika@192.0.2.1", "domain", None),
    ("www.b.com", "no-at", None),
]


@pytest.mark.parametrize(("written", "value", "code", "lossless"), UNDERSTOOD)
def test_understood(written: str, value: str, code: str | None, lossless: bool) -> None:
    parsed = EMAIL.parse(written, NO_HINTS)
    assert (parsed.value, parsed.code, parsed.lossless) == (value, code, lossless)


@pytest.mark.parametrize(("written", "code", "suggestion"), REFUSED)
def test_refused(written: str, code: str, suggestion: str | None) -> None:
    parsed = EMAIL.parse(written, NO_HINTS)
    assert (parsed.value, parsed.code, parsed.suggestion) == (None, code, suggestion)


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("erika@gmail.con", "erika@gmail.com"),
        ("erika@t-onlin.de", "erika@t-online.de"),
        ("erika@gmx.d", "erika@gmx.de"),
        ("erika@hotmial.com", "erika@hotmail.com"),
        ("jürgen@b.com", "juergen@b.com"),
        ("a@b.com ; C@B.com", "a@b.com; C@b.com"),
        ("a@b.com; nobody", None),
        ("a@b.com; Max <c@b.com>", "a@b.com; Max <c@b.com>"),  # the name would be lost: nothing to propose
    ],
)
def test_proposals(written: str, suggestion: str | None) -> None:
    assert EMAIL.parse(written, NO_HINTS).suggestion == suggestion


def test_key_ignores_case() -> None:
    assert EMAIL.key("Erika.Mustermann@b.com") == EMAIL.key("erika.mustermann@b.com")


@pytest.mark.parametrize("domain", [*PROVIDERS, "arbor.de", "live.co", "cloud.com", "web.com", "gmx.org", "mail.com"])
def test_no_slip_is_seen_in_a_domain_that_is_one(domain: str) -> None:
    assert meant_domain(domain) is None


def test_lists_do_not_contradict_each_other() -> None:
    assert not disposable_domains() & set(PROVIDERS)
    assert set(slips().values()) <= set(PROVIDERS)


def test_asks_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert EMAIL.parse("erika@b.com", NO_HINTS).value == "erika@b.com"
