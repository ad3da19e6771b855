"""The fast path of web addresses says what the field says, on addresses put together from plain and odd pieces."""

from __future__ import annotations

import itertools

import polars as pl
import pytest

from crmclean.accelerators.website import ACCELERATOR
from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS

SCHEMES = (
    *("", "http://", "https://", "HTTP://", "Https://", "http:/", "http:", "htp://", "http:///", "http://http://"),
    *("https//", "ftp://", "http://https.", "://"),
)
HOSTS = (
    *("example.org", "www.example.org", "WWW.Example.ORG", "wwww.example.org", "ww.example.org", "www.example..org"),
    *("WWWW.example", "a.wwww.example", "www,example.org", "www. example.org", "müller.example", "MÜLLER.Example"),
    *("xn--mller-kva.example", "example", "-a.example", "a-.example", "a_b.example", "1.2.3.4", "example.org."),
    *("example.xn--p1ai", "http.example", "http.http", "https.example", "www.www", "ww.de", "w.de", f"{'a' * 63}.test"),
    *(f"{'a' * 64}.test", "example.org:443", "Example.org:8080", "ß.example", "a.b.c.d.example", "straße.x", "é.test"),
)
RESTS = (
    *("", "/", "//", "/Path", "?X=1", "/?u=http://Example.net/", "?u=HTTP://Example.net/", "#Top", "/a b", "/ä", "/a/"),
    *("/#", "; www.example.net", "/wwww", "/a@b.example", "\\a"),
)
VALUES = [f"{scheme}{host}{rest}" for scheme, host, rest in itertools.product(SCHEMES, HOSTS, RESTS)]


@pytest.mark.parametrize("style", FIELDS["website"].styles)
@pytest.mark.parametrize("special", [True, False])
def test_equal_to_the_field(style: str, *, special: bool) -> None:
    field = FIELDS["website"]
    # A column of lower-case addresses without empty paths goes another way.
    values = VALUES if special else [v for v in VALUES if v == v.lower() and v[-1] != "/" and "wwww" not in v]
    judged = ACCELERATOR.run(pl.DataFrame({"value": values}), style)
    n_handled = 0
    for value, (handled, *got) in zip(values, judged.iter_rows(), strict=True):
        if handled:
            n_handled += 1
            parsed = field.parse(value, NO_HINTS)
            assert parsed.value is not None, value
            written = value if style == "keep" else field.write(parsed.value, style, NO_HINTS)
            assert got == [parsed.value, written, parsed.code, parsed.suggestion], value
    assert n_handled > 100


def test_takes_what_people_type_most() -> None:
    usual = ["www.example.org", "http://www.Example.org/", "https://example.org/kontakt?id=1", "shop.example.co.uk"]
    assert ACCELERATOR.run(pl.DataFrame({"value": usual}), "keep")["handled"].all()
