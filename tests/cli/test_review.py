"""``review`` without a terminal: sheets out and in, what is refused, and that nothing is asked where nobody sits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from tests.cli.conftest import Command
from tests.reviewed_runs import EXPORT, MOVED, SHORT, TWO_DATES, answers, stored

from crmclean.plugins import ReadOptions
from crmclean.stages.read import read
from crmclean.table import Table

Rows = list[list[str | None]]


def sheet_of(path: Path) -> Table:
    return read(str(path), ReadOptions(header_row=1))


def rows_of(table: Table) -> Rows:
    return [list(row) for row in table.frame.iter_rows()]


def save(path: Path, labels: Sequence[str], rows: Rows) -> None:
    """A workbook as any program writes it: the cells alone, no list to choose from, nothing hidden."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Tabelle1")
        table: Rows = [list(labels), *rows]
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, column, cell)


def filled(folder: Path, crmclean: Command, said: Sequence[str], *options: str) -> tuple[Path, list[str], Rows]:
    """A sheet whose rows were answered with these words, in their order; its labels and rows."""
    path = folder.parent / "pairs.xlsx"
    assert crmclean(*options, "review", folder, "--xlsx", path, "--force")[0] == 0
    table = sheet_of(path)
    rows = rows_of(table)
    for row, word in zip(rows, said, strict=False):
        row[3] = word
    save(path, table.labels, rows)
    return path, list(table.labels), rows


def test_without_a_terminal_nothing_is_asked(folder: Path, crmclean: Command) -> None:
    code, out, said = crmclean("review", folder)
    assert (code, out) == (2, "")
    assert said.startswith("crmclean: usage: there is no terminal to ask on. Hint: --xlsx FILE")
    assert "hier ist kein Terminal" in crmclean("--lang", "de", "review", folder)[2]
    assert answers(folder) == {}


def test_dry_run_counts(folder: Path, crmclean: Command) -> None:
    before = sorted(folder.iterdir())
    assert crmclean("review", folder, "--dry-run") == (0, "", "3 pairs would be asked; nothing was stored\n")
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--band", "green"), "--band must be auto, review or veto"),
        (("--xlsx", "a.xlsx", "--import", "b.xlsx"), "--xlsx and --import contradict each other"),
        (("--approve", "--sample", "3"), "--approve and --sample contradict each other"),
        (("--sample", "-1"), "'--sample'"),
        (("--dry-run", "--by", "\u200b "), "nobody knows who answers"),
    ],
)
def test_wrong_usage_is_refused(options: tuple[str, ...], why: str, folder: Path, crmclean: Command) -> None:
    code, out, said = crmclean("review", folder, *options)
    assert (code, out) == (2, "")
    assert why in said


def test_what_is_no_run_is_refused(tmp_path: Path, crmclean: Command) -> None:
    code, _, said = crmclean("review", tmp_path, "--dry-run")
    assert code == 3
    assert "there is no manifest of a run" in said


def test_an_export_that_moved_or_changed(folder: Path, tmp_path: Path, crmclean: Command) -> None:
    (tmp_path / "else").mkdir()
    moved = tmp_path / "else" / "other.csv"
    (tmp_path / "kunden.csv").rename(moved)
    code, _, said = crmclean("review", folder, "--dry-run")
    assert code == 3
    assert "--export" in said
    assert crmclean("review", folder, "--dry-run", "--export", moved)[0] == 0
    moved.write_text("Firma\nx\n", "utf-8")
    assert crmclean("review", folder, "--dry-run", "--export", moved)[0] == 3


