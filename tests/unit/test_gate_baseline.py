"""Baselines: what they hold, what they refuse."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.tables import Columns, cleaned

from crmclean.core.errors import InputError
from crmclean.finding_list import all_findings
from crmclean.gate.baseline import Baseline
from crmclean.table import Normalised, Reject

MAILS = ("mia@", "no mail", "max.muster@@firma.de")


def table(mails: Sequence[str] = MAILS, ids: Sequence[str] = ("R1", "R2", "R3")) -> Normalised:
    columns: Columns = {("Nr", "record_id"): ids, ("Mail", "email"): mails}
    return cleaned(columns)


def written(found: Normalised, path: Path) -> Baseline:
    baseline = Baseline.empty(found)
    content = baseline.updated(baseline.keyed(all_findings(found)), found).content()
    path.write_bytes(content)
    return Baseline.read(str(path))


def new_in(found: Normalised, baseline: Baseline) -> list[int]:
    findings = all_findings(found)
    return findings.filter(baseline.is_new(baseline.keyed(findings)))["row"].to_list()


def test_what_was_found_is_known_and_what_changed_is_new(tmp_path: Path) -> None:
    baseline = written(table(), tmp_path / "b")
    assert new_in(table(), baseline) == []
    assert new_in(table(("mia@", "no mail!", "max.muster@@firma.de")), baseline) == [2]
    assert new_in(table((*MAILS, "mia@"), ("R1", "R2", "R3", "R4")), baseline) == [4]
    # The same number of findings, but one for another: a count would not see it.
    gone = table(("mia@", "mia@example.org", "x@@"))
    figures = baseline.compared(keyed := baseline.keyed(all_findings(gone)), baseline.is_new(keyed))
    assert (figures.stale_by_code[0][1] > 0, figures.new > 0) == (True, True)


def test_it_holds_no_value_and_no_id(tmp_path: Path) -> None:
    found = table(("mia@", "Geheimrat", "x"), ("KD-4711", "KD-4712", "KD-4713"))
    written(found, tmp_path / "b")
    text = (tmp_path / "b").read_text()
    for secret in ("mia@", "Geheimrat", "KD-47"):
        assert secret not in text
    head, _, body = text.partition("\n")
    assert json.loads(head)["entries"] == body.count("\n") - 1
    assert body.splitlines()[1:] == sorted(body.splitlines()[1:])


def test_rows_stand_in_for_ids_that_are_missing(tmp_path: Path) -> None:
    without = cleaned({("Mail", "email"): list(MAILS)})
    baseline = written(without, tmp_path / "b")
    assert new_in(without, baseline) == []
    assert new_in(cleaned({("Mail", "email"): ["a@example.com", *MAILS]}), baseline)
    some_blank = table(ids=("R1", "", " "))
    assert new_in(some_blank, written(some_blank, tmp_path / "c")) == []


def test_equal_findings_are_told_apart(tmp_path: Path) -> None:
    """Two records with one id and one mistake: a third one is new."""
    baseline = written(table(("mia@", "mia@"), ("R1", "R1")), tmp_path / "b")
    assert new_in(table(("mia@", "mia@"), ("R1", "R1")), baseline) == []
    assert set(new_in(table(("mia@", "mia@", "mia@"), ("R1", "R1", "R1")), baseline)) == {3}


def test_rejects_are_known_by_their_text(tmp_path: Path) -> None:
    sound = table()

    def with_rejects(*rejects: Reject) -> Normalised:
        return replace(sound, table=replace(sound.table, rejects=rejects))

    first = Reject(7, "extra-cell", "a;b;c")
    baseline = written(with_rejects(first), tmp_path / "b")
    assert new_in(with_rejects(replace(first, line=9)), baseline) == []
    assert len(new_in(with_rejects(first, replace(first, raw="d;e;f")), baseline)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Firma;Ort\nAdler;Bonn\n",
        b"{}\n",
        b"[]\n",
        b"[1]\n",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"crmclean_baseline": "1"}\ncode,column,key\n',
        b'{"crmclean_baseline": 1}\ncode,column,key\n',
        b'{"crmclean_baseline": 0, "columns": []}\n',
        b'{"crmclean_baseline": true}\n',
    ],
)
def test_what_is_no_baseline_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "b"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        Baseline.read(str(path))
    assert error.value.code in ("baseline-damaged", "empty-file")
    assert error.value.where.endswith("b")


def test_every_damage_is_seen(tmp_path: Path) -> None:
    written(table(), tmp_path / "b")
    sound = (tmp_path / "b").read_bytes()
    path = tmp_path / "c"
    head, _, body = sound.partition(b"\n")
    lines = body.splitlines(keepends=True)
    for spoilt in (
        sound[:-5],
        sound + b"x,y,z\n",
        head + b"\n",
        head + b"\n" + b"".join([*lines[:1], *reversed(lines[1:])]),
        sound.replace(b'"salt": "', b'"salt": "zz'),
        sound.replace(b'"columns": [', b'"columns": [1, '),
        sound.replace(b'"record_id": "Nr"', b'"record_id": 5'),
    ):
        assert spoilt != sound
        path.write_bytes(spoilt)
        with pytest.raises(InputError) as error:
            Baseline.read(str(path))
        assert error.value.code == "baseline-damaged"


def test_a_newer_one_is_said_to_be_newer(tmp_path: Path) -> None:
    path = tmp_path / "b"
    path.write_bytes(b'{"crmclean_baseline": 2, "what": "nobody knows"}\n\x00')
    with pytest.raises(InputError) as error:
        Baseline.read(str(path))
    assert error.value.code == "baseline-newer"


def test_one_of_another_table_is_refused(tmp_path: Path) -> None:
    baseline = written(table(), tmp_path / "b")
    more = cleaned({("Nr", "record_id"): ["R1"], ("Mail", "email"): ["a@"], ("Neu", None): ["x"]})
    assert baseline.fitting(more, "b") is baseline
    for other in (
        cleaned({("Nr", "record_id"): ["R1"], ("E-Mail", "email"): ["a@"]}),
        cleaned({("Nr", None): ["R1"], ("Mail", "email"): ["a@"]}),
    ):
        with pytest.raises(InputError) as error:
            baseline.fitting(other, "b")
        assert error.value.code == "baseline-mismatch"
        assert '"' in error.value.what.en


def test_equal_exports_write_equal_baselines_and_others_other_salts(tmp_path: Path) -> None:
    one, again = written(table(), tmp_path / "a"), written(table(), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert one.salt == again.salt
    file = replace(table().table.file, sha256="1" * 64)
    other = replace(table(), table=replace(table().table, file=file))
    assert Baseline.empty(other).salt != one.salt


def test_column_names_of_any_kind_come_back(tmp_path: Path) -> None:
    odd = 'a,"b"\nc;\u202e'
    found = cleaned({("Nr", "record_id"): ["R1", "R2"], (odd, "email"): ["a@", "b@"]})
    baseline = written(found, tmp_path / "b")
    assert new_in(found, baseline) == []
    assert set(baseline.entries["column"]) >= {odd}
    assert baseline.entries.schema == pl.Schema(dict.fromkeys(("code", "column", "key"), pl.String))
