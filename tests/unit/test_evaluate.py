"""Evaluation on runs small enough to count by hand, and on truths of every form and fault."""

from __future__ import annotations

import random
import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.matched_runs import ENTITIES, PAIRS_HEAD, write_run

from crmclean.core.errors import CrmCleanError
from crmclean.measures.agreement import PairTruth, Truth
from crmclean.measures.truth_reading import Unlisted
from crmclean.pipeline import EvaluateOptions, Settings, TruthChoice, evaluate_run
from crmclean.stages.evaluate import FIGURES, Evaluation

SETTINGS = Settings(as_of=date(2026, 1, 31))
PAIR_HEADS = (
    "file_a,row_a,record_id_a,file_b,row_b,record_id_b,probability,band,relation,reasons",
    "cluster_id,file,row,record_id",
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run")


def measured(
    run: Path, truth: str, *ids: str, entity: str = "", unlisted: Unlisted = "", encoding: str = "utf-8"
) -> Evaluation:
    path = run.parent / "truth.csv"
    path.write_bytes(truth.encode(encoding))
    return evaluate_run(run, str(path), SETTINGS, EvaluateOptions(TruthChoice(ids, entity, unlisted)))


def codes(found: Evaluation) -> list[str]:
    return [note.code for note in found.notes]


def test_figures_are_those_counted_by_hand(run: Path) -> None:
    found = measured(run, ENTITIES)
    # AB and DE are right of AB, DE, DF, EF; AB, AC, BC, DE were wanted; accepted, C and G come in.
    assert (found.auto.found, found.auto.right, found.auto.wanted) == (4, 2, 4)
    assert (found.accepted.found, found.accepted.right, found.accepted.wanted) == (9, 4, 4)
    p = r = (3 + 2 / 3 + 2 / 3 + 1 / 3 + 1) / 7
    assert found.figures() == pytest.approx(
        {
            "precision": 1 / 2, "recall": 1 / 2, "f1": 1 / 2,
            "accepted_precision": 4 / 9, "accepted_recall": 1.0, "accepted_f1": 8 / 13,
            "precision_auto": 2 / 3, "precision_review": 1 / 2,
            "b3_precision": p, "b3_recall": r, "b3": p, "exact": 0.0,
        }
    )  # fmt: skip
    assert tuple(found.figures()) == FIGURES
    assert [(band.listed, band.known, band.right) for band in found.bands.values()] == [(3, 3, 2), (2, 2, 1), (1, 1, 0)]
    assert found.exact == (0, 2)
    assert found.missed == {"auto": 0, "review": 1, "veto": 0, "": 1}
    assert found.notes == ()


def test_the_curve_has_bins_with_intervals(run: Path) -> None:
    found = measured(run, ENTITIES)
    assert [(each.least, each.most, each.n, each.right) for each in found.bins] == [
        (0.7, 0.8, 1, 0.0),
        (0.8, 0.9, 1, 1.0),
        (0.99, 0.999, 2, 0.5),
        (0.999, 1.0, 1, 1.0),
    ]
    assert found.bins[2].low == pytest.approx(0.0945, abs=1e-4)
    assert found.calibration_error == pytest.approx((0.7 + 0.2 + 2 * 0.4945 + 0.0009) / 5)


def test_worst_errors_come_first(run: Path) -> None:
    found = measured(run, ENTITIES)
    assert found.wrong.select("a", "b", "probability").rows() == [(4, 5, 0.994), (5, 6, 0.7)]
    assert found.least.select("a", "b", "probability", "band").rows() == [(0, 2, None, None), (1, 2, 0.8, "review")]


def test_a_veto_keeps_what_review_would_join_apart(tmp_path: Path) -> None:
    pairs = ("1,2,A,B,0.9,review,duplicate,x", "2,3,B,C,0.8,review,duplicate,x", "1,3,A,C,0.9,veto,duplicate,x")
    found = measured(write_run(tmp_path / "run", pairs, ()), ENTITIES)
    assert found.accepted.found == 1


@pytest.mark.parametrize(
    "text",
    [
        "id1,id2\nA,B\nC,B\nE,D\n",
        "Kennung A;Kennung B\nA;B\nA;C\nD;E\n",
        "row_a,row_b\n1,2\n3,1\n4,5\n",
        "Zeile_1;Zeile_2\n1;2\n2;3\n4;5\n",
        "left_id,right_id,note\nA,B,-\nA,C,-\nE,D,-\n",
        "one,another\nA,B\nA,C\nE,D\n",
        "id_l\tid_r\tmatch\nA\tB\tja\nB\tC\tTRUE\nD\tE\t1\n",
        "row_a,row_b,record_id_a,record_id_b\n9,9,A,B\n9,9,B,C\n9,9,D,E\n",  # ids count before rows
    ],
)
def test_a_list_of_matches_is_closed_and_complete(run: Path, text: str) -> None:
    found = measured(run, text)
    assert isinstance(found.known.truth, Truth)
    assert found.known.is_unlisted_different
    assert found.figures() == measured(run, ENTITIES).figures()


@pytest.mark.parametrize(
    "text",
    [
        ENTITIES.replace("record_id", "Kundennummer"),
        "row,cluster_id\n1,x\n2,x\n3,x\n4,y\n5,y\n6,f\n7,g\n",
        "Zeile;Gruppe\n1;x\n2;x\n3;x\n4;y\n5;y\n6;f\n7;g\n",
        "who,what\nA,x\nB,x\nC,x\nD,y\nE,y\nF,f\nG,g\n",
        "name,master_id,record_id\n-,x,A\n-,x,B\n-,x,C\n-,y,D\n-,y,E\n-,f,F\n-,g,G\n",
    ],
)
def test_entities_are_told_by_header_or_content(run: Path, text: str) -> None:
    found = measured(run, text)
    assert found.known.columns.form == "entities"
    assert found.figures() == measured(run, ENTITIES).figures()


def test_columns_can_be_named(run: Path) -> None:
    text = "x1,foo,bar,x2\n-,A,B,-\n-,A,C,-\n-,D,E,-\n"
    assert measured(run, text, "foo", "Bar").figures() == measured(run, ENTITIES).figures()
    text = "gruppe,foo,bar\n-,A,x\n-,B,x\n-,C,x\n-,D,y\n-,E,y\n-,F,f\n-,G,g\n"
    assert measured(run, text, "foo", entity="bar").figures() == measured(run, ENTITIES).figures()


def test_unlabelled_pairs_are_unknown_where_some_are_labelled_different(run: Path) -> None:
    text = "id1;id2;Dublette\nA;B;ja\nB;C;ja\nD;E;gleich\nE;F;nein\nA;D;verschieden\nF;G;?\nA;G;\n"
    found = measured(run, text)
    assert isinstance(found.known.truth, PairTruth)
    assert (found.auto.found, found.auto.right, found.auto.wanted) == (3, 2, 3)
    assert [(band.listed, band.known, band.right) for band in found.bands.values()] == [(3, 3, 2), (2, 1, 1), (1, 0, 0)]
    assert (found.b_cubed, found.exact) == (None, None)
    assert codes(found) == []
    assert measured(run, text, unlisted="different").figures() == measured(run, ENTITIES).figures()


def test_matches_alone_tell_no_precision(run: Path) -> None:
    found = measured(run, "id1,id2\nA,B\nB,C\n", unlisted="unknown")
    assert found.figures()["recall"] == 0.5
    assert {name for name, value in found.figures().items() if value is None} == {
        *("precision", "f1", "accepted_precision", "accepted_f1", "precision_auto", "precision_review"),
        *("b3_precision", "b3_recall", "b3", "exact"),
    }


def test_records_without_entity_are_unknown_or_alone(run: Path) -> None:
    text = "record_id,entity\nA,x\nB,x\nC,x\nD,y\nE,y\nF,\n"
    found = measured(run, text)
    assert (found.n_known, found.auto.found, found.auto.right, found.auto.wanted) == (5, 2, 2, 4)
    assert measured(run, text, unlisted="different").figures() == measured(run, ENTITIES).figures()


def test_unknown_records_are_counted_and_left_out(run: Path) -> None:
    found = measured(run, "row,entity\n1,x\n2,x\n3,x\n4,y\n5,y\n6,f\n7,g\n8,x\nzwei,x\n0,x\n")
    assert found.auto.wanted == 4
    assert [note.message.en for note in found.notes] == [
        "Records of the truth that are not in the run: 3 ids, 3 lines (9, 10, 11)"
    ]
    assert found.notes[0].line == 9


def test_ids_in_no_pair_stand_for_records_without_one(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", rows=(9,))
    found = measured(run, "id1,id2\nA,B\nA,C\nD,E\nX,Y\nY,Z\n")
    assert codes(found) == ["truth-unchecked-id", "truth-unknown-id"]  # two places for three ids
    assert "2 ids" in found.notes[0].message.en
    assert "1 id," in found.notes[1].message.en
    assert (found.auto.wanted, found.missed[""]) == (5, 2)
    assert found.b_cubed is not None
    assert found.b_cubed.precision == pytest.approx((5 + 2 / 3) / 7 * 7 / 9 + 2 / 9)


@pytest.mark.parametrize(
    ("text", "code", "detail"),
    [
        ("id1,id2,same\nA,B,1\nB,A,0\nD,E,1\n", "truth-contradiction", "a pair labelled both ways, 2 lines (2, 3)"),
        ("id1,id2,same\nA,B,1\nB,C,1\nA,C,0\n", "truth-contradiction", "the same by other pairs, 1 line (4)"),
        ("id1,id2\nA,B\nB,A\nA,B\n", "truth-repeated", "2 lines (3, 4)"),
        ("id1,id2\nA,B\nC,C\n", "truth-repeated", "a record with itself, 1 line (3)"),
        ("id1,id2,same\nA,B,1\nD,E,0.93\nB,C,soso\n", "truth-unknown-label", "2 lines (3, 4)"),
        ("record_id,entity\nA,x\nA,y\nB,x\nC,x\n", "truth-contradiction", "a record in two entities, 2 lines (2, 3)"),
        ("record_id,entity\nA,x\nA,x\nB,x\n", "truth-repeated", "1 line (3)"),
    ],
)
def test_faults_are_said_with_their_lines(run: Path, text: str, code: str, detail: str) -> None:
    found = measured(run, text)
    assert codes(found) == [code]
    assert found.notes[0].message.en.endswith(detail)
    assert found.notes[0].message.de != found.notes[0].message.en


def test_contradictions_are_left_out(run: Path) -> None:
    found = measured(run, "id1,id2,same\nA,B,1\nB,A,0\nD,E,1\nE,F,0\n")
    assert (found.auto.found, found.auto.right, found.auto.wanted) == (2, 1, 1)
    found = measured(run, "record_id,entity\nA,x\nA,y\nB,x\nC,x\n")
    assert (found.auto.found, found.auto.wanted) == (0, 1)


def test_an_id_of_several_records_names_none_in_a_pair_and_all_in_an_entity(tmp_path: Path) -> None:
    pairs = ("1,2,A,A,0.995,auto,duplicate,x", "2,3,A,B,0.9,review,duplicate,x")
    run = write_run(tmp_path / "run", pairs, ("c,1,A,true,1", "c,2,A,false,1"), (4,))
    found = measured(run, "id1,id2\nA,B\nB,C\n")
    assert codes(found) == ["truth-unchecked-id", "truth-ambiguous-id"]
    assert found.auto.wanted == 1
    found = measured(run, "record_id,entity\nA,x\nB,x\n")
    assert (found.auto.found, found.auto.right, found.auto.wanted) == (1, 1, 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("record_id,entity\n", "truth-unusable"),
        ("record_id,entity\nX,x\nY,x\n", "truth-unusable"),
        ("record_id,entity\nA,\nB,\n", "truth-unusable"),
        ("id1,id2,match\nA,B,soso\n", "truth-unusable"),
        ("id1,id2,match\nA,A,1\n", "truth-unusable"),
        ("name,city\nfoo,bar\nfoo,baz\n", "truth-unusable"),
        ("just one\nA\nB\n", "truth-unusable"),
        ("", "empty-file"),
    ],
)
def test_useless_truths_are_refused(run: Path, text: str, code: str) -> None:
    with pytest.raises(CrmCleanError) as refused:
        measured(run, text)
    assert (refused.value.code, refused.value.exit_code) == (code, 3)


@pytest.mark.parametrize(
    ("ids", "entity", "code"),
    [
        (("record",), "", "unknown-column"),
        ((), "entitty", "unknown-column"),
        (("record_id", "entity", "record_id"), "", "usage"),
        (("record_id", "entity"), "entity", "usage"),
    ],
)
def test_columns_that_are_not_there_are_refused(run: Path, ids: tuple[str, ...], entity: str, code: str) -> None:
    with pytest.raises(CrmCleanError) as refused:
        measured(run, ENTITIES, *ids, entity=entity)
    assert (refused.value.code, refused.value.exit_code) == (code, 2)


def test_several_files_are_told_by_a_column(tmp_path: Path) -> None:
    pairs = ("1.csv,1,A,2.csv,1,A,0.995,auto,duplicate,x", "1.csv,2,B,2.csv,2,C,0.9,review,duplicate,x")
    clusters = ("c,1.csv,1,A", "c,2.csv,1,A")
    run = write_run(tmp_path / "run", pairs, clusters, (2, 2), PAIR_HEADS)
    text = "file_a,row_a,file_b,row_b\n1.csv,1,2.csv,1\n1.csv,2,2.csv,2\n"
    assert measured(run, text).figures()["f1"] == pytest.approx(2 / 3)
    text = "file_a,id_a,file_b,id_b\n1.csv,A,2.csv,A\n1.csv,B,2.csv,C\n"
    assert measured(run, text).figures()["f1"] == pytest.approx(2 / 3)
    text = "file,row,entity\n1.csv,1,x\n2.csv,1,x\n1.csv,2,y\n2.csv,2,y\n"
    assert measured(run, text).figures()["f1"] == pytest.approx(2 / 3)
    with pytest.raises(CrmCleanError, match="names the file"):
        measured(run, "row_a,row_b\n1,2\n")


def test_where_files_were_linked_only_pairs_across_count(tmp_path: Path) -> None:
    pairs = ("1.csv,1,A,2.csv,1,C,0.995,auto,duplicate,x",)
    clusters = ("c,1.csv,1,A", "c,2.csv,1,C")
    run = write_run(tmp_path / "run", pairs, clusters, (2, 2), PAIR_HEADS, link=True)
    text = "file,row,entity\n1.csv,1,x\n1.csv,2,x\n2.csv,1,x\n2.csv,2,y\n"
    found = measured(run, text)
    assert (found.auto.found, found.auto.right, found.auto.wanted) == (1, 1, 2)


def test_an_edited_file_is_said(run: Path) -> None:
    (run / "pairs.csv").write_text((run / "pairs.csv").read_text("utf-8").replace("0.9991", "0.9992"), "utf-8")
    assert codes(measured(run, ENTITIES)) == ["run-file-edited"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pairs.csv", "a,b\n1,2\n"),
        ("pairs.csv", "row_a,row_b,record_id_a,record_id_b,probability,band,reasons\n1,99,A,B,0.9,auto,x\n"),
        ("pairs.csv", "row_a,row_b,record_id_a,record_id_b,probability,band,reasons\n1,1,A,A,0.9,auto,x\n"),
        ("pairs.csv", "row_a,row_b,record_id_a,record_id_b,probability,band,reasons\n1,2,A,B,often,auto,x\n"),
        ("duplicates.csv", "cluster_id,row,record_id\nc,1,A\nd,1,A\n"),
        ("duplicates.csv", ""),
        ("manifest.json", '{"tool": {"name": "crmclean"}, "schema_version": "1"}'),
        ("manifest.json", "{}"),
    ],
)
def test_files_of_no_run_are_refused(run: Path, name: str, text: str) -> None:
    (run / name).write_text(text, "utf-8")
    with pytest.raises(CrmCleanError) as refused:
        measured(run, ENTITIES)
    assert refused.value.code == "audit-mismatch"


