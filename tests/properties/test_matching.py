"""Whatever the table: no cluster holds contradicting ids, and nothing depends on the order of rows or on threads."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.tables import cleaned

from crmclean.core.field import Strength
from crmclean.core.registry import FIELDS
from crmclean.matching.bands import Thresholds
from crmclean.matching.duplicates import Duplicates
from crmclean.stages.match import match_records
from crmclean.table import Normalised, Verdict

Record = Mapping[str, str]
COLUMNS = {
    "record_id": "record_id",
    "name": "company_name",
    "first": "first_name",
    "last": "last_name",
    "street": "street",
    "zip": "postal_code",
    "city": "city",
    "phone": "phone",
    "mail": "email",
    "vat": "vat_id",
    "register": "register_number",
}
# Made-up ids with right check digits, and two that are none.
VAT_IDS = ("DE111111117", "DE222222220", "DE333333339", "DE333333331", "DE12")
REGISTERS = ("Amtsgericht Bonn HRB 1", "Amtsgericht Bonn HRB 2", "Amtsgericht Kiel HRB 1", "HRB 1")
COMPANIES = (
    "Quarzum GmbH",
    "Quarzum Maschinenbau GmbH",
    "QUARZUM-Maschinenbau Ges. mbH",
    "Quarzum Digital GmbH",
    "Quarzum AG",
    "Zirbelwerk GmbH & Co. KG",
    "Zirbelwerk Verwaltungs GmbH",
)
PEOPLE = (
    ("Anna", "Ahornlein"),
    ("Anne", "Ahornlein"),
    ("A.", "Ahornlein"),
    ("Ahornlein", "Anna"),
    ("Bernd", "Buchfink"),
)
PLACES = (("Ahornweg 5", "53111", "Bonn"), ("Ahornweg 7", "53111", "Bonn"), ("Fjordgasse 1", "24103", "Kiel"))
PHONES = ("030 23125 101", "030 23125 102", "030 23125-0")
MAILS = ("info@quarzum.example", "a.ahornlein@quarzum.example", "anna@example.org")


def _maybe(values: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


COMPANY = st.builds(
    lambda name, place, phone, mail, vat, register: {
        "name": name,
        "street": place[0],
        "zip": place[1],
        "city": place[2],
        "phone": phone,
        "mail": mail,
        "vat": vat,
        "register": register,
    },
    *(st.sampled_from(COMPANIES), st.sampled_from(PLACES), _maybe(PHONES), _maybe(MAILS)),
    *(_maybe(VAT_IDS), _maybe(REGISTERS)),
)
PERSON = st.builds(
    lambda name, company, place, phone, mail: {
        "first": name[0],
        "last": name[1],
        "name": company,
        "street": place[0],
        "zip": place[1],
        "city": place[2],
        "phone": phone,
        "mail": mail,
    },
    *(st.sampled_from(PEOPLE), _maybe(COMPANIES[:2]), st.sampled_from(PLACES), _maybe(PHONES), _maybe(MAILS)),
)
# Records that would be one but for their ids: the same firm at the same place.
ONE_FIRM = st.lists(
    st.builds(
        lambda firm, vat, register, phone: {**firm, "vat": vat, "register": register, "phone": phone},
        st.sampled_from(
            [
                {"name": name, "street": street, "zip": code, "city": city, "mail": MAILS[0]}
                for name, (street, code, city) in zip(COMPANIES[1:4:2], PLACES[::2], strict=True)
            ]
        ),
        *(_maybe(VAT_IDS[:3]), st.sampled_from(["", "", "", *REGISTERS[:2]]), _maybe(PHONES[:1])),
    ),
    min_size=8,
    max_size=20,
)
SYLLABLES = (("Bado", "Feka", "Gimo"), ("nu", "pol", "rit", "sam"), ("ta", "wi"))
CROWD = [
    {"name": f"{a}{b}{c} GmbH", "street": f"{b}{c}weg {at}", "zip": "10115", "city": "Berlin"}
    for at, (a, b, c) in enumerate(itertools.product(*SYLLABLES))
]
# Two that contradict each other, and one between them.
SAME = {"name": COMPANIES[1], "street": "Ahornweg 5", "zip": "53111", "city": "Bonn", "phone": PHONES[0]}
BETWEEN: list[Record] = [{**SAME, "vat": vat} for vat in ("", *VAT_IDS[:2])]
# A table takes some 0.2 s: few examples, but with many records.
TABLES = settings(max_examples=6, phases=[Phase.explicit, Phase.generate])


def _numbered(records: Sequence[Record]) -> list[Record]:
    return [{"record_id": f"r{at}", **record} for at, record in enumerate(records)]


def _cleaned(records: Sequence[Record]) -> Normalised:
    return cleaned({key: [record.get(key[0], "") for record in records] for key in COLUMNS.items()}, country="DE")


def _contents(found: Duplicates, content: Mapping[str, str]) -> tuple[Counter[object], Counter[object]]:
    """Clusters and pairs by what the records say: of copies any one stands for all."""
    clusters = found.clusters.group_by("cluster_id").agg("record_id")["record_id"].to_list()
    pairs = found.pairs.select("record_id_a", "record_id_b", "probability", "band", "relation").iter_rows()
    return (
        Counter(frozenset(Counter(content[record] for record in cluster).items()) for cluster in clusters),
        Counter((frozenset((content[a], content[b])), *rest) for a, b, *rest in pairs),
    )


def _require_lawful(found: Duplicates, table: Normalised) -> None:
    pairs, clusters = found.pairs, found.clusters
    assert (pairs["row_a"] < pairs["row_b"]).all()
    assert pairs.select("row_a", "row_b").is_unique().all()
    assert pairs["probability"].is_between(0, 1).all()
    assert pairs["band"].is_in(["auto", "review", "veto"]).all()
    assert pairs["reasons"].str.len_chars().gt(0).all()
    assert clusters["row"].is_unique().all()
    assert clusters["probability"].is_between(0, 1).all()
    of = clusters.group_by("cluster_id").agg(n=pl.len(), primaries=pl.col("is_primary").sum())
    assert (of["n"] >= 2).all()
    assert (of["primaries"] == 1).all()
    for ids in _valid_ids(table):
        held = clusters.with_columns(id=ids.gather(clusters["row"] - 1)).drop_nulls("id")
        assert (held.group_by("cluster_id").agg(pl.col("id").n_unique())["id"] == 1).all()


def _valid_ids(table: Normalised) -> list[pl.Series]:
    """By scheme the valid comparison keys of the records' ids."""
    found = []
    for judged in table.judged.values():
        kind = FIELDS[str(judged.column.field)]
        if kind.strength is Strength.IDENTIFYING:
            counts = judged.verdict == int(Verdict.VALID)
            values = [kind.key(v) if v and use else None for v, use in zip(judged.canonical, counts, strict=True)]
            found.append(pl.Series(values, dtype=pl.String))
    return found