def test_the_sheet_has_a_row_for_each_pair_and_no_formula(folder: Path, tmp_path: Path, crmclean: Command) -> None:
    path = tmp_path / "pairs.xlsx"
    code, out, said = crmclean("review", folder, "--xlsx", path)
    assert (code, out) == (0, f"{path}\n")
    assert said.startswith("3 pairs to answer in the green column; then `crmclean review ")
    table = sheet_of(path)
    assert table.labels[:8] == (
        *("crmclean pair", "crmclean evidence", "crmclean check"),
        *("Answer", "Comment", "Probability", "Relation", "Reasons"),
    )
    kept = table.frame.select("Answer", "Relation", "Kundennr 1", "Kundennr 2", "Nachname 1")
    assert kept.rows() == [
        (None, "duplicate", "1009", "1010", "Lindenhayn"),
        (None, "successor", "1013", "1014", None),
        (None, "duplicate", "1011", "1012", "Sonnleitner"),
    ]
    found = pl.read_csv(folder / "pairs.csv").filter(pl.col("band") == "review").sort("row_a")
    assert sorted(map(float, table.frame["Probability"])) == found["probability"].sort().to_list()
    assert crmclean("review", folder, "--xlsx", path)[0] == 2  # it exists
    assert crmclean("review", folder, "--xlsx", tmp_path / "x.xlsx", "--dry-run")[0] == 0
    assert not (tmp_path / "x.xlsx").exists()


def test_formulas_stay_text(tmp_path: Path, crmclean: Command) -> None:
    odd = EXPORT.read_text("utf-8").replace("Ahornweg 12", "=1+1|Ahornweg 12")
    (tmp_path / "kunden.csv").write_text(odd, "utf-8")
    crmclean("dedupe", tmp_path / "kunden.csv", "-o", tmp_path / "d", "--country", "DE")
    assert crmclean("review", tmp_path / "d", "--xlsx", tmp_path / "pairs.xlsx")[0] == 0
    table = sheet_of(tmp_path / "pairs.xlsx")
    assert "=1+1|Ahornweg 12" in table.frame["Straße 1"].to_list()
    assert not [note for note in table.notes if "formula" in note.code and "cell" not in note.code]


@pytest.mark.parametrize("words", [("yes", "no", "unsure"), ("Ja", " NEIN ", "unsicher"), ("gleich", "n", "u")])
def test_answers_come_back_in_either_language(words: Sequence[str], folder: Path, crmclean: Command) -> None:
    path, _, _ = filled(folder, crmclean, words)
    code, _, said = crmclean("review", folder, "--import", path, "--by", "Berta")
    assert code == 0
    assert said.startswith("3 answers taken\n")
    assert answers(folder) == {TWO_DATES: "same", MOVED: "different", SHORT: "unsure"}
    assert stored(folder)[TWO_DATES].decided_by == "Berta"
    assert "2 decisions applied" in said
    applied = pl.read_csv(folder / "decisions.csv", infer_schema=False)
    assert applied["status"].to_list() == ["applied", "applied", "unsure"]
    again = crmclean("review", folder, "--import", path)
    assert again[0] == 0
    assert again[2].startswith("0 answers taken, 3 known already\n")


def test_a_german_sheet_sorted_filtered_shortened_and_saved_elsewhere(folder: Path, crmclean: Command) -> None:
    path, labels, rows = filled(folder, crmclean, ("ja", "nein", "ja"), "--lang", "de")
    assert labels[3:5] == ["Antwort", "Kommentar"]
    rows[2][4] = "Kurzform  des\nVornamens"
    order = [2, 0]  # sorted, a row deleted
    columns = [4, 3, 2, 1, 0, *range(8, 12)]  # moved, most of them deleted
    save(path, [labels[at] for at in columns], [[rows[row][at] for at in columns] for row in order])
    assert crmclean("review", folder, "--import", path, "--no-apply")[0] == 0
    assert answers(folder) == {SHORT: "same", TWO_DATES: "same"}
    assert stored(folder)[SHORT].comment == "Kurzform des Vornamens"


def test_sheets_and_notes_that_somebody_added(folder: Path, crmclean: Command) -> None:
    path, labels, rows = filled(folder, crmclean, ("yes", "no", "yes"))
    with xlsxwriter.Workbook(str(path)) as book:
        notes, sheet = book.add_worksheet("Notizen"), book.add_worksheet("Review")
        for at, word in enumerate(("Was", "Wer", "Bis wann")):
            notes.write_string(0, at, word)
            notes.write_string(1, at, word.lower())
        table: Rows = [list(labels), *rows]
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell or "")
        sheet.write_string(len(table) + 2, 3, "Stand: Montag")
    assert crmclean("review", folder, "--import", path, "--no-apply")[0] == 0
    assert answers(folder) == {TWO_DATES: "same", MOVED: "different", SHORT: "same"}


