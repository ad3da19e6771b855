"""Company names: legal form, standard spelling, doubts, proposals, key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmclean.core.field import NO_HINTS, Hints
from crmclean.core.registry import FIELDS

FIELD = FIELDS["company_name"]
IN_GERMANY = Hints({"country": "DE"})

# value, what is written, name, legal form, ELF code in a German record
SPLIT = [
    ("Adler GmbH", "Adler GmbH", "Adler", "GmbH", "2HBR"),
    ("Adler GMBH", "Adler GmbH", "Adler", "GmbH", "2HBR"),
    ("Adler gmbh", "Adler GmbH", "Adler", "GmbH", "2HBR"),
    ("Adler G.m.b.H.", "Adler G.m.b.H.", "Adler", "GmbH", "2HBR"),
    ("Adler Baugesellschaft mbH", "Adler Baugesellschaft mbH", "Adler Baugesellschaft", "GmbH", "2HBR"),
    ("Adler Baugesellschaft MBH", "Adler Baugesellschaft mbH", "Adler Baugesellschaft", "GmbH", "2HBR"),
    ("Adler Gmbh & Co KG", "Adler GmbH & Co. KG", "Adler", "GmbH & Co. KG", "8Z6G"),
    ("Adler GmbH&Co.KG", "Adler GmbH & Co. KG", "Adler", "GmbH & Co. KG", "8Z6G"),
    ("Adler GMBH & CO. Kg", "Adler GmbH & Co. KG", "Adler", "GmbH & Co. KG", "8Z6G"),
    ("Adler GmbH und Co. KG", "Adler GmbH und Co. KG", "Adler", "GmbH & Co. KG", "8Z6G"),
    ("Adler GmbH + Co. KG", "Adler GmbH + Co. KG", "Adler", "GmbH & Co. KG", "8Z6G"),
    ("Adler GmbH & Co. Bau KG", "Adler GmbH & Co. Bau KG", "Adler GmbH & Co. Bau", "GmbH & Co. KG", "8Z6G"),
    ("Adler & Co. KG", "Adler & Co. KG", "Adler", "KG", "8Z6G"),
    ("Adler AG & Co. KG", "Adler AG & Co. KG", "Adler", "AG & Co. KG", "8Z6G"),
    ("Adler SE & Co. KGaA", "Adler SE & Co. KGaA", "Adler", "SE & Co. KGaA", "T0YJ"),
    ("Adler UG haftungsbeschränkt", "Adler UG (haftungsbeschränkt)", "Adler", "UG (haftungsbeschränkt)", "63KS"),
    ("Adler UG(haftungsbeschränkt)", "Adler UG (haftungsbeschränkt)", "Adler", "UG (haftungsbeschränkt)", "63KS"),
    ("Adler UG", "Adler UG", "Adler", "UG (haftungsbeschränkt)", "63KS"),
    ("Bäckerei Adler e. K.", "Bäckerei Adler e.K.", "Bäckerei Adler", "e.K.", "OL20"),
    ("Bäckerei Adler E.k.", "Bäckerei Adler e.K.", "Bäckerei Adler", "e.K.", "OL20"),
    ("Kanzlei Adler PartGmbB", "Kanzlei Adler PartG mbB", "Kanzlei Adler", "PartG mbB", "2YZO"),
    ("Kanzlei Adler Partg Mbb", "Kanzlei Adler PartG mbB", "Kanzlei Adler", "PartG mbB", "2YZO"),
    ("Adler Ohg", "Adler OHG", "Adler", "OHG", "40DB"),
    ("Adler oHG", "Adler oHG", "Adler", "OHG", "40DB"),
    ("Adler Gbr", "Adler GbR", "Adler", "GbR", "FR3V"),
    ("Volksbank Adler eG", "Volksbank Adler eG", "Volksbank Adler", "eG", "AZFE"),
    ("Turnverein Adler e. V.", "Turnverein Adler e.V.", "Turnverein Adler", "e.V.", "QZ3L"),
    ("Turnverein Adler eV", "Turnverein Adler e.V.", "Turnverein Adler", "e.V.", "QZ3L"),
    ("Adler gGMBH", "Adler gGmbH", "Adler", "gGmbH", "SCE1"),
    ("Stadtwerke Adler AöR", "Stadtwerke Adler AöR", "Stadtwerke Adler", "AöR", "XLWA"),
    ("Adler Bank KdöR", "Adler Bank KdöR", "Adler Bank", "KdöR", "SQKS"),
    ("Adler Ag", "Adler AG", "Adler", "AG", "6QQB"),
    ("ADLER SE", "ADLER SE", "ADLER", "SE", "SGST"),
    ("Adler Aktiengesellschaft", "Adler Aktiengesellschaft", "Adler", "AG", "6QQB"),
    ("Adler Verwaltungs-GmbH", "Adler Verwaltungs-GmbH", "Adler Verwaltungs", "GmbH", "2HBR"),
    ("Adler Verwaltungs-GMBH", "Adler Verwaltungs-GmbH", "Adler Verwaltungs", "GmbH", "2HBR"),
    ("Adler GMBH, Zweigniederlassung Wien", "Adler GmbH, Zweigniederlassung Wien", None, "GmbH", "2HBR"),
    ("Adler GmbH Werk Bonn", "Adler GmbH Werk Bonn", "Adler Werk Bonn", "GmbH", "2HBR"),
    ("Adler AG Zürich", "Adler AG Zürich", "Adler Zürich", "AG", "6QQB"),
    ("Adler GmbH i.L.", "Adler GmbH i.L.", "Adler", "GmbH", "2HBR"),
    ("Adler GmbH in Liquidation", "Adler GmbH in Liquidation", "Adler", "GmbH", "2HBR"),
    ("Adler Gmbh i. G.", "Adler GmbH i. G.", "Adler", "GmbH", "2HBR"),
    ("Adler Stiftung", "Adler Stiftung", "Adler Stiftung", "Stiftung", "V2YH"),
    ("Adler (GmbH)", "Adler (GmbH)", "Adler", "GmbH", "2HBR"),
    ('"Adler GmbH"', '"Adler GmbH"', "Adler", "GmbH", "2HBR"),
]
ABROAD = [
    ("Adler GesmbH", "AT", "Adler GesmbH", "GmbH", "AXSB"),
    ("Adler Ges.m.b.H.", "AT", "Adler Ges.m.b.H.", "GmbH", "AXSB"),
    ("Adler GESMBH", "AT", "Adler GesmbH", "GmbH", "AXSB"),
    ("Adler OG", "AT", "Adler OG", "OG", "JTAV"),
    ("Adler e.U.", "AT", "Adler e.U.", "e.U.", "ECWU"),
    ("Adler GmbH", "CH", "Adler GmbH", "GmbH", "3EKS"),
    ("Aigle Sàrl", "CH", "Aigle Sàrl", "Sàrl", "3EKS"),
    ("Aigle SA", "CH", "Aigle SA", "SA", "MVII"),
    ("Aquila Sagl", "CH", "Aquila Sagl", "Sagl", "3EKS"),
    ("Adler AG", "LI", "Adler AG", "AG", "7RRP"),
    ("Eagle Ltd", "GB", "Eagle Ltd", "Ltd.", "H0PO"),
    ("Eagle LTD", "GB", "Eagle LTD", "Ltd.", "H0PO"),
    ("Eagle plc", "GB", "Eagle plc", "plc", "B6ES"),
    ("Eagle LLC", "US", "Eagle LLC", "LLC", "HZEH"),
    ("Eagle, Inc.", "US", "Eagle, Inc.", "Inc.", "XTIQ"),
    ("Aquila S.p.A.", "IT", "Aquila S.p.A.", "S.p.A.", "P418"),
    ("Aquila Srl", "IT", "Aquila Srl", "S.r.l.", "OV32"),
    ("Adelaar B.V.", "NL", "Adelaar B.V.", "B.V.", "54M6"),
    ("Adelaar NV", "BE", "Adelaar NV", "N.V.", "R85P"),
    ("Kotka Oy", "FI", "Kotka Oy", "Oy", "DKUW"),
    ("Örn AB", "SE", "Örn AB", "AB", "XJHM"),
    ("AB Örn", "SE", "AB Örn", "AB", "XJHM"),
    ("Ørn A/S", "DK", "Ørn A/S", "A/S", "ZRPO"),
    ("Ørn ApS", "DK", "Ørn ApS", "ApS", "H8VP"),
    ("Ørn AS", "NO", "Ørn AS", "AS", "YI42"),
    ("Orzeł sp. z o.o.", "PL", "Orzeł sp. z o.o.", "Sp. z o.o.", "O7XB"),
    ("Orzeł spółka z o.o.", "PL", "Orzeł spółka z o.o.", "Sp. z o.o.", "O7XB"),
    ("Orel s.r.o.", "CZ", "Orel s.r.o.", "s.r.o.", "9HLU"),
    ("Orel a.s.", "CZ", "Orel a.s.", "a.s.", "6CQN"),
    ("Sas Kft.", "HU", "Sas Kft.", "Kft.", "P9F2"),
    ("Orao d.o.o.", "SI", "Orao d.o.o.", "d.o.o.", "KBKD"),
    ("Aigle SAS", "FR", "Aigle SAS", "SAS", "6CHY"),
    ("Águila, S.L.", "ES", "Águila, S.L.", "S.L.", "DP3Q"),
]
NOT_RUN_TOGETHER = [
    ("R & G GmbH", "GmbH", "R & G"),
    ("L-U-G GmbH Adler", "GmbH", "L-U-G Adler"),
    ("Adler G-GmbH", "GmbH", "Adler G"),
    ("K G Adler", None, "K G Adler"),
    ("Adler E V", None, "Adler E V"),
    ("Haus P AG", "AG", "Haus P"),
    ("Adler UG - haftungsbeschränkt -", "UG (haftungsbeschränkt)", None),
]
NO_FORM = [
    "Verein",
    "Kommunales Rechenzentrum",
    "Verein für Heimatpflege Adler",
    "Volks-AG-Treff",
    "Hotel & SPA",
    "Adler & Co.",
    "Praxis 1. OG",
    "Evangelische Gemeinde Ev.",
    "Deutscher Ev. Posaunentag",
    "Ärzte Part Vermittlung",
    "BAR AS",
    "Agentur Adler",
    "SA",
    "Asse im Ärmel",
    "GmbHub",
]
DOUBTS = [
    ("GmbH", "only-legal-form"),
    ("GmbH & Co. KG", "only-legal-form"),
    ("Herr Max Mustermann", "person-name"),
    ("Familie Mustermann", "person-name"),
    ("Adler GmbH info@example.org", "contact-in-name"),
    ("Adler GmbH, Tel. 030/23125111", "contact-in-name"),
    ("Adler +49 30 23125111", "contact-in-name"),
    ("https://www.example.org/", "web-address"),
    ("4711", "no-letters"),
    ("...!", "no-name"),
    ("A" * 300, "too-long"),
    ("Adler GmbH i.L.", "in-liquidation"),
]
NO_DOUBT = [
    "Frauenarzt Adler",
    "Herrenmode Adler",
    "Herr der Ringe GmbH",
    "1. FC Adler 1904",
    "Telefonbau Adler 24",
    "A 9",
]
CASE = [
    ("MEISTERBETRIEB ADLER GMBH", "MEISTERBETRIEB ADLER GmbH", "all-caps", "Meisterbetrieb Adler GmbH"),
    ("GASTHAUS ZUR POST", "GASTHAUS ZUR POST", "all-caps", "Gasthaus zur Post"),
    # one case throughout, the form's too, or no proposal at all
    ("ADLER MASCHINENBAU AKTIENGESELLSCHAFT", None, "all-caps", "Adler Maschinenbau Aktiengesellschaft"),
    ("EAGLE TRADING PRIVATE LIMITED", None, "all-caps", "Eagle Trading Private Limited"),
    ("EAGLE LEARNING NEAR SOUTH SIDE", None, "all-caps", "Eagle Learning Near South Side"),
    ("O'EXAMPLE CHILDREN'S DAY CARE", None, "all-caps", "O'Example Children's Day Care"),
    ("MCEXAMPLE TRADING II", None, "all-caps", "McExample Trading II"),
    ("ADLER MASCHINENBAU ABX", None, "all-caps", None),
    ("ADLER MASCHINENBAU XYQ", None, "all-caps", None),
    ("ADLER MASCHINENBAU XTQ", None, "all-caps", "Adler Maschinenbau XTQ"),
    ("ADLER ΕΤΑΙΡΕΙΑ MASCHINENBAU", None, "all-caps", None),
    ("adler bau gmbh", "adler bau GmbH", "all-lower", "Adler Bau GmbH"),
    ("adler und sohn", "adler und sohn", "all-lower", "Adler und Sohn"),
    ("ADL AG", "ADL AG", None, None),
    ("ADLER AG", "ADLER AG", None, None),
    ("adler bau GmbH", "adler bau GmbH", None, None),
    ("adlerio", "adlerio", None, None),
    ("Adler HTC GmbH", "Adler HTC GmbH", None, None),
]


@pytest.mark.parametrize("form", ["a.G.", "a. G.", "aG", "V.a.G."])
def test_mutual_insurers_do_not_become_share_companies(form: str) -> None:
    parsed = FIELD.parse(f"Adler Lebensversicherung {form}", Hints({"country": "DE"}))
    assert (parsed.value, parsed.parts["legal_form"]) == (f"Adler Lebensversicherung {form}", "VVaG")
    assert FIELD.parse("Adler Bau A.G.", NO_HINTS).value == "Adler Bau AG"


@pytest.mark.parametrize("form", ["(Private) Limited", "(Pvt.) Ltd.", "(Pvt) Ltd"])
def test_brackets_of_a_form_stay(form: str) -> None:
    assert FIELD.parse(f"Adler Tea {form}", NO_HINTS).value == f"Adler Tea {form}"


@pytest.mark.parametrize(("value", "written", "name", "form", "elf"), SPLIT)
def test_splits_and_spells_the_legal_form(value: str, written: str, name: str | None, form: str, elf: str) -> None:
    parsed = FIELD.parse(value, IN_GERMANY)
    assert parsed.value == written
    assert parsed.parts["legal_form"] == form
    assert parsed.parts["elf"] == elf
    assert name is None or parsed.parts["name"] == name
    assert FIELD.parse(written, IN_GERMANY).value == written


@pytest.mark.parametrize(("value", "country", "written", "form", "elf"), ABROAD)
def test_knows_forms_of_other_countries(value: str, country: str, written: str, form: str, elf: str) -> None:
    parsed = FIELD.parse(value, Hints({"country": country}))
    assert (parsed.value, parsed.parts["legal_form"], parsed.parts["elf"]) == (written, form, elf)


@pytest.mark.parametrize(("value", "form", "name"), NOT_RUN_TOGETHER)
def test_initials_are_not_run_together_with_the_form(value: str, form: str | None, name: str | None) -> None:
    parsed = FIELD.parse(value, IN_GERMANY)
    assert parsed.value == value
    assert parsed.parts.get("legal_form") == form
    assert name is None or parsed.parts["name"] == name


@pytest.mark.parametrize("value", NO_FORM)
def test_sees_no_form_where_there_is_none(value: str) -> None:
    parsed = FIELD.parse(value, IN_GERMANY)
    assert "legal_form" not in parsed.parts
    assert parsed.value == value


@pytest.mark.parametrize(("value", "code"), DOUBTS)
def test_doubts(value: str, code: str) -> None:
    assert FIELD.parse(value, IN_GERMANY).code == code


@pytest.mark.parametrize("value", NO_DOUBT)
def test_does_not_doubt_names_that_only_look_so(value: str) -> None:
    assert FIELD.parse(value, IN_GERMANY).code is None


@pytest.mark.parametrize(("value", "written", "code", "suggestion"), CASE)
def test_case_is_proposed_never_changed(
    value: str, written: str | None, code: str | None, suggestion: str | None
) -> None:
    written = written or value
    parsed = FIELD.parse(value, IN_GERMANY)
    assert (parsed.value, parsed.code, parsed.suggestion) == (written, code, suggestion)


def test_code_of_a_form_needs_a_country_where_several_have_it() -> None:
    assert "elf" not in FIELD.parse("Adler GmbH", NO_HINTS).parts
    assert FIELD.parse("Adler UG (haftungsbeschränkt)", NO_HINTS).parts["elf"] == "63KS"
    assert "elf" not in FIELD.parse("Adler GmbH", Hints({"country": "FR"})).parts


def test_unseen_characters_and_blanks_are_tidied() -> None:
    assert FIELD.parse("Ad\u00adler\u00a0 Bau  GmbH", NO_HINTS).value == "Adler Bau GmbH"
    assert FIELD.parse("Mu\u0308ller GmbH", NO_HINTS).value == "Müller GmbH"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne GmbH", "MUELLER UND SOEHNE KG"),
        ("Adler Bau GmbH & Co. KG", "Adler Bau"),
        ("Adler Verein e.V.", "adler verein"),
        ("Café Adler", "Cafe Adler"),
    ],
)
def test_key_is_the_words_alone(one: str, other: str) -> None:
    assert FIELD.key(one) == FIELD.key(other)


def test_key_keeps_what_tells_apart() -> None:
    assert FIELD.key("Adler GmbH") != FIELD.key("Adler Verwaltungs GmbH")
    assert FIELD.key("GmbH") is None
    assert FIELD.key("Verein") == "verein"


_WORDS = st.sampled_from(
    (
        "Adler ADLER Bau GmbH GMBH Gmbh & Co Co. KG Kg e. K. V. UG mbH AG"
        " (haftungsbeschränkt) haftungsbeschränkt S.à r.l. Ltd. und - Ges.m.b.H. i.L. Müller-"
    ).split()
)


@given(st.lists(_WORDS, min_size=1, max_size=7).map(" ".join))
def test_letters_never_change_and_cleaning_twice_changes_nothing(value: str) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text.casefold() if c.isalnum())

    parsed = FIELD.parse(value, IN_GERMANY)
    if parsed.value is not None:
        assert letters(parsed.value) == letters(value)
        assert FIELD.parse(parsed.value, IN_GERMANY).value == parsed.value
        assert parsed.parts["name"]
    assert parsed.suggestion is None or letters(parsed.suggestion) == letters(value)