@TABLES
@given(records=st.lists(COMPANY | PERSON, min_size=1, max_size=40))
def test_output_is_lawful_and_no_cluster_contradicts_itself(records: list[Record]) -> None:
    table = _cleaned(_numbered(records))
    assert len(_valid_ids(table)) == 2
    _require_lawful(match_records(table), table)


@TABLES
@given(records=ONE_FIRM, auto=st.sampled_from([0.5, 0.7, 0.9]))
def test_no_threshold_unites_what_contradicts_itself(records: list[Record], auto: float) -> None:
    table = _cleaned(_numbered([*BETWEEN, *records, *CROWD]))
    found = match_records(table, thresholds=Thresholds(auto, 0.0))
    assert found.clusters.height > 1  # else it says nothing
    _require_lawful(found, table)


@TABLES
@given(records=ONE_FIRM | st.lists(COMPANY | PERSON, min_size=2, max_size=40), seed=st.integers(0, 10))
def test_the_order_of_rows_changes_nothing(records: list[Record], seed: int) -> None:
    records = [*BETWEEN, *records, *CROWD]
    numbered = _numbered(records)
    shuffled = random.Random(seed).sample(numbered, len(numbered))
    content = {record["record_id"]: repr(records[at]) for at, record in enumerate(numbered)}
    ahead, again = (_contents(match_records(_cleaned(rows)), content) for rows in (numbered, shuffled))
    assert ahead[0] == again[0]
    assert ahead[1] == again[1]


def test_threads_and_hash_seeds_change_nothing(tmp_path: Path) -> None:
    draw = random.Random(7)
    lines = [",".join(COLUMNS)]
    for at in range(300):
        name, (first, last), place = draw.choice(COMPANIES), draw.choice(PEOPLE), draw.choice(PLACES)
        person = (first, last) if draw.random() < 0.5 else ("", "")
        rest = (draw.choice(("", *PHONES)), draw.choice(("", *MAILS)), draw.choice(("", *VAT_IDS)), "")
        lines.append(",".join((f"r{at}", f"{name} {at % 40}", *person, *place, *rest)))
    export = tmp_path / "export.csv"
    export.write_text("\n".join(lines) + "\n", "utf-8")
    outputs = []
    for threads in ("1", "2"):
        out = tmp_path / threads
        command = [
            sys.executable,
            "-m",
            "crmclean",
            "dedupe",
            str(export),
            "-o",
            str(out),
            "-q",
            "--as-of",
            "2026-01-31",
        ]
        environment = {**os.environ, "POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": threads}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        outputs.append({file.name: file.read_bytes() for file in sorted(out.iterdir())})
    assert outputs[0] == outputs[1]
    assert len(pl.read_csv(tmp_path / "1" / "pairs.csv")) > 50
