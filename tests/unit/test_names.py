"""Personal names: taken apart, judged, and never rewritten on a guess."""

from __future__ import annotations

import random

import pytest

from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS
from crmclean.fields._name_case import is_case_damaged, proper_case
from crmclean.fields._name_fields import not_a_name, usual_name
from crmclean.fields._names import split_name

# Written name -> salutation, title, first names, surname, suffix.
SPLIT = (
    ("Eva Beispiel", "", "", "Eva", "Beispiel", ""),
    ("Eva Maria Beispiel", "", "", "Eva Maria", "Beispiel", ""),
    ("Beispiel, Eva", "", "", "Eva", "Beispiel", ""),
    ("Beispiel Jr., Max", "", "", "Max", "Beispiel", "Jr."),
    ("Frau Dr. med. Eva von der Heide", "Frau", "Dr. med.", "Eva", "von der Heide", ""),
    ("Heide, Frau Dr. med. Eva von der", "Frau", "Dr. med.", "Eva", "von der Heide", ""),
    ("Max Freiherr von und zu Muster", "", "", "Max", "Freiherr von und zu Muster", ""),
    ("Muster, Eva von und zu", "", "", "Eva", "von und zu Muster", ""),
    ("Heide, Eva v. d.", "", "", "Eva", "v. d. Heide", ""),
    ("Herr Muster", "Herr", "", "", "Muster", ""),
    ("Herrn Max Muster", "Herr", "", "Max", "Muster", ""),
    ("Sehr geehrte Frau Muster", "Frau", "", "", "Muster", ""),
    ("Dr. Muster", "", "Dr.", "", "Muster", ""),
    ("Prof.Dr.-Ing. Max Muster", "", "Prof. Dr.-Ing.", "Max", "Muster", ""),
    ("Dipl.-Ing. (FH) Max Muster", "", "Dipl.-Ing. (FH)", "Max", "Muster", ""),
    (
        "Prof. Dr. Dr. h.c. Max Freiherr von Muster, LL.M.",
        "",
        "Prof. Dr. Dr. h. c.",
        "Max",
        "Freiherr von Muster",
        "LL.M.",
    ),
    ("Mag. Eva Muster, MBA", "", "Mag.", "Eva", "Muster", "MBA"),
    ("Eva Muster B.A.", "", "", "Eva", "Muster", "B.A."),
    ("Max Muster, M.D.", "", "", "Max", "Muster", "MD"),
    ("Max Muster III", "", "", "Max", "Muster", "III"),
    ("Max Muster, CFA, FRM", "", "", "Max", "Muster", "CFA FRM"),
    ("Ludwig van Muster", "", "", "Ludwig", "van Muster", ""),
    ("Paul Van Muster", "", "", "Paul", "Van Muster", ""),
    ("Van Muster", "", "", "Van", "Muster", ""),
    ("von der Heide", "", "", "", "von der Heide", ""),
    ("Juan Ejemplo y Muestra", "", "", "Juan", "Ejemplo y Muestra", ""),
    ("Jean DUPOND", "", "", "Jean", "DUPOND", ""),
    ("DUPOND Jean", "", "", "Jean", "DUPOND", ""),
    ("J. R. Muster", "", "", "J. R.", "Muster", ""),
    ("Muster, J.R.", "", "", "J.R.", "Muster", ""),
    ("Hans-J. Muster-Beispiel", "", "", "Hans-J.", "Muster-Beispiel", ""),
    ("Jack Ma", "", "", "Jack", "Ma", ""),
    ("Ma, Jack", "", "", "Jack", "Ma", ""),
    ("Daniel Ek", "", "", "Daniel", "Ek", ""),
    ("Shaun O'Muster", "", "", "Shaun", "O'Muster", ""),
    ("Elisabeth (Lisa) Muster", "", "", "Elisabeth", "Muster", ""),
    ("Eva Muster geb. Beispiel", "", "", "Eva", "Muster", ""),
)

