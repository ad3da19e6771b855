"""The vectorised paths of company names and identifiers say what the fields say, on names made of forms and traps."""

from __future__ import annotations

import itertools
import random

import polars as pl
import pytest
from stdnum import iban

from crmclean.core.field import Hints
from crmclean.core.registry import ACCELERATORS, FIELDS

WORDS = (
    *("Adler", "Bau", "ADLER", "adler", "Müller", "Söhne", "ABC", "a", "S", "I", "24", "3D", "Gesellschaft", "für"),
    *("mit", "beschränkter", "Haftung", "und", "&", "u.", "+", "Co", "Co.", "GmbH", "GMBH", "Gmbh", "gmbh", "mbH"),
    *("AG", "Ag", "KG", "Kg", "K.G.", "e.K.", "e.", "K.", "V.", "eG", "SE", "OG", "AB", "Oy", "SA", "S.à", "r.l."),
    *("UG", "(haftungsbeschränkt)", "haftungsbeschränkt", "Ltd", "Ltd.", "Pty", "Sp.", "z", "o.o.", "A/S", "B.V."),
    *("i.L.", "in", "Liquidation", "PartG", "Part", "mbB", "Verein", "Stiftung", "Verwaltungs-GmbH", "-", "(Wien)"),
    *(
        "Ges.m.b.H.",
        "Gesellschaft",
        "des",
        "bürgerlichen",
        "Rechts",
        "auf",
        "Aktien",
        "Frau",
        "Tel.",
        "www.adler.example",
    ),
)
COUNTRIES = ("DE", "AT", "CH", "SE", "US", None)


def _names(rng: random.Random) -> list[str]:
    names = []
    for _ in range(15_000):
        words = [rng.choice(WORDS) for _ in range(rng.randrange(1, 6))]
        names.append("".join(word + rng.choice((" ", " ", " ", " ", "-")) for word in words).strip(" -") or "Adler")
    return names


def _vat_ids(rng: random.Random) -> list[str]:
    shapes = ("DE{}", "DE {}", "de{}", "DE-{}", "{}", "ATU{}", "ATU {}", "CHE-{}", "CHE{} MWST", "CHE-{} TVA")
    made = []
    for _ in range(10_000):
        shape, digits = rng.choice(shapes), "".join(rng.choice("0123456789") for _ in range(9))
        if "AT" in shape:
            digits = digits[:8]
        elif rng.random() < 0.4:
            sign = "." if "CHE" in shape else " "
            digits = f"{digits[:3]}{sign}{digits[3:6]}{sign}{digits[6:]}"
        made.append(shape.format(digits))
    return made


def _ibans(rng: random.Random) -> list[str]:
    made = []
    for _ in range(5_000):
        land, length = rng.choice((("DE", 22), ("AT", 20), ("CH", 21), ("PL", 28), ("BE", 16), ("FR", 27), ("DE", 21)))
        account = "".join(rng.choice("0123456789") for _ in range(length - 4))
        check = iban.calc_check_digits(f"{land}00{account}") if rng.random() < 0.7 else f"{rng.randrange(100):02}"
        number = f"{land}{check}{account}"
        made.append(" ".join(number[i : i + 4] for i in range(0, length, 4)) if rng.random() < 0.5 else number)
    return made


@pytest.mark.parametrize(
    ("name", "make", "least"), [("company_name", _names, 0.05), ("vat_id", _vat_ids, 0.7), ("iban", _ibans, 0.5)]
)
def test_equal_to_the_field(name: str, make: object, least: float) -> None:
    assert callable(make)
    rng = random.Random(7)
    values = make(rng)
    countries = [rng.choice(COUNTRIES) for _ in values]
    frame = pl.DataFrame({"value": values, "country": countries}, schema={"value": pl.String, "country": pl.String})
    field = FIELDS[name]
    for style in field.styles:
        judged = ACCELERATORS[name].run(frame, style)
        assert judged["handled"].mean() > least
        for value, country, got in zip(values, countries, judged.iter_rows(), strict=True):
            if got[0]:
                parsed = field.parse(value, Hints({"country": country} if country else {}))
                form = None
                if parsed.value is not None:
                    form = value if style == "keep" else field.display(parsed.value, style)
                assert got[1:] == (parsed.value, form, parsed.code, parsed.suggestion), f"{value!r} in {country}"


REGISTERS = ("HRB", "HRA", "hrb", "HR B", "GnR", "VR", "Vereinsregister", "HRC", "", "FN", "Handelsregister B")
COURTS = ("", "Köln", "Amtsgericht Bonn,", "AG Hamburg", "Atlantis", "Eschweiler", "(Charlottenburg)", "früher Neuss")
NUMBERS = ("12", "123456", "1234567", "012", "12 345", "12.345", "12 B", "12345 KI", "1 und 2", "1e+05", "12abc", "٣")


def test_register_numbers_around_courts() -> None:
    field = FIELDS["register_number"]
    values = [
        shape.format(court=court, register=register, number=number).strip(" ,")
        for court, register, number, shape in itertools.product(
            COURTS, REGISTERS, NUMBERS, ("{court} {register} {number}", "{register} {number}, {court}")
        )
    ]
    courts = itertools.islice(itertools.cycle(("Köln", "Eschweiler", "Nirgendwo", None, None)), len(values))
    frame = pl.DataFrame({"value": values, "register_court": list(courts), "country": "DE"})
    for style in field.styles:
        judged = ACCELERATORS["register_number"].run(frame, style)
        assert judged["handled"].mean() > 0.2
        for (value, court, country), (handled, *got) in zip(frame.iter_rows(), judged.iter_rows(), strict=True):
            if handled:
                hints = {"country": country} | ({"register_court": court} if court else {})
                parsed = field.parse(value, Hints(hints))
                assert parsed.value is not None
                assert parsed.lossless
                form = value if style == "keep" else field.display(parsed.value, style)
                assert got == [parsed.value, form, parsed.code, parsed.suggestion], f"{value!r} in {court}"


def test_register_numbers_of_moved_courts_are_doubted() -> None:
    frame = pl.DataFrame({"value": ["HRB 12", "HRB 12", "HRB 12"], "register_court": ["Köln", "Eschweiler", None]})
    judged = ACCELERATORS["register_number"].run(frame, "canonical")
    assert judged["handled"].all()
    assert judged["code"].to_list() == [None, "former-court", None]