def test_a_run_without_findings_misses_all(tmp_path: Path) -> None:
    found = measured(write_run(tmp_path / "run", (), ()), "id1,id2\nA,B\n")
    assert (found.figures()["recall"], found.figures()["precision"], found.figures()["f1"]) == (0.0, None, 0.0)
    assert found.calibration_error is None


def test_an_old_encoding_is_read(run: Path) -> None:
    text = "Datensatz A;Datensatz B;Übereinstimmung\nA;B;ja\nB;C;ja\nD;E;nein\n"
    assert measured(run, text, encoding="cp1252").auto.wanted == 2


def test_a_workbook_is_read(run: Path) -> None:
    path = run.parent / "truth.xlsx"
    columns = {"ID 1": ["A", "B", "D"], "ID 2": ["B", "C", "E"], "Dublette": ["ja", "ja", "nein"]}
    pl.DataFrame(columns).write_excel(path)
    found = evaluate_run(run, str(path), SETTINGS, EvaluateOptions())
    assert (found.auto.found, found.auto.right, found.auto.wanted) == (2, 1, 2)


@pytest.mark.parametrize("n", [100_000])
def test_a_giant_entity_costs_no_squares(tmp_path: Path, n: int) -> None:
    rows = list(range(1, n + 1))
    random.Random(7).shuffle(rows)
    clusters = [f"c{row % 3},{row},{row}" for row in rows]
    run = write_run(tmp_path / "run", (), clusters, (n,), (PAIRS_HEAD, "cluster_id,row,record_id"))
    started = time.process_time()
    found = measured(run, "row_a,row_b\n" + "".join(f"1,{row}\n" for row in range(2, n + 1)))
    assert time.process_time() - started < 15
    assert found.auto.wanted == n * (n - 1) // 2
    assert found.least.height == 2  # one for each cluster but the first