FIRST = (
    ("Eva", "Eva", None, True),
    ("Hans-Jürgen", "Hans-Jürgen", None, True),
    ("Eva  Maria", "Eva Maria", None, True),
    ("J. R.", "J. R.", None, True),
    ("EVA", "Eva", "case", False),
    ("eva-maria", "Eva-Maria", "case", False),
    ("eVA", "Eva", "case", False),
    ("Eva - Maria", "Eva-Maria", "spaced-hyphen", False),
    ("Dr. Eva", "Dr. Eva", "more-than-name", True),
    ("Frau Eva", "Frau Eva", "more-than-name", True),
    ("Hans und Eva", "Hans und Eva", "two-persons", True),
    ("Eva/Max", "Eva/Max", "two-persons", True),
    ("Eva2", "Eva2", "digits", True),
    ("eva@example.org", "eva@example.org", "email", True),
    ("Eva?", "Eva?", "characters", True),
    ("???", None, "no-letters", True),
    ("Ma", "Ma", None, True),
    ("Pan", "Pan", None, True),
    ("明", "明", None, True),
)

LAST = (
    ("von der Heide", "von der Heide", None, True),
    ("VON DER HEIDE", "von der Heide", "case", False),
    ("MCDONALD", "McDonald", "case", False),
    ("O'NEILL", "O'Neill", "case", False),
    ("MÜLLER-LÜDENSCHEIDT", "Müller-Lüdenscheidt", "case", False),
    ("STRAßER", "Straßer", "case", False),
    ("Null", "Null", None, True),
    ("Test", "Test", None, True),
    ("Muster, Eva", "Muster, Eva", "full-name", True),
    ("Muster GmbH", "Muster GmbH", "company", True),
    ("Muster AG", "Muster AG", "company", True),
    ("Herr Muster", "Herr Muster", "more-than-name", True),
    ("von und zu Muster", "von und zu Muster", None, True),
    ("Li", "Li", None, True),
    ("de la Cruz", "de la Cruz", None, True),
)


@pytest.mark.parametrize(("text", "salutation", "title", "first", "last", "suffix"), SPLIT)
def test_is_split(text: str, salutation: str, title: str, first: str, last: str, suffix: str) -> None:
    parts = split_name(text)
    got = (parts.salutation, " ".join(parts.titles), parts.first, parts.last, " ".join(parts.suffix))
    assert got == (salutation, title, first, last, suffix)
    assert parts.reason is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Muster", "one-word"),
        ("Hans und Eva Muster", "two-persons"),
        ("Hans & Eva Muster", "two-persons"),
        ("Hans von Muster und Eva Beispiel", "two-persons"),
        ("a, b, c, d", "unclear"),
        ("Herr", "unclear"),
        ("Dr.", "unclear"),
        ("Muster Eva A", "unclear"),  # surname first, or a surname left out? nobody knows
        ("Muster Bau GmbH", "company"),
        ("Muster e.K.", "company"),
        ("Eva 2", "digits"),
        ("eva@example.org", "email"),
        ("www.example.org", "web-address"),
        ("http://www.example.org/eva", "web-address"),
    ],
)
def test_full_name_is_doubted(text: str, reason: str) -> None:
    parsed = FIELDS["full_name"].parse(text, NO_HINTS)
    assert parsed.code == reason
    assert parsed.value


def test_the_only_word_gets_no_part() -> None:
    assert not FIELDS["full_name"].parse("Muster", NO_HINTS).parts


def test_asides_are_kept_as_parts() -> None:
    assert split_name("Elisabeth (Lisa) Muster").nickname == "Lisa"
    assert split_name("Eva Muster (geb. Beispiel)").birth_name == "Beispiel"


@pytest.mark.parametrize(("text", "value", "code", "lossless"), FIRST)
def test_first_name(text: str, value: str | None, code: str | None, lossless: bool) -> None:
    parsed = FIELDS["first_name"].parse(text, NO_HINTS)
    assert (parsed.value, parsed.code, parsed.lossless) == (value, code, lossless)