def test_a_sheet_saved_as_text(folder: Path, tmp_path: Path, crmclean: Command) -> None:
    _, labels, rows = filled(folder, crmclean, ("nein", "", "ja"), "--lang", "de")
    table: Rows = [list(labels), *rows]
    text = "\r\n".join(";".join(str(cell or "") for cell in row[:7]) for row in table)
    (tmp_path / "liste.csv").write_bytes(text.encode("cp1252"))
    code, _, said = crmclean("review", folder, "--import", tmp_path / "liste.csv", "--no-apply")
    assert code == 0
    assert said.startswith("2 answers taken, 1 row without an answer\n")
    assert answers(folder) == {TWO_DATES: "different", SHORT: "same"}


def test_bad_rows_are_named_and_good_ones_taken(folder: Path, crmclean: Command) -> None:
    path, labels, rows = filled(folder, crmclean, ("yes", "perhaps", "no"))
    foreign = ["0" * 20, rows[0][1], None, "yes", *rows[0][4:]]
    from crmclean.review.sheet import digest

    foreign[2] = digest(str(foreign[0]), str(foreign[1]))
    stale = [rows[0][0], "f" * 33, digest(str(rows[0][0]), "f" * 33), "yes", *rows[0][4:]]
    swapped = [rows[2][0], rows[0][1], rows[0][2], "yes", *rows[0][4:]]
    nothing = [None, None, None, "yes", *rows[0][4:]]
    twice = [*rows[2][:3], "yes", *rows[2][4:]]
    save(path, labels, [*rows, foreign, stale, swapped, nothing, twice, list(rows[0])])
    dry = crmclean("review", folder, "--import", path, "--dry-run")
    assert dry[0] == 1
    assert answers(folder) == {}
    code, out, said = crmclean("review", folder, "--import", path, "--no-apply")
    assert (code, out) == (1, "")
    assert said.splitlines()[:8] == [
        f"{path}:3: review-row: its answer is none of yes, no, unsure",
        f"{path}:4: review-row: another row answers this pair differently",
        f"{path}:5: review-row: its pair is not one of this run",
        f"{path}:6: review-row: its records have changed since the sheet was written",
        f"{path}:7: review-row: its hidden ids were changed",
        f"{path}:8: review-row: names no pair: its hidden cells are empty",
        f"{path}:9: review-row: another row answers this pair differently",
        "1 answer taken, 7 rows refused",
    ]
    assert answers(folder) == {TWO_DATES: "same"}
    assert "perhaps" not in said


@pytest.mark.parametrize("missing", ["crmclean pair", "crmclean evidence", "crmclean check", "Answer", "Comment"])
def test_a_sheet_without_a_column_is_none(missing: str, folder: Path, crmclean: Command) -> None:
    path, labels, rows = filled(folder, crmclean, ("yes",))
    at = labels.index(missing)
    save(path, [*labels[:at], *labels[at + 1 :]], [[*row[:at], *row[at + 1 :]] for row in rows])
    code, _, said = crmclean("review", folder, "--import", path)
    assert code == 3
    assert "review-sheet: This is no review sheet of this run: the column" in said
    assert missing in said


def test_a_sheet_of_another_run_is_refused(folder: Path, tmp_path: Path, crmclean: Command) -> None:
    other = EXPORT.read_text("utf-8").replace("\n10", "\n20")
    (tmp_path / "other.csv").write_text(other, "utf-8")
    crmclean("dedupe", tmp_path / "other.csv", "-o", tmp_path / "other", "--country", "DE")
    path, _, _ = filled(tmp_path / "other", crmclean, ("yes",))
    code, _, said = crmclean("review", folder, "--import", path)
    assert code == 3
    assert "no row names a pair of this run" in said
    for wrong in (EXPORT, tmp_path / "d" / "manifest.json", tmp_path / "none.xlsx"):
        assert crmclean("review", folder, "--import", wrong)[0] == 3
    assert answers(folder) == {}


