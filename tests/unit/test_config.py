"""The configuration file: whatever does not fit is an error that names file, line and the nearest valid name."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmclean.config.loader import load_config
from crmclean.core.errors import ConfigError


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "crmclean.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_reads_every_section(tmp_path: Path) -> None:
    config = load_config(
        write(
            tmp_path,
            '[input]\ncountry = "AT"\nheader_row = 3\n[columns]\n"LEI-Code" = "lei"\n"Notiz" = ""\n"Frei" = "-"\n'
            "[clean]\nunsafe_fixes = true\n[gate]\nfail_under = 1\n[freshness]\nedited_days = 10\n",
        )
    )
    assert config.input.country == "AT"
    assert config.input.header_row == 3
    assert config.columns == {"LEI-Code": "lei", "Notiz": "", "Frei": "-"}
    assert config.clean.unsafe_fixes
    assert config.gate.fail_under == 1
    assert config.freshness.edited_days == 10


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[input]\ncountry = "DE"\nencodng = "x"\n', 3, "unknown key 'encodng'. Hint: did you mean 'encoding'?"),
        ("[inptu]\n", 1, "unknown key 'inptu'. Hint: did you mean 'input'?"),
        ('[columns]\n"A" = "lei"\n"Nr." = "leii"\n', 3, "unknown field 'leii'. Hint: did you mean 'lei'?"),
        ("[input]\nheader_row = true\n", 2, "header_row must be a whole number"),
        ("[input]\nheader = 1\n", 2, "header must be true or false"),
        ("[columns]\nA = 3\n", 2, "A must be a text in quotes"),
        ('[style]\nlei = "shouting"\n', 2, "lei has no style 'shouting'"),
        ("[input]\n[input]\n", 2, "no valid TOML"),
        ("input = 3\n", 1, "[input] must be a section"),
        ('[input]\nsheet = "a"\nsheet = "b"\n', 3, "no valid TOML"),
        (b'[input]\nsheet = "\xfc"\n', 2, "is not UTF-8"),
    ],
)
def test_wrong_configuration(tmp_path: Path, text: str | bytes, line: int, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as wrong:
        load_config(path)
    assert wrong.value.exit_code == 4
    assert wrong.value.where == f"{path}:{line}"
    assert said in wrong.value.message()


def test_directories_have_sections_of_their_own(tmp_path: Path) -> None:
    text = (
        '[directories.ebid]\nuser = "crm"\npassword = "keyring:ebid/crm"\naccept = 1\n'
        '[directories.house]\nkind = "reconciliation"\nurl = "https://directory.example"\n'
        '[directories.house.properties]\ncity = "seat"\nemployees = "staff"\n'
    )
    found = load_config(write(tmp_path, text)).directories
    assert found["ebid"].accept == 1
    assert found["house"].properties == {"city": "seat", "employees": "staff"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[gate]\n[directories.ebdi]\n", 2, "unknown directory 'ebdi'. Hint: did you mean 'ebid'?"),
        ('[directories.a]\nkind = "glief"\n', 2, "unknown directory 'glief'. Hint: did you mean 'gleif'?"),
        ('[directories.ebid]\nuser = "a"\npasword = "b"\n', 3, "unknown key 'pasword'. Hint: did you mean 'password'?"),
        ('[directories.ebid]\nuser = "a"\npassword = "hunter2"\n', 3, "password must say where it is"),
        ('[directories.ebid]\ntoken = "hunter2"\n', 2, "token must say where it is"),
        ('[directories.ebid]\nuser = "a"\n', 2, "user needs a password"),
        ('[directories.ebid]\ntoken_in = "hedaer:X"\n', 2, "token_in is unknown"),
        ("[directories.ebid]\naccept = 90\n", 2, "accept must be between 0 and 1"),
        ("[directories.ebid]\nrate_per_s = 0\n", 2, "rate_per_s must be above 0"),
        ("[directories.ebid]\ncache_days = -3\n", 2, "cache_days must be between 0 and 3650"),
        ('[directories.ebid]\nallow_private = "yes"\n', 2, "allow_private must be true or false"),
        ("[directories]\nebid = 3\n", 2, "[directories.ebid] must be a section"),
        (
            '[directories.vies]\n[directories.vies.properties]\nciti = "a"\n',
            3,
            "unknown field 'citi'. Hint: did you mean 'city'?",
        ),
        ("[directories.vies.properties]\ncity = 3\n", 2, "city must be a text in quotes"),
    ],
)
def test_wrong_directories(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as wrong:
        load_config(path)
    assert wrong.value.where == f"{path}:{line}"
    assert said in wrong.value.message()
    assert "hunter2" not in wrong.value.message() + wrong.value.message("de")


def test_missing_and_huge_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        load_config(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="larger than 1 MiB"):
        load_config(write(tmp_path, b"#" * (1024 * 1024 + 1)))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[enrich]\npolicy = "fil"\n', 2, "there is no policy 'fil'. Hint: did you mean 'fill'?"),
        ('[enrich]\n[enrich.fields]\nphone = "own"\nwebsit = "own"\n', 4, "did you mean 'website'?"),
        ('[enrich]\n[enrich.fields]\nphone = "overwite"\n', 3, "did you mean 'overwrite'?"),
        ('[enrich]\n[enrich.fields]\ncity = "own"\n', 3, "an address is taken over whole: address = …"),
        ("[enrich]\nauto = 1.5\n", 2, "auto must be from 0 to 1"),
        ("[enrich]\nauto = 0.5\nreview = 0.7\n", 3, "review is higher than auto"),
        ("[enrich]\ndirectori = 'x'\n", 2, "did you mean 'directory'?"),
        ("[enrich]\n[enrich.fields]\nphone = 3\n", 3, "phone must be a text in quotes"),
    ],
)
def test_wrong_enrichment(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as wrong:
        load_config(path)
    assert (wrong.value.code, wrong.value.where) == ("config-error", f"{path}:{line}")
    assert said in wrong.value.message()


def test_enrichment_is_read(tmp_path: Path) -> None:
    text = '[enrich]\npolicy = "own"\ndirectory = "c.cdir"\nonline = "vies"\nauto = 0.995\n'
    text += '[enrich.fields]\naddress = "propose"\n'
    enrich = load_config(write(tmp_path, text)).enrich
    assert (enrich.policy, enrich.directory, enrich.online, enrich.auto) == ("own", "c.cdir", "vies", 0.995)
    assert enrich.fields == {"address": "propose"}