@pytest.mark.parametrize(("text", "value", "code", "lossless"), LAST)
def test_last_name(text: str, value: str | None, code: str | None, lossless: bool) -> None:
    parsed = FIELDS["last_name"].parse(text, NO_HINTS)
    assert (parsed.value, parsed.code, parsed.lossless) == (value, code, lossless)


def test_keys_do_not_see_titles_case_and_umlauts() -> None:
    key = FIELDS["full_name"].key
    assert key("Dr. Eva Müller") == key("Eva Mueller") == "eva mueller"


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("Herrn", "Herr", None),
        ("frau", "Frau", None),
        ("Mrs.", "Mrs", None),
        ("Divers", "Divers", None),
        ("Sehr geehrte Damen und Herren", "Damen und Herren", None),
        ("Herr Dr.", "Herr", None),
        ("Herr Muster", None, "more-than-salutation"),
        ("M.", "M.", None),
        ("m", None, "unknown"),  # Monsieur or männlich?
        ("männlich", None, "unknown"),
        ("2", None, "unknown"),
    ],
)
def test_salutation(text: str, value: str | None, code: str | None) -> None:
    parsed = FIELDS["salutation"].parse(text, NO_HINTS)
    assert (parsed.value, parsed.code) == (value, code)


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("Dr", "Dr.", None),
        ("dr.", "Dr.", None),
        ("Prof.Dr.", "Prof. Dr.", None),
        ("prof dr med", "Prof. Dr. med.", None),
        ("Dipl. Ing. (FH)", "Dipl.-Ing. (FH)", None),
        ("Dipl.Kfm.", "Dipl.-Kfm.", None),
        ("Mag.(FH)", "Mag. (FH)", None),
        ("MSc", "MSc", None),  # as good as M.Sc.: kept
        ("phd", "Ph.D.", None),
        ("Herr", "Herr", "salutation"),
        ("Geschäftsführer", "Geschäftsführer", "unknown"),
    ],
)
def test_academic_title(text: str, value: str, code: str | None) -> None:
    parsed = FIELDS["academic_title"].parse(text, NO_HINTS)
    assert (parsed.value, parsed.code) == (value, code)


WORDS = (
    *("Eva", "Max", "Maria", "Beispiel", "Muster", "Heide", "Jürgen", "Anna-Lena", "Lee", "Ma", "Ek", "Di", "Van"),
    *("Junior", "Ing", "Prof", "Herr", "Rag", "An", "Und", "Iv", "Md", "Jd", "Born", "Graf", "Ritter", "Ba", "Do"),
    *("Pater", "Nee", "Dear", "Mac", "Pe"),
)


def test_the_short_way_is_no_other_way() -> None:
    rng = random.Random("names")
    n_short = 0
    for _ in range(5_000):
        words = [rng.choice(WORDS) for _ in range(rng.choice((2, 3)))]
        text = rng.choice(("", "", "Herr ", "Frau ")) + rng.choice(
            (" ".join(words), f"{words[0]}, {' '.join(words[1:])}")
        )
        short = usual_name(text)
        if short is None:
            continue
        n_short += 1
        parts = split_name(text)
        assert (short, None, None) == (parts.named(), parts.reason, not_a_name(text)), text
    assert n_short > 100


@pytest.mark.parametrize(
    "name", ["Müller", "McDonald", "von der Heide", "J. R.", "JR", "O'Neill", "d'Angelo", "明", "Ng"]
)
def test_usual_case_is_left_alone(name: str) -> None:
    assert not is_case_damaged(name)


@pytest.mark.parametrize("name", ["von der Heide-Müller", "O'Neill", "McDonald", "Eva Maria", "Muster III"])
def test_proper_case_is_stable(name: str) -> None:
    assert proper_case(name) == name
    assert proper_case(name.upper()) == name
