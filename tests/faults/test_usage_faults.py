"""Wrong use and wrong configuration: one line with the nearest right name, exit 2, 3 or 4, nothing written."""

from __future__ import annotations

import pytest
from tests.faults.driving import GOOD, HEAD, Driver, assert_message

CONFIGS = (
    ("[input]\ncountrry = 'DE'\n", "did you mean 'country'?"),
    ("[inptu]\ncountry = 'DE'\n", "did you mean 'input'?"),
    ("[input]\nheader_row = 'x'\n", ":2"),
    ("[input]\ncountry = 'DE'\ncountry = 'AT'\n", ":3"),
    ("[input\n", ":1"),
    ("[columns]\nFirma = 'compny_name'\n", "did you mean 'company_name'?"),
    ("[gate]\nfail_on = 'erorr'\n", "error"),
    ("\x00", ""),
    ("# " + "x" * (5 << 20), ""),
)


@pytest.mark.parametrize(("content", "said"), CONFIGS, ids=lambda value: value[:20])
def test_a_wrong_configuration_names_its_line(content: str, said: str, crm: Driver) -> None:
    """F71."""
    crm.file(content, "crmclean.toml")
    done = crm.run(crm.file(GOOD), "--config", crm.folder / "crmclean.toml")
    if done.code == 0:
        pytest.fail("accepted")
    crm.refused(done, done.code)
    assert done.code in (2, 4)
    assert said in done.err


@pytest.mark.parametrize(
    ("option", "value", "exit_code", "said"),
    [
        ("--map", "Firma=compny_name", 4, "did you mean 'company_name'?"),
        ("--map", "Frima=company_name", 4, "did you mean 'Firma'?"),
        ("--map", "Firma", 2, "NAME=VALUE"),
        ("--dialect", "hubspott", 3, "did you mean 'hubspot'?"),
        ("--encoding", "utf-9", 3, "encoding-unknown"),
        ("--encoding", "rot13", 3, "encoding-unknown"),
        ("--encoding", "base64", 3, "encoding-unknown"),
        ("--encoding", "idna", 3, "encoding-unknown"),
        ("--encoding", "punycode", 3, ""),
        ("--encoding", "unicode_escape", 3, ""),
        ("--encoding", "utf-7", 3, ""),
        ("--output-encoding", "utf-9", 2, ""),
        ("--output-encoding", "rot13", 2, ""),
        ("--country", "Germany", 0, ""),
        ("--country", "XX", 2, ""),
        ("--sheet", "x", 2, "--sheet"),
        ("--header-row", "99", 3, "no-header"),
        ("--header-row", "-1", 2, ""),
        ("--as-of", "31.01.2026", 2, "2026-01-31"),
        ("--phone-format", "nice", 2, ""),
        ("--style", "phone=nice", 2, ""),
        ("--style", "phon=e164", 2, ""),
        ("--entity", "dog", 2, ""),
        ("--fail-on", "erorr", 2, ""),
        ("--fail-under", "nan", 2, ""),
        ("--fail-under", "-1", 2, ""),
        ("--max-uncompressed", "0", 2, ""),
        ("--reference", "none.txt", 3, ""),
    ],
)
def test_a_wrong_option_is_one_line(option: str, value: str, exit_code: int, said: str, crm: Driver) -> None:
    arguments = (option, value)
    if option == "--as-of":
        done = crm("run", crm.file(GOOD), "-o", crm.folder / "out", "-q", *arguments, folder=crm.folder / "out")
    else:
        done = crm.run(crm.file(GOOD), *arguments)
    if done.code == 0 == exit_code:
        return
    assert done.code == exit_code, done.err
    crm.refused(done, exit_code)
    assert said in done.err


@pytest.mark.parametrize("command", ["run", "clean", "check"])
@pytest.mark.parametrize(("least", "exit_code"), [(5, 0), (6, 1)])
def test_too_few_records_fail_the_gate(command: str, least: int, exit_code: int, crm: Driver) -> None:
    """F23: what a job that runs at night asks for."""
    out = () if command == "check" else ("-o", crm.folder / ("out" if command == "run" else "c.csv"))
    done = crm(command, crm.file(GOOD), *out, "--min-rows", str(least))
    assert done.code == exit_code, done.err
    assert ("5 records, at least 6 wanted" in done.err) == (exit_code == 1)


def test_a_header_alone_is_too_few_where_the_configuration_says_so(crm: Driver) -> None:
    """F23."""
    export = crm.file(HEAD)
    assert crm.run(export).code == 0
    crm.file("[gate]\nmin_rows = 1\n", "crmclean.toml")
    assert crm.run(export, "--config", crm.folder / "crmclean.toml").code == 1


def test_in_place_says_what_to_type_instead(crm: Driver) -> None:
    """F55: an input is never written over, not even when asked."""
    export = crm.file(GOOD, "my export.csv")
    done = crm("clean", export, "--in-place")
    assert done.code == 2
    assert_message(done.err, "usage")
    assert f"-o '{crm.folder}/my export-cleaned.csv'" in done.err
    assert export.read_text() == GOOD
    assert done.files == ("my export.csv",)
