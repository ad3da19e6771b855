"""``evaluate`` on the command line: exit code, stdout and stderr asserted apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.matched_runs import ENTITIES, write_run

TEXT = """\
Truth: 7 records with their entities; what it does not list is unknown
4 pairs to be found; it speaks of 7 of 7 records

                        precision  recall      F1  found  right
  clusters                 0.5000  0.5000  0.5000      4      2
  with review accepted     0.4444  1.0000  0.6154      9      4
  B³                       0.8095  0.8095  0.8095
  true clusters found exactly: 0.0000 (0 of 2)

  band    pairs  known  right   share  95 %
  auto        3      3      2  0.6667  0.2077–0.9385  duplicates without a question
  review      2      2      1  0.5000  0.0945–0.9055  for a person to decide
  veto        1      1      0  0.0000  0.0000–0.7935  kept apart by ids or a decision

  probability  pairs    said   right  95 %
  0.7–0.8          1  0.7000  0.0000  0.0000–0.7935
  0.8–0.9          1  0.8000  1.0000  0.2065–1.0000
  0.99–0.999       2  0.9945  0.5000  0.0945–0.9055
  0.999–1          1  0.9991  1.0000  0.2065–1.0000
  calibration error 0.3780

Missed: 2 pairs (1 for a person to decide, 1 not listed)
Most probable wrong pairs
  row 5 (E)  row 6 (F)  0.9940  auto    phone same
  row 6 (F)  row 7 (G)  0.7000  review  place same
Least probable missed pairs
  row 1 (A)  row 3 (C)  –               never compared, or below the review limit
  row 2 (B)  row 3 (C)  0.8000  review  name similar
