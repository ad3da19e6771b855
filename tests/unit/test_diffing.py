"""What changed between two exports: records, columns, cells, mass updates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from tests.exports import csv_file, differences

from crmclean.core.errors import UsageError
from crmclean.differences import Differences
from crmclean.pipeline import DiffOrder

HEADER = ("Kundennr", "Nachname", "Telefon", "E-Mail", "Notiz")
Rows = Sequence[Sequence[str]]


def people(n: int) -> list[list[str]]:
    """So many people that differ in everything."""
    return [
        [f"K{i:03}", f"Muster{chr(97 + i % 26)}", f"030 23125 {100 + i}", f"person{i}@example.org", f"note {i}"]
        for i in range(n)
    ]


def diff(
    folder: Path, old: Rows, new: Rows, order: DiffOrder | None = None, header: Sequence[str] = HEADER
) -> Differences:
    """Of two tables with the same header."""
    one, other = csv_file(folder / "old.csv", [header, *old]), csv_file(folder / "new.csv", [header, *new])
    return differences(one, other, order=order)


def cells(found: Differences) -> list[tuple[str | None, str, str, str, str]]:
    named = found.cells.select("record_id", "column", "kind", "before", "after").with_columns(pl.all().cast(pl.String))
    return named.rows()


def test_a_cell_is_changed_lost_filled_or_written_otherwise(tmp_path: Path) -> None:
    old, new = people(6), people(6)
    new[0][2] = "+49 30 23125100"  # the same number
    new[1][3] = "other@example.org"
    new[2][3] = ""
    new[3][3] = "n/a"
    old[4][4], old[5][4] = "", "-"
    new[5][4] = " "
    found = diff(tmp_path, old, new)
    assert cells(found) == [
        ("K000", "Telefon", "form", "030 23125 100", "+49 30 23125100"),
        ("K001", "E-Mail", "changed", "person1@example.org", "other@example.org"),
        ("K002", "E-Mail", "lost", "person2@example.org", ""),
        ("K003", "E-Mail", "lost", "person3@example.org", "n/a"),
        ("K004", "Notiz", "filled", "", "note 4"),
        ("K005", "Notiz", "form", "-", " "),
    ]
    assert (found.n_compared, found.n_changed_records) == (6, 4)


def test_blanks_line_ends_and_composed_letters_are_form(tmp_path: Path) -> None:
    old, new = people(3), people(3)
    old[0][4], new[0][4] = "two  words", "two words "
    old[1][4], new[1][4] = "a\nb", "a\r\nb"
    old[2][4], new[2][4] = "Mu\u0308ller", "Müller"
    assert [kind for _, _, kind, _, _ in cells(diff(tmp_path, old, new))] == ["form"] * 3


def test_records_come_and_go_and_order_is_no_change(tmp_path: Path) -> None:
    old, new = people(5), list(reversed(people(6)))
    found = diff(tmp_path, old[1:], new)
    assert found.added.rows() == [(1, "K005"), (6, "K000")]
    assert found.removed.is_empty()
    assert found.cells.is_empty()


def test_ids_that_repeat_are_told_with_all_rows_and_never_guessed(tmp_path: Path) -> None:
    old, new = people(40), people(40)
    old[5][0] = old[4][0]  # K004 twice in OLD, once in NEW; K005 in NEW alone
    new[9][0] = "K900"  # K009 in OLD alone
    new.append(["K900", "Neu", "", "", ""])  # K900 twice in NEW alone
    new[7][0] = ""
    found = diff(tmp_path, old, new)
    assert found.ids.rows() == [
        ("old", 5, "K004", "repeated-id", None),
        ("old", 6, "K004", "repeated-id", None),
        ("new", 10, "K900", "repeated-id", "added"),
        ("new", 41, "K900", "repeated-id", "added"),
        ("new", 5, "K004", "repeated-elsewhere", None),
        ("new", 8, None, "no-id", None),
    ]
    assert found.added["record_id"].to_list() == ["K005", "K900", "K900"]
    assert found.removed["record_id"].to_list() == ["K007", "K009"]
    assert found.n_apart == 4


def test_columns_come_go_and_are_renamed(tmp_path: Path) -> None:
    rows = people(30)
    old = csv_file(tmp_path / "old.csv", [HEADER, *rows])
    moved = [[row[4], row[2], row[0], row[1], "new"] for row in rows]
    moved[3][1] = "030 23125 999"
    new = csv_file(tmp_path / "new.csv", [("NOTIZ", "Rufnummer", "Kundennr", "Nachname", "Neu"), *moved])
    found = differences(old, new)
    assert [(c.before, c.after) for c in found.columns if c.is_renamed] == [
        ("Notiz", "NOTIZ"),
        ("Telefon", "Rufnummer"),
    ]
    assert (found.columns_added, found.columns_removed) == (("Neu",), ("E-Mail",))
    assert [(column, kind) for _, column, kind, _, _ in cells(found)] == [("Rufnummer", "changed")]


def test_a_column_like_several_others_is_not_called_renamed(tmp_path: Path) -> None:
    old = csv_file(tmp_path / "old.csv", [("Kundennr", "A"), *([f"K{i}", str(i % 7)] for i in range(20))])
    new = csv_file(tmp_path / "new.csv", [("Kundennr", "B", "C"), *([f"K{i}", *2 * [str(i % 7)]] for i in range(20))])
    found = differences(old, new)
    assert (found.columns_added, found.columns_removed) == (("B", "C"), ("A",))


def test_mass_updates_are_one_event(tmp_path: Path) -> None:
    old, new = people(60), people(60)
    for row in new[:20]:
        row[4] = "imported"
    for row in new[20:45]:
        row[3] = ""
    new[50][2] = ""
    found = diff(tmp_path, old, new)
    assert [(e.kind, e.columns, e.n, e.of, e.value) for e in found.events] == [
        ("emptied", ("E-Mail",), 25, 60, None),
        ("same-value", ("Notiz",), 20, 60, "imported"),
    ]


def test_a_column_that_is_rewritten_and_one_that_is_written_otherwise(tmp_path: Path) -> None:
    old, new = people(40), people(40)
    for i, row in enumerate(new):
        row[4] = f"other {i}"
        row[2] = f"+49 30 23125{100 + i}"
    found = diff(tmp_path, old, new)
    assert [(e.kind, e.columns) for e in found.events] == [("rewritten", ("Notiz",)), ("reformatted", ("Telefon",))]


def test_shifted_columns_are_one_event(tmp_path: Path) -> None:
    old = people(40)
    new = [[row[0], *old[(i + 1) % 40][1:]] for i, row in enumerate(old)]
    (event,) = diff(tmp_path, old, new).events
    assert (event.kind, event.columns, event.n) == ("everything", HEADER[1:], 40)


def test_few_values_dealt_anew_are_no_mass_update_of_each(tmp_path: Path) -> None:
    header = ("Kundennr", "Notiz")
    old = [[f"K{i}", "abcde"[i % 5]] for i in range(200)]
    new = [[name, "abcde"[(i + 1) % 5] if i % 4 else value] for i, (name, value) in enumerate(old)]
    assert diff(tmp_path, old, new, header=header).events == ()
    all_new = [[name, "abcde"[(i + 1) % 5]] for i, (name, _) in enumerate(old)]
    assert [e.kind for e in diff(tmp_path, old, all_new, header=header).events] == ["rewritten"]


def test_a_day_of_edits_is_no_mass_update_of_the_clock(tmp_path: Path) -> None:
    header = ("Kundennr", "Geändert am")
    old = [[f"K{i}", f"{i % 27 + 1:02}.03.2025"] for i in range(1000)]
    new = [[name, "30.01.2026" if i < 50 else day] for i, (name, day) in enumerate(old)]
    assert diff(tmp_path, old, new, header=header).events == ()


def test_keys_may_be_several_columns_and_be_called_otherwise(tmp_path: Path) -> None:
    rows = [["A", str(i), f"note {i}"] for i in range(5)] + [["B", str(i), f"text {i}"] for i in range(5)]
    old = csv_file(tmp_path / "old.csv", [("Art", "Nr", "Notiz"), *rows])
    new = csv_file(tmp_path / "new.csv", [("Typ", "Nr", "Notiz"), *rows[1:]])
    found = differences(old, new, order=DiffOrder(("Art=Typ", "nr")))
    assert (found.key, found.paired_by) == ((("Art", "Nr"), ("Typ", "Nr")), "key")
    assert (found.n_compared, found.removed["record_id"].to_list()) == (9, ["A 0"])
    with pytest.raises(UsageError, match="no column 'Nummer'"):
        differences(old, new, order=DiffOrder(("Nummer",)))


def test_formats_encodings_and_delimiters_may_differ(tmp_path: Path) -> None:
    rows = [[f"K{i}", "Müller", f"{i + 1:02}.03.2025"] for i in range(12)]
    header = ("Kundennr", "Nachname", "Geändert am")
    old = csv_file(tmp_path / "old.csv", [header, *rows], encoding="cp1252")
    frame = pl.DataFrame([[a, b, c] for a, b, c in rows], schema=list(header), orient="row")
    sheet = frame.with_columns(pl.col("Geändert am").str.to_date("%d.%m.%Y")).select(*reversed(header))
    sheet.write_excel(tmp_path / "new.xlsx")
    frame.write_parquet(tmp_path / "new.parquet")
    found = differences(old, str(tmp_path / "new.xlsx"))
    assert set(found.cells["kind"].cast(pl.String)) <= {"form"}
    assert found.n_compared == 12
    assert differences(old, str(tmp_path / "new.parquet")).cells.is_empty()


LAST = (
    "Adler Bach Conrad Dorn Ebert Falk Graf Hahn Igel Jung Kern Lang Moser Nagel Ott Pohl Quast Roth Sauer Thal Ulmer "
    "Vogt Wirth Zorn"
).split()
FIRST = "Anna Ben Carla David Emma Felix Greta Hannes Ida Jonas Klara Lukas".split()
PLACES = [("01067", "Dresden"), ("10115", "Berlin"), ("24103", "Kiel"), ("50667", "Köln")]


def test_without_ids_the_same_are_paired_and_the_unsure_are_asked(tmp_path: Path) -> None:
    header = ("Vorname", "Nachname", "Straße", "PLZ", "Ort", "Telefon", "E-Mail", "Notiz")
    old = [
        [FIRST[i % 12], name, f"{FIRST[i * 7 % 12]}weg {i + 1}", *PLACES[i % 4], f"030 23125 {100 + i}", "", ""]
        for i, name in enumerate(LAST)
    ]
    for row in old:
        row[6] = f"{row[0]}.{row[1]}@example.org".lower()
    new = [list(row) for row in reversed(old)]
    new[0][7] = "called back"  # surely the same
    new[1][7] = "moved"
    twin = [*new[1]]  # as like the old one as its own successor
    twin[7] = "copied"
    found = diff(tmp_path, old, [*new, twin, ["Olga", "Quitte", "", "", "", "", "", ""]], header=header)
    assert (found.paired_by, found.n_identical, found.n_compared) == ("matching", 22, 23)
    pairs = found.pairs.select("row_old", "row_new", "is_sure").rows()
    assert pairs == [(23, 2, False), (23, 25, False), (24, 1, True)]
    assert found.added["row"].to_list() == [26]
    assert found.removed.is_empty()
    assert cells(found) == [(None, "Notiz", "filled", "", "called back")]


def test_records_that_are_alike_are_paired_one_with_one(tmp_path: Path) -> None:
    header, row = ("Nachname", "Notiz"), ["Adler", "note"]
    found = diff(tmp_path, [row, row, row], [row, row], header=header)
    assert (found.n_compared, found.removed["row"].to_list(), found.added.height) == (2, [3], 0)


def test_what_the_user_says_of_columns_holds_for_the_file_that_has_them(tmp_path: Path) -> None:
    old = csv_file(tmp_path / "old.csv", [("Nr", "Tel"), *([str(i), f"030 23125 {i + 100}"] for i in range(12))])
    new = csv_file(tmp_path / "new.csv", [("Nr", "Ruf"), *([str(i), f"+4930 23125{i + 100}"] for i in range(12))])
    found = differences(old, new, Nr="record_id", Tel="phone", Ruf="phone")
    assert (found.columns_added, found.columns_removed) == (("Ruf",), ("Tel",))
