"""Nothing is lost, everything comes back, no order of the rows decides, and no refusal is overruled."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.merging import clusters_of
from tests.tables import cleaned

from crmclean.__main__ import run_and_report
from crmclean.config.model import MergeSection
from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS
from crmclean.merging.policy import MergePolicy
from crmclean.merging.unmerge import kept_rows, unmerged
from crmclean.pipeline import undo_run
from crmclean.stages.merge import Merged, merge_records

VALUES = {
    ("Id", "record_id"): ["K1", "K2", "K3", "k3", ""],
    ("Firma", "company_name"): ["Werke Nord GmbH", "werke nord gmbh", "Adler KG", ""],
    ("Straße", "street"): ["Ahornweg 5", "Ahorn Weg 5", "Am Kai 1", ""],
    ("PLZ", "postal_code"): ["53111", "24103", "1", ""],
    ("Ort", "city"): ["Bonn", "Kiel", "BONN", " ", ""],
    ("Telefon", "phone"): ["030 23125 100", "+49 30 23125100", "030 23125 200", "keine", "n/a", ""],
    ("Telefon 2", "phone"): ["030 23125 100", "030 23125 300", "12", "", ""],
    ("Telefon 3", "phone"): ["", "", "030 23125 200"],
    ("E-Mail", "email"): ["a@example.org", "A@Example.ORG", "kaputt@", ""],
    ("Sperre", "email_opt_out"): ["Ja", "Nein", "vielleicht", ""],
    ("geändert", "modified_at"): ["2025-01-01", "2024-06-30", "2031-01-01", "gestern", ""],
    ("Notiz", None): ["x", "y; z", "", "-", "=1+1"],
}
RULES = st.dictionaries(
    st.sampled_from(["Notiz", "email", "Firma", "phone"]),
    st.sampled_from(["most_recent", "most_complete", "most_frequent", "longest", "primary", "earliest"]),
    max_size=2,
) | st.just({"Notiz": "concat"})
ROW = st.tuples(*(st.sampled_from(values) for values in VALUES.values()))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[tuple[str, ...]], list[list[int]]]:
    """Records, and some of them in clusters."""
    rows = draw(st.lists(ROW, min_size=1, max_size=9))
    of = draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows)))
    groups = [[row for row, group in enumerate(of, start=1) if group == number] for number in (1, 2, 3)]
    return rows, [draw(st.permutations(group)) for group in groups if group]


def merge(rows: list[tuple[str, ...]], groups: list[list[int]], rules: dict[str, str]) -> tuple[pl.DataFrame, Merged]:
    columns = {key: [row[at] for row in rows] for at, key in enumerate(VALUES)}
    table = cleaned(columns, country="DE")
    policy = MergePolicy.of(MergeSection(fields=rules), table.columns)
    frame = table.table.frame
    return frame, merge_records(table, frame, clusters_of(table, groups), None, None, policy)


@given(tables(), RULES)
@settings(max_examples=40)
def test_no_value_is_lost_unrecorded(
    table: tuple[list[tuple[str, ...]], list[list[int]]], rules: dict[str, str]
) -> None:
    rows, groups = table
    frame, result = merge(rows, groups, rules)
    merged_rows = [row for group in groups if len(group) > 1 for row in group]
    said = {
        (row, column): value for row, column, value in result.provenance.select("row", "column", "value").iter_rows()
    }
    for row in merged_rows:
        for name in frame.columns:
            value = frame[row - 1, name]
            assert said.get((row, name), "") == value
    losers = {row for group in groups for row in sorted(group)[1:]}
    rest = [row for row in range(frame.height) if row + 1 not in losers]
    assert result.golden.height == len(rest)
    unclustered = [at for at, row in enumerate(rest) if row + 1 not in merged_rows]
    assert result.golden[unclustered].equals(frame[[rest[at] for at in unclustered]])


@given(tables(), RULES)
@settings(max_examples=40)
def test_what_is_said_to_be_kept_stands_in_the_golden_record(
    table: tuple[list[tuple[str, ...]], list[list[int]]], rules: dict[str, str]
) -> None:
    rows, groups = table
    _, result = merge(rows, groups, rules)
    place = {row + 1: at for at, row in enumerate(result.rows.to_list())}
    first = {row: min(group) for group in groups for row in group}
    told = result.provenance.select("row", "column", "kept_in", "value").drop_nulls("column")
    for row, column, kept_in, value in told.iter_rows():
        record = result.golden.row(place[first[row]], named=True)
        if kept_in is None:
            assert record[column] != value
        elif rules.get(kept_in) == "concat":
            assert record[kept_in]
        else:
            assert record[kept_in].strip() or record[kept_in] == value


@given(tables(), RULES)
@settings(max_examples=40)
def test_all_records_come_back(table: tuple[list[tuple[str, ...]], list[list[int]]], rules: dict[str, str]) -> None:
    rows, groups = table
    frame, result = merge(rows, groups, rules)
    texts = result.provenance.cast(pl.String)
    kept = kept_rows(texts, frame.height)
    assert kept is not None
    assert kept.equals(result.rows)
    back = unmerged(result.golden, texts, kept, frame.height, nulls=False)
    assert back is not None
    assert back.equals(frame)


@given(tables(), RULES, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_rows_decides_nothing(
    table: tuple[list[tuple[str, ...]], list[list[int]]], rules: dict[str, str], random: object
) -> None:
    rows, groups = table
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    new_place = {old + 1: new + 1 for new, old in enumerate(order)}
    moved = [[new_place[row] for row in group] for group in groups]
    _, result = merge(rows, groups, rules)
    _, again = merge([rows[at] for at in order], moved, rules)
    assert sorted(result.golden.rows()) == sorted(again.golden.rows())
    assert sorted(result.merge_map.select("cluster_id", "winner_id", "loser_id").rows()) == sorted(
        again.merge_map.select("cluster_id", "winner_id", "loser_id").rows()
    ) or "" in {row[0] for row in rows}


@given(tables())
@settings(max_examples=40)
def test_addresses_are_never_mixed_and_refusals_never_lost(
    table: tuple[list[tuple[str, ...]], list[list[int]]],
) -> None:
    rows, groups = table
    frame, result = merge(rows, groups, {})
    judge = FIELDS["email_opt_out"]
    place = {row + 1: at for at, row in enumerate(result.rows.to_list())}
    for group in (group for group in groups if len(group) > 1):
        record = result.golden.row(place[min(group)], named=True)
        members = [frame.row(row - 1, named=True) for row in group]
        parts = ("Straße", "PLZ", "Ort")
        assert tuple(record[part] for part in parts) in {tuple(each[part] for part in parts) for each in members}
        if any(judge.parse(each["Sperre"], NO_HINTS).value == "yes" for each in members if each["Sperre"]):
            assert judge.parse(record["Sperre"], NO_HINTS).value == "yes"


CELL = st.sampled_from(["Bonn", 'a "b"', "x;y", "zwei\nZeilen", "ä€", "", " ", '="01067"', "Kiel"])


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=7),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "cp1252", "utf-8-sig"]),
    st.sampled_from(["merge", "link"]),
    st.booleans(),
    st.data(),
)
@settings(max_examples=25)
def test_undo_gives_any_text_file_back(
    records: list[list[str]], end: str, encoding: str, mode: str, quoted: bool, data: st.DataObject
) -> None:
    def cell(text: str) -> str:
        needs = set(text) & set(';"\n\r') and not text.startswith('="')
        return '"' + text.replace('"', '""') + '"' if needs or (quoted and data.draw(st.booleans())) else text

    lines = ["Kundennr;Ort;Notiz;Rest"]
    lines += [";".join([f"K{at}", *map(cell, record)]) for at, record in enumerate(records)]
    raw = (end.join(lines) + end * data.draw(st.integers(0, 2))).encode(encoding)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export = folder / "export.csv"
        export.write_bytes(raw)
        if run_and_report(["dedupe", str(export), "-o", str(folder / "dup"), "-q", "--encoding", encoding]) != 0:
            return
        n_rows = len(records)
        members = data.draw(st.lists(st.integers(1, n_rows), unique=True, max_size=n_rows))
        listed = "".join(
            f"c1,{row},K{row - 1},{'true' if at == 0 else 'false'},0.99\n" for at, row in enumerate(members)
        )
        (folder / "dup" / "duplicates.csv").write_text("cluster_id,row,record_id,is_primary,probability\n" + listed)
        code = run_and_report(
            ["merge", str(export), "--duplicates", str(folder / "dup"), "-o", str(folder / "out"), "--mode", mode,
             "-q", "--encoding", encoding]
        )  # fmt: skip
        assert code == 0
        done = undo_run(folder / "out", folder / "back.csv")
        assert done.is_exact
        assert (folder / "back.csv").read_bytes() == raw