"""
EXPORT = """\
Kundennummer,Firma,Straße,PLZ,Ort,Telefon,Webseite
K1,Quarzum Maschinenbau GmbH,Ahornweg 5,53111,Bonn,030 23125 101,quarzum.example
K2,QUARZUM-Maschinenbau Ges. mbH,Ahorn Weg 5,53111,Bonn,+49 30 23125101,www.quarzum.example
K3,Zirbelwerk GmbH & Co. KG,Fjordgasse 1,24103,Kiel,030 23125 300,zirbelwerk.example
K4,Wacholder Kranbau GmbH,Heideweg 7,10115,Berlin,030 23125 400,wacholder.example
"""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    (tmp_path / "truth.csv").write_text(ENTITIES, "utf-8")
    return write_run(tmp_path / "run")


def test_says_all_figures(run: Path, tmp_path: Path, crmclean: Command) -> None:
    assert crmclean("evaluate", run, "--truth", tmp_path / "truth.csv") == (0, TEXT, "")


def test_says_it_in_german(run: Path, tmp_path: Path, crmclean: Command) -> None:
    code, out, _ = crmclean("--lang", "de", "evaluate", run, "--truth", tmp_path / "truth.csv")
    assert code == 0
    assert "4 Paare zu finden; sie kennt 7 von 7 Datensätze" in out
    assert "Präzision  Trefferquote" in out
    assert "0,8095" in out
    assert "Unwahrscheinlichste übersehene Paare" in out
    for word in ("true", "found", "share", "Missed"):
        assert word not in out


def test_json_has_the_same_figures(run: Path, tmp_path: Path, crmclean: Command) -> None:
    texts = [
        crmclean(*lang, "evaluate", run, "--truth", tmp_path / "truth.csv", "--json")[1]
        for lang in ((), ("--lang", "de"))
    ]
    told = json.loads(texts[0])
    assert texts[0] == texts[1]
    assert told["schema_version"] == "1"
    assert told["run"] == {"inputs": ["1.csv"], "records": 7, "edited": []}
    assert told["truth"]["form"] == "entities"
    assert told["truth"]["unlisted"] == "unknown"
    assert told["figures"]["f1"] == 0.5
    assert told["pairs"]["accepted"] == {"found": 9, "right": 4, "wanted": 4}
    assert told["bands"]["auto"] == {
        "listed": 3,
        "known": 3,
        "right": 2,
        "share": 0.666667,
        "low": 0.20766,
        "high": 0.938508,
    }
    assert told["exact_clusters"] == {"right": 0, "of": 2}
    assert told["missed"] == {"auto": 0, "review": 1, "veto": 0, "unlisted": 1}
    assert told["examples"]["wrong"][0] == {
        "row_a": 5, "record_id_a": "E", "row_b": 6, "record_id_b": "F", "probability": 0.994, "band": "auto",
        "reasons": "phone same",
    }  # fmt: skip
    assert told["findings"] == []


def test_so_many_examples_as_asked(run: Path, tmp_path: Path, crmclean: Command) -> None:
    for n in (0, 1):
        out = crmclean("evaluate", run, "--truth", tmp_path / "truth.csv", "--examples", n, "--json")[1]
        assert [len(pairs) for pairs in json.loads(out)["examples"].values()] == [n, n]


@pytest.mark.parametrize(
    ("limits", "code", "said"),
    [
        (("f1=0.5", "b3=0.8", "precision_auto=0.6"), 0, ""),
        (("f1=0.51",), 1, "f1 is 0.5000, less than 0.51\n"),
        (("recall=0.9", "exact=0.1"), 1, "recall is 0.5000, less than 0.9\nexact is 0.0000, less than 0.1\n"),
    ],
)
def test_gate(limits: tuple[str, ...], code: int, said: str, run: Path, tmp_path: Path, crmclean: Command) -> None:
    options = [part for limit in limits for part in ("--fail-under", limit)]
    assert crmclean("evaluate", run, "--truth", tmp_path / "truth.csv", *options) == (code, TEXT, said)


def test_a_gate_on_what_the_truth_cannot_tell_fails(run: Path, tmp_path: Path, crmclean: Command) -> None:
    (tmp_path / "labels.csv").write_text("id1,id2,match\nA,B,1\nE,F,0\n", "utf-8")
    code, _, said = crmclean("evaluate", run, "--truth", tmp_path / "labels.csv", "--fail-under", "exact=0")
    assert (code, said) == (1, "--fail-under exact: this truth can't tell it\n")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--fail-under", "precison=0.9"), "did you mean 'precision'?"),
        (("--fail-under", "f1"), "wants FIGURE=SHARE"),
        (("--fail-under", "f1=95"), "wants FIGURE=SHARE"),
        (("--fail-under", "f1=nan"), "wants FIGURE=SHARE"),
        (("--unlisted", "same"), "--unlisted can't be 'same'"),
        (("--examples", "-1"), "'--examples'"),
        (("--id", "recordid", "--entity-column", "entity"), "did you mean 'record_id'?"),
    ],
)
def test_wrong_usage_is_refused(
    options: tuple[str, ...], why: str, run: Path, tmp_path: Path, crmclean: Command
) -> None:
    code, out, said = crmclean("evaluate", run, "--truth", tmp_path / "truth.csv", *options)
    assert (code, out) == (2, "")
    assert why in said


def test_the_truth_has_to_be_named(run: Path, crmclean: Command) -> None:
    assert crmclean("evaluate", run)[0] == 2


def test_refusals_name_no_value(run: Path, tmp_path: Path, crmclean: Command) -> None:
    (tmp_path / "foreign.csv").write_text("record_id,entity\nGeheim1,x\nGeheim2,x\n", "utf-8")
    code, out, said = crmclean("evaluate", run, "--truth", tmp_path / "foreign.csv")
    assert (code, out) == (3, "")
    assert "truth-unusable" in said
    assert "none of its records is in the run" in said
    assert "Geheim" not in said
    assert crmclean("evaluate", tmp_path, "--truth", tmp_path / "truth.csv")[0] == 3
    assert crmclean("evaluate", run, "--truth", tmp_path / "none.csv")[0] == 3


def test_findings_name_lines_and_no_value(run: Path, tmp_path: Path, crmclean: Command) -> None:
    (tmp_path / "odd.csv").write_text(ENTITIES + "A;x\nB;z\n", "utf-8")
    out = crmclean("evaluate", run, "--truth", tmp_path / "odd.csv")[1]
    assert out.endswith(
        "Findings\n"
        "  warning  truth-contradiction  The truth contradicts itself: a record in two entities, 2 lines (3, 10)\n"
        "  note     truth-repeated       Said more than once in the truth: 1 line (9)\n"
    )


def test_a_whole_way_with_the_export_as_truth(tmp_path: Path, crmclean: Command) -> None:
    lines = EXPORT.splitlines()
    entities = ("wahr", "x", "x", "y", "z")
    export = tmp_path / "export.csv"
    export.write_text("".join(f"{line},{entity}\n" for line, entity in zip(lines, entities, strict=True)), "utf-8")
    out = tmp_path / "d"
    assert crmclean("dedupe", export, "-o", out, "--country", "DE", "--map", "wahr=")[0] == 0
    options = ("--entity-column", "wahr", "--fail-under", "f1=1")
    code, text, said = crmclean("evaluate", out, "--truth", export, *options)
    assert (code, said) == (0, "")
    assert "it speaks of 4 of 4 records" in text
    # By ids: the export lies beside the run, so that ids in no pair are known, and strangers are strangers.
    (tmp_path / "truth.csv").write_text("id1;id2\nK1;K2\nK3;K9\n", "utf-8")
    text = crmclean("evaluate", out, "--truth", tmp_path / "truth.csv")[1]
    assert "truth-unknown-id" in text
    assert "truth-unchecked-id" not in text
    export.rename(tmp_path / "moved.csv")
    text = crmclean("evaluate", out, "--truth", tmp_path / "truth.csv")[1]
    assert "truth-unchecked-id" in text
    moved = ("--export", tmp_path / "moved.csv")
    assert "truth-unknown-id" in crmclean("evaluate", out, "--truth", tmp_path / "truth.csv", *moved)[1]
    wrong = ("--export", tmp_path / "truth.csv")
    assert crmclean("evaluate", out, "--truth", tmp_path / "truth.csv", *wrong)[0] == 3