def test_four_eyes_in_a_sheet(folder: Path, crmclean: Command) -> None:
    path, _, _ = filled(folder, crmclean, ("yes", "no", ""))
    assert crmclean("review", folder, "--import", path, "--by", "Anna", "--no-apply")[0] == 0
    code, _, said = crmclean("review", folder, "--import", path, "--by", "ANNA", "--approve", "--no-apply")
    assert code == 1
    assert said.count("its first answer is by the same person") == 2
    second = folder.parent / "second.xlsx"
    assert crmclean("review", folder, "--xlsx", second, "--by", "Bert", "--approve")[0] == 0
    table = sheet_of(second)
    assert table.frame.select("First answer", "Answered by").rows() == [("yes", "Anna"), ("no", "Anna")]
    rows = rows_of(table)
    rows[0][3] = rows[1][3] = "yes"
    save(second, table.labels, rows)
    assert crmclean("review", folder, "--import", second, "--by", "Bert", "--approve", "--no-apply")[0] == 0
    found = stored(folder)
    assert (found[TWO_DATES].answer, found[TWO_DATES].decided_by, found[TWO_DATES].approved_by) == (
        "same",
        "Anna",
        "Bert",
    )
    assert (found[MOVED].answer, found[MOVED].decided_by, found[MOVED].approved_by) == ("same", "Bert", "")


def test_a_sample_as_a_sheet_hides_what_matching_thinks(folder: Path, crmclean: Command) -> None:
    path = folder.parent / "sample.xlsx"
    assert crmclean("review", folder, "--sample", "2", "--seed", "7", "--xlsx", path)[0] == 0
    table = sheet_of(path)
    assert table.frame["Answer"].len() == 2
    assert not any(cell for name in ("Probability", "Relation", "Reasons") for cell in table.frame[name])
    rows = rows_of(table)
    for row in rows:
        row[3] = "yes"
    save(path, table.labels, rows)
    code, _, said = crmclean("review", folder, "--sample", "2", "--seed", "7", "--import", path, "--no-apply")
    assert code == 0
    assert "precision 100.0 % (95 % interval 34.2 to 100.0 %): 2 of 2 pairs are the same" in said


def test_nothing_open_gives_an_empty_sheet_that_comes_back(folder: Path, crmclean: Command) -> None:
    path, _, _ = filled(folder, crmclean, ("yes", "yes", "no"))
    assert crmclean("review", folder, "--import", path, "--no-apply")[0] == 0
    assert crmclean("review", folder, "--xlsx", path, "--force")[0] == 0
    assert crmclean("review", folder, "--dry-run")[2].startswith("0 pairs would be asked")
    assert crmclean("review", folder, "--unsure", "--dry-run")[2].startswith("0 pairs would be asked")


def test_what_was_unsure_is_asked_again_on_demand(folder: Path, crmclean: Command) -> None:
    path, _, _ = filled(folder, crmclean, ("yes", "unsure", "no"))
    assert crmclean("review", folder, "--import", path)[0] == 0
    assert crmclean("review", folder, "--dry-run")[2].startswith("0 pairs")
    assert crmclean("review", folder, "--unsure", "--dry-run")[2].startswith("1 pair would be asked")


def test_several_exports(tmp_path: Path, crmclean: Command) -> None:
    lines = EXPORT.read_text("utf-8").splitlines()
    (tmp_path / "a.csv").write_text("\n".join([lines[0], *lines[1:10]]) + "\n", "utf-8")
    head = lines[0].replace("Firma", "Account").replace("Kundennr", "Nr")
    (tmp_path / "b.csv").write_text("\n".join([head, *lines[10:]]) + "\n", "utf-8")
    folder = tmp_path / "d"
    assert crmclean("dedupe", tmp_path / "a.csv", tmp_path / "b.csv", "-o", folder, "--country", "DE")[0] == 0
    path, labels, rows = filled(folder, crmclean, ["no"] * 9)
    assert "Firma / Account 1" in labels
    assert rows
    assert crmclean("review", folder, "--import", path, "--no-apply")[0] == 0
    assert ("1:1009", "2:1010") in answers(folder)
    assert crmclean("review", folder, "--dry-run")[2].startswith("0 pairs")
