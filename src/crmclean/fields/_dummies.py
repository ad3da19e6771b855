"""Made-up people, places and numbers that stand in CRMs where nobody knew the real one, or where somebody tried it out.

Only whole values that can hardly be anything else: Max Mustermann, not everybody called Mustermann; Test Test, not
everybody called Test. Compared in lower case, like all placeholders; ``ß`` and ``ss`` are given both ways.

Sources: the specimen documents of German authorities (Mustermann, Musterstadt); John and Jane Doe as parties unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

_PEOPLE = (
    *product(("max", "maxi", "maximilian", "erika", "moritz", "martin", "maria", "anna"), ("mustermann",)),
    *product(("max", "maxima", "erika", "eva", "maria", "martina", "anna", "sabine"), ("musterfrau",)),
    *product(("john", "jane", "joe"), ("doe",)),
    *product(("test", "testi", "tester"), ("test", "tester", "testmann", "testfrau", "testuser", "testerson")),
    *(("asdf", "asdf"), ("foo", "bar"), ("vorname", "nachname"), ("firstname", "lastname"), ("first", "last")),
    *(("vorname", "name"), ("first name", "last name"), ("test", "user"), ("test", "kunde"), ("test", "contact")),
    *(("test", "kontakt"), ("test", "account"), ("test", "person"), ("dummy", "dummy"), ("dummy", "user")),
)
_CALLED = ("herr", "frau", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr.", "herr dr.", "frau dr.")
_STREETS = tuple(
    f"{word}{end}"
    for word in ("muster", "beispiel", "test")
    for end in ("straße", "strasse", "str.", "str", "weg", "gasse", "platz")
)
_SURE_STREETS = tuple(street for street in _STREETS if not street.endswith(("weg", "gasse", "platz")))
_NUMBERS = ("1", "1a", "1 a", "123", "99", "0", "xx", "x")
_CITIES = ("musterstadt", "musterort", "musterhausen", "musterdorf", "beispielstadt", "beispielort", "teststadt")
_CODES = ("12345", "01234", "99999", "00000", "1234", "11111", "54321", "0000")
_LINES = (", ", "\n", " ", ",\n", ",")


def _people() -> Iterable[str]:
    for first, last in _PEOPLE:
        yield from (f"{first} {last}", f"{last}, {first}", f"{last} {first}", f"{first}.{last}", f"{first} {last} 1")
        yield from (f"{called} {first} {last}" for called in _CALLED)
        yield from (f"{called} {last}" for called in ("herr", "frau") if last in ("mustermann", "musterfrau"))


PEOPLE = frozenset(_people())
STREETS = frozenset((*_SURE_STREETS, *(f"{street} {number}" for street in _STREETS for number in _NUMBERS)))
CITIES = frozenset((*_CITIES, "anytown", *(f"{code} {city}" for code, city in product(_CODES, _CITIES))))
ADDRESSES = frozenset(
    f"{street} {number}{line}{code} {city}"
    for street, number, line, code, city in product(_SURE_STREETS, _NUMBERS[:4], _LINES, _CODES[:3], _CITIES[:3])
)

# Digits counted up behind a zero or a calling code, as people group them.
PHONES = frozenset(
    f"{front}{area}{sign}{rest}"
    for front, signs in (("0", (" ", "/", "-", " / ", "")), ("+49 ", (" ", "")), ("+49", (" ", "")), ("0049 ", (" ",)))
    for sign in signs
    for area, rest in (("123", "456789"), ("123", "45678"), ("123", "456"), ("1234", "5678"), ("1234", "56789"))
) | frozenset({"+49 (0)123 456789", "+49 (0) 123 456789", "01234 567890", "01234/567890", "01234567890"})

EMAILS = frozenset(
    (
        *(f"{name}@{name}.{end}" for name in ("test", "mail", "email", "asdf", "abc", "xyz") for end in ("de", "com")),
        *(f"test@test.{end}" for end in ("at", "ch", "net", "org", "eu", "local")),
        *("test@mail.de", "test@email.de", "test@mail.com", "test@email.com", "test@testmail.com"),
        *("max@mustermann.de", "erika@mustermann.de", "mustermann@mustermann.de", "max.mustermann@mustermann.de"),
        *("max.mustermann@email.de", "max.mustermann@mail.de", "max.mustermann@muster.de", "info@musterfirma.de"),
        *("name@domain.com", "name@domain.de", "name@email.com", "email@domain.com", "user@domain.com"),
        *("your@email.com", "ihre@email.de", "vorname.nachname@firma.de", "mustermann@muster.de"),
    )
)
COMPANIES = frozenset(
    (
        *(
            "muster firma",
            "musterfirma ag",
            "musterfirma kg",
            "musterunternehmen",
            "musterunternehmen gmbh",
            "mustermann ag",
        ),
        *("musterkunde", "testkunde", "test kunde", "test account", "testaccount", "testfirma gmbh", "testfirma ag"),
        *("test company inc.", "test inc.", "test inc", "test ltd", "test ltd.", "beispielfirma", "beispielfirma gmbh"),
        *("dummy gmbh", "dummy company", "sample company", "my company", "your company", "ihre firma", "meine firma"),
        *("asdf gmbh", "test test", "test gmbh & co. kg", "musterfirma gmbh & co. kg", "test 123"),
    )
)
