"""Erasing from a folder that ``enrich`` wrote, and what the search afterwards says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.cli.conftest import crmclean as _crmclean_fixture

Command = Callable[..., tuple[int, str, str]]
crmclean = _crmclean_fixture

EXAMPLE = Path(__file__).parents[2] / "examples" / "company-directory"


@pytest.fixture(params=[(), ("--add-columns",)], ids=["cells", "columns"])
def enriched(crmclean: Command, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The example, enriched from its register."""
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    day = "--as-of", "2026-01-31"
    assert crmclean("directory", "build", tmp_path / "register.toml", "-o", tmp_path / "c.cdir", *day)[0] == 0
    out = tmp_path / "out"
    given = "enrich", tmp_path / "firmen.csv", "-o", out, "--directory", tmp_path / "c.cdir", "--country", "DE"
    assert crmclean(*given, *day, *request.param)[0] == 0
    return out


def test_the_record_and_what_was_learned_of_it_are_gone(crmclean: Command, enriched: Path) -> None:
    learned = pl.read_csv(enriched / "enrichment.csv", infer_schema=False)
    lines = (enriched.parent / "firmen.csv").read_bytes().decode("utf-8-sig").splitlines(keepends=True)
    one = learned["record_id"][0]
    mine = learned.filter(pl.col("record_id") == one)
    others = "".join(line for line in lines if one not in line)
    told = {
        value
        for name in ("new", "value", "after", "suggestion")
        if name in learned.columns
        for value in mine[name].drop_nulls().to_list()
        if len(value) > 4 and value not in others and value not in learned.filter(pl.col("record_id") != one)[name]
    }
    code, printed, said = crmclean("erase", enriched, "--record", one)
    assert code == 0, said
    assert json.loads(printed)["searched"]["still_holding"] == []
    after = pl.read_csv(enriched / "enrichment.csv", infer_schema=False)
    assert one not in after["record_id"].to_list()
    assert after.height == learned.height - mine.height
    for path in sorted(enriched.iterdir()):
        content = path.read_bytes().decode("utf-8", "replace")
        assert [value for value in sorted(told) if value in content] == [], path.name
    back = enriched.parent / "back.csv"
    assert crmclean("undo", enriched, "-o", back)[0] == 0
    assert back.read_bytes().decode("utf-8-sig") == others


def test_what_still_holds_something_is_named(crmclean: Command, enriched: Path) -> None:
    shutil.copy(enriched.parent / "firmen.csv", enriched / "mine.csv")
    one = pl.read_csv(enriched / "enrichment.csv", infer_schema=False)["record_id"][0]
    code, printed, said = crmclean("erase", enriched, "--record", one)
    assert code == 0, said
    found = json.loads(printed)["searched"]
    assert found["still_holding"] == ["mine.csv"]
    assert found["values"] > 0
    assert found["files"] > 5
    assert "mine.csv" in said


def test_the_reports_of_a_run_name_no_group_of_one(crmclean: Command, tmp_path: Path) -> None:
    rows = ["K-1001;Adler GmbH;Freunde von Zwirnstein", "K-1002;Biber GmbH;Handel", "K-1003;Dachs GmbH;Handel"]
    (tmp_path / "k.csv").write_text("\n".join(["Kundennr.;Firma;Kundengruppe", *rows]) + "\n")
    assert crmclean("run", tmp_path / "k.csv", "-o", tmp_path / "out", "--as-of", "2026-02-01")[0] == 0
    code, printed, said = crmclean("erase", tmp_path / "out", "--record", "K-1001")
    assert code == 0, said
    assert json.loads(printed)["searched"]["still_holding"] == []
    assert "report.html, report.json: figures" in said
    assert "searched: nothing that only this record said" in said
