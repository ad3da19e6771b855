from __future__ import annotations

from pathlib import Path

import pytest

from crmclean.core.errors import ConfigError
from crmclean.dialects import Claim, dialects, parse_dialect

MINIMAL = """
title = "Example CRM"
delimiters = [";"]
encodings = ["cp1252"]
date_formats = ["dd.MM.yyyy"]
"""


def test_reads_headers_groups_and_numbers() -> None:
    dialect = parse_dialect(
        "example",
        MINIMAL
        + """
        text = ["Photo"]
        open = ["Name"]
        [columns]
        "Straße privat" = "street@home"
        "E-mail # - Value" = "email"
        [objects.contact]
        signs = ["Contact ID"]
        [objects.contact.columns]
        "Contact ID" = "record_id"
        [merge]
        max_records = 3
        key_columns = ["Contact ID"]
        """,
    )
    assert dialect.columns["strasse privat"] == Claim("street", "home")
    assert dialect.columns["e mail 0 value"] == Claim("email")
    assert dialect.columns["photo"] == Claim("text")
    assert dialect.objects["contact"].columns == {"contact id": Claim("record_id")}
    assert dialect.merge.max_records == 3
    assert dialect.headers == {"photo", "name", "strasse privat", "e mail 0 value", "contact id"}


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('title = "X"\ncolums = {}', "unknown key 'colums'"),
        ("title = 7", "'title'"),
        ("not toml", "not TOML"),
        (MINIMAL + '[columns]\nA = "Street!"', "'A'"),
        (MINIMAL + "[columns]\nA = 1", "'A'"),
        (MINIMAL + "[merge]\nmax_record = 3", "unknown key 'max_record'"),
        (MINIMAL + '[merge]\nmax_records = "3"', "'max_records'"),
        (MINIMAL + "[merge]\nmax_records = true", "'max_records'"),
        (MINIMAL + "text = [1]", "'text'"),
        (MINIMAL + "[objects]\ncontact = 1", "table"),
        ("", "'title'"),
    ],
)
def test_refuses_wrong_files_and_names_the_file(toml: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_dialect("example", toml)
    assert said in caught.value.what.en
    assert caught.value.where == "example.toml"


def test_unknown_key_has_a_hint() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_dialect("example", 'title = "X"\ncolums = {}')
    assert caught.value.hint is not None
    assert "columns" in caught.value.hint.en


def test_a_private_dialect_comes_in_through_an_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "toy_crm_package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "toycrm.toml").write_text(MINIMAL + '[columns]\n"Toy Id" = "record_id"\n', encoding="utf-8")
    info = tmp_path / "toy_crm_package-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-crm-package\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[crmclean.dialects]\ntoycrm = toy_crm_package\n")
    monkeypatch.syspath_prepend(tmp_path)
    dialects.cache_clear()
    try:
        assert dialects()["toycrm"].columns == {"toy id": Claim("record_id")}
    finally:
        dialects.cache_clear()
