"""``merge`` on the command line, on real files; and undo of what it did."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from tests.cli.conftest import Command
from tests.workbooks import cells_of

from crmclean.merging.golden import PROVENANCE_SCHEMA
from crmclean.merging.old_to_new import MERGE_MAP_SCHEMA

EXPORT = '''\
Kundennummer;Firma;Straße;PLZ;Ort;Telefon;Telefon 2;USt-IdNr.;Geändert am;Notiz\r
K1;Quarzum Maschinenbau GmbH;Ahornweg 5;53111;Bonn;030 23125 101;;DE811547102;01.12.2025;"alt; ""wichtig"""\r
K2;QUARZUM-Maschinenbau GmbH;Ahornweg 5;53111;Bonn;+49 30 23125102;;DE811547101;01.02.2024;\r
\r
K3;Zirbelwerk GmbH & Co. KG;Fjordgasse 1;24103;Kiel;030 23125 300;;;05.05.2025;=1+1\r
K4;Wacholder Kranbau GmbH;Heideweg 7;10115;Berlin;030 23125 400;;DE811547128;06.06.2025;\r
'''.encode("cp1252")
CLUSTERS = "cluster_id,row,record_id,is_primary,probability\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_bytes(EXPORT)
    return path


@pytest.fixture
def found(export: Path, tmp_path: Path, crmclean: Command) -> Path:
    """The duplicates of the export: K1 and K2, as if matching had said so."""
    folder = tmp_path / "found"
    assert crmclean("dedupe", export, "-o", folder, "--country", "DE", "-q")[0] == 0
    (folder / "duplicates.csv").write_text(f"{CLUSTERS}c1,1,K1,true,0.99\nc1,2,K2,false,0.99\n")
    return folder


def merge(crmclean: Command, export: Path, found: Path, *more: str | Path) -> tuple[int, str, str]:
    return crmclean("merge", export, "--duplicates", found, "--as-of", "2026-01-31", *more)


def test_merges_says_so_and_can_be_undone(export: Path, found: Path, tmp_path: Path, crmclean: Command) -> None:
    out = tmp_path / "merged"
    code, said, told = merge(crmclean, export, found, "-o", out)
    assert (code, said) == (0, f"{out}/golden.csv\n")
    assert "4 records became 3 records: 1 cluster merged" in told
    assert "USt-IdNr." in told
    assert "DE8115" not in told
    lines = (out / "golden.csv").read_bytes().decode("cp1252").split("\r\n")
    assert lines[0] == EXPORT.decode("cp1252").split("\r\n")[0]
    assert lines[1] == (
        "K1;Quarzum Maschinenbau GmbH;Ahornweg 5;53111;Bonn;030 23125 101;+49 30 23125102;DE811547101;01.12.2025;"
        '"alt; ""wichtig"""'
    )
    assert lines[2].endswith("=1+1")
    assert pl.read_csv(out / "golden_provenance.csv").columns == list(PROVENANCE_SCHEMA)
    assert pl.read_csv(out / "merge_map.csv").columns == list(MERGE_MAP_SCHEMA)
    assert (out / "merge_map.csv").read_text().splitlines()[1].startswith("company,K1,K2,c1,")
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    back = tmp_path / "back.csv"
    assert crmclean("undo", out, "-o", back)[0] == 0
    assert back.read_bytes() == EXPORT


def test_link_marks_and_deletes_nothing(export: Path, found: Path, tmp_path: Path, crmclean: Command) -> None:
    out = tmp_path / "linked"
    code, said, told = merge(crmclean, export, found, "-o", out, "--mode", "link")
    assert (code, said) == (0, f"{out}/linked.csv\n")
    assert "nothing is deleted" in told
    lines = (out / "linked.csv").read_bytes().decode("cp1252").split("\r\n")
    assert lines[0].endswith(";Notiz;crmclean_cluster_id;crmclean_role;crmclean_duplicate_of")
    assert [line.split(";")[-3:] for line in lines[2:4]] == [["c1", "duplicate", "K1"], ["", "", ""]]
    assert not (out / "golden.csv").exists()
    back = tmp_path / "back.csv"
    assert crmclean("undo", out, "-o", back)[0] == 0
    assert back.read_bytes() == EXPORT


def test_twice_gives_the_same_bytes_and_force_replaces_the_other_mode(
    export: Path, found: Path, tmp_path: Path, crmclean: Command
) -> None:
    for name in ("one", "two"):
        assert merge(crmclean, export, found, "-o", tmp_path / name, "-q")[0] == 0
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert merge(crmclean, export, found, "-o", tmp_path / "one", "--mode", "link", "--force", "-q")[0] == 0
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == [
        "findings.csv", "linked.csv", "manifest.json", "merge_map.csv", "rejects.csv",
    ]  # fmt: skip


def test_dry_run_writes_nothing(export: Path, found: Path, tmp_path: Path, crmclean: Command) -> None:
    code, said, told = merge(crmclean, export, found, "--dry-run", "-o", tmp_path / "out")
    assert (code, said) == (0, "")
    assert "became 3" in told
    assert not (tmp_path / "out").exists()


def test_another_export_is_refused_with_what_to_type(found: Path, tmp_path: Path, crmclean: Command) -> None:
    other = tmp_path / "other.csv"
    other.write_bytes(EXPORT.replace(b"K4", b"K5"))
    code, said, told = merge(crmclean, other, found, "-o", tmp_path / "out")
    assert (code, said) == (3, "")
    assert "audit-mismatch" in told
    assert f"crmclean dedupe {other} -o {found}" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("c1,1,K1,true,1\nc1,9,K9,false,1\n", "duplicates.csv:3: audit-mismatch: there is no record of this number"),
        (
            "c1,1,K1,true,1\nc1,2,K3,false,1\n",
            "duplicates.csv:3: audit-mismatch: the record of this number has another id",
        ),
        ("c1,1,K1,true,1\nc2,1,K1,true,1\n", "a record stands in two clusters"),
        ("c1,1,K1,true,1\nc1,2,K2,true,1\n", "two surviving records"),
        ("c1,one,K1,true,1\nc1,2,K2,false,1\n", "no row number"),
    ],
)
def test_clusters_that_do_not_fit_are_refused(
    rows: str, said: str, export: Path, found: Path, tmp_path: Path, crmclean: Command
) -> None:
    (found / "duplicates.csv").write_text(CLUSTERS + rows)
    code, out, told = merge(crmclean, export, found, "-o", tmp_path / "out")
    assert (code, out) == (3, "")
    assert said in told
    assert "K9" not in told.replace(said, "")


def test_clusters_saved_by_a_german_excel_are_understood(
    export: Path, found: Path, tmp_path: Path, crmclean: Command
) -> None:
    text = f"{CLUSTERS}c1,1,K1,WAHR,0.99\nc1,2,K2,FALSCH,0.99\n".replace(",", ";").replace("0.99", "0,99")
    (found / "duplicates.csv").write_bytes(text.replace("\n", "\r\n").encode("cp1252"))
    code, _, told = merge(crmclean, export, found, "-o", tmp_path / "out")
    assert (code, "edited" in told, "became 3" in told) == (0, True, True)


def test_a_cluster_that_contradicts_itself_is_refused(
    export: Path, found: Path, tmp_path: Path, crmclean: Command
) -> None:
    (found / "duplicates.csv").write_text(f"{CLUSTERS}c1,2,K2,true,1\nc1,4,K4,false,1\n")
    out = tmp_path / "out"
    code, _, told = merge(crmclean, export, found, "-o", out)
    assert code == 1
    assert "1 cluster not merged" in told
    assert (out / "findings.csv").read_text().count("merge-veto") == 2
    assert (out / "golden.csv").read_bytes().count(b"\r\n") == 5
    assert crmclean("undo", out, "-o", tmp_path / "back.csv")[0] == 0
    assert (tmp_path / "back.csv").read_bytes() == EXPORT


def test_no_clusters_leave_all_as_it_is(export: Path, found: Path, tmp_path: Path, crmclean: Command) -> None:
    (found / "duplicates.csv").write_text(CLUSTERS)
    out = tmp_path / "out"
    code, _, told = merge(crmclean, export, found, "-o", out)
    assert code == 0
    assert "4 records became 4 records" in told
    assert (out / "golden_provenance.csv").read_text().count("\n") == 1
    assert crmclean("undo", out, "-o", tmp_path / "back.csv")[0] == 0
    assert (tmp_path / "back.csv").read_bytes() == EXPORT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[merge]\n\n[merge.fields]\nNotiz = "longst"\n', "c.toml:4: config-error: there is no rule 'longst'. Hint: "),
        ('[merge]\nmode = "delete"\n', "c.toml:2: config-error: there is no mode"),
        ('[merge.fields]\nOrtt = "longest"\n', "c.toml:2: config-error: there is neither a column nor a field 'Ortt'"),
        ('[merge]\nsource_column = "Quelle"\n', "c.toml:2: config-error: there is neither a column"),
        ('[merge.fields]\nNotiz = "source:A>B"\n', "c.toml:2: config-error: source needs its order"),
        ('[merge.fields]\nemail_opt_out = "longest"\n', "c.toml:2: config-error: email_opt_out is not to be chosen"),
        ('[merge]\nmod = "merge"\n', "c.toml:2: config-error: unknown key 'mod'. Hint: did you mean 'mode'?"),
    ],
)  # fmt: skip
def test_wrong_configuration_names_file_line_and_the_nearest_name(
    text: str, said: str, export: Path, found: Path, tmp_path: Path, crmclean: Command
) -> None:
    config = tmp_path / "c.toml"
    config.write_text(text)
    code, out, told = merge(crmclean, export, found, "-o", tmp_path / "out", "--config", config)
    assert (code, out) == (4, "")
    assert said in told
    assert not (tmp_path / "out").exists()


def test_rules_of_the_configuration_decide(export: Path, found: Path, tmp_path: Path, crmclean: Command) -> None:
    config = tmp_path / "c.toml"
    config.write_text('[merge]\nmode = "merge"\n\n[merge.fields]\nFirma = "longest"\nvat_id = "primary"\n')
    out = tmp_path / "out"
    assert merge(crmclean, export, found, "-o", out, "--config", config)[0] == 0
    first = (out / "golden.csv").read_bytes().decode("cp1252").split("\r\n")[1]
    assert "DE811547102" in first


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("-o", "out", "--for", "salesfroce"), 2, "did you mean 'salesforce'?"),
        (("-o", "out", "--mode", "delete"), 2, "merge or link"),
        ((), 2, "the folder for the outputs is missing"),
    ],
)
def test_usage(options: tuple[str, ...], code: int, said: str, export: Path, found: Path, crmclean: Command) -> None:
    got, out, told = merge(crmclean, export, found, *options)
    assert (got, out) == (code, "")
    assert said in told


def test_the_folder_of_the_duplicates_is_no_place_for_the_merge(export: Path, found: Path, crmclean: Command) -> None:
    code, _, told = merge(crmclean, export, found, "-o", found)
    assert code == 2
    assert "same-file" in told


def test_undo_sees_an_edited_golden_record(export: Path, found: Path, tmp_path: Path, crmclean: Command) -> None:
    out = tmp_path / "out"
    assert merge(crmclean, export, found, "-o", out, "-q")[0] == 0
    golden = out / "golden.csv"
    golden.write_bytes(golden.read_bytes().replace(b"Berlin", b"Bremen"))
    code, _, told = crmclean("undo", out, "-o", tmp_path / "back.csv")
    assert (code, "audit-mismatch" in told) == (3, True)


@pytest.mark.parametrize("suffix", ["xlsx", "jsonl", "parquet", "csv.gz"])
@pytest.mark.parametrize("mode", ["merge", "link"])
def test_other_formats_merge_and_come_back(suffix: str, mode: str, tmp_path: Path, crmclean: Command) -> None:
    export = tmp_path / f"export.{suffix}"
    frame = pl.DataFrame(
        {
            "Kundennr": ["K1", "K2", "K3", "K4"],
            "Ort": [None, "Bonn", "Kiel", "Bonn"],
            "Umsatz": [1000.5, 2.25, 3.0, None],
            "Notiz": ["", "a", None, "b"],
        }
    )
    if suffix == "xlsx":
        frame.write_excel(export)
    elif suffix == "jsonl":
        frame.write_ndjson(export)
    elif suffix == "parquet":
        frame.write_parquet(export)
    else:
        import gzip

        export.write_bytes(gzip.compress(frame.write_csv(separator=";").encode(), mtime=0))
    folder, out, back = tmp_path / "found", tmp_path / "out", tmp_path / f"back.{suffix}"
    assert crmclean("dedupe", export, "-o", folder, "-q")[0] == 0
    (folder / "duplicates.csv").write_text(f"{CLUSTERS}c1,1,K1,true,1\nc1,2,K2,false,1\nc1,4,K4,false,1\n")
    assert merge(crmclean, export, folder, "-o", out, "--mode", mode, "-q")[0] == 0
    assert crmclean("undo", out, "-o", back, "-q")[0] == 0
    if suffix == "xlsx":
        assert cells_of(back.read_bytes()) == cells_of(export.read_bytes())
    elif suffix == "parquet":
        assert pl.read_parquet(back).equals(frame)
    elif suffix == "jsonl":
        assert back.read_bytes() == export.read_bytes()
    else:
        import gzip

        assert gzip.decompress(back.read_bytes()) == gzip.decompress(export.read_bytes())


def test_the_manifest_says_what_was_done(export: Path, found: Path, tmp_path: Path, crmclean: Command) -> None:
    assert merge(crmclean, export, found, "-o", tmp_path / "out", "-q")[0] == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["command"] == "merge"
    assert manifest["merge"] == {"mode": "merge", "clusters": 1, "records": 2, "golden": 3}


def test_the_cleaned_file_of_a_run_is_understood(export: Path, found: Path, tmp_path: Path, crmclean: Command) -> None:
    manifest = json.loads((found / "manifest.json").read_text())
    assert manifest["inputs"][0]["name"] == export.name
    again = tmp_path / "renamed.csv"
    again.write_bytes(EXPORT)
    assert merge(crmclean, again, found, "-o", tmp_path / "out", "-q")[0] == 0


def test_row_numbers_never_stand_for_ids_in_the_files_of_a_crm(tmp_path: Path, crmclean: Command) -> None:
    rows = "".join(
        f"{name};Ahornweg {n};53111;Bonn;030 23125 10{n}\n" for name, n in (("Adler GmbH", 1), ("Bär AG", 2))
    )
    (tmp_path / "e.csv").write_text("Firma;Straße;PLZ;Ort;Telefon\n" + rows * 2, "utf-8")
    assert crmclean("dedupe", tmp_path / "e.csv", "-o", tmp_path / "d", "--country", "DE")[0] == 0
    code, _, said = crmclean(
        "merge", tmp_path / "e.csv", "--duplicates", tmp_path / "d", "-o", tmp_path / "m", "--for", "pipedrive"
    )
    assert (code, "the records have no ids of their own" in said) == (0, True)
    assert not [path.name for path in (tmp_path / "m").iterdir() if "pipedrive" in path.name]


def test_a_damaged_list_of_pairs_is_refused(tmp_path: Path, crmclean: Command) -> None:
    (tmp_path / "e.csv").write_text("Nr;Firma\n1;Adler GmbH\n2;Adler GmbH\n", "utf-8")
    crmclean("dedupe", tmp_path / "e.csv", "-o", tmp_path / "d")
    (tmp_path / "d" / "pairs.csv").write_text("xx\n", "utf-8")
    code, _, said = crmclean("merge", tmp_path / "e.csv", "--duplicates", tmp_path / "d", "-o", tmp_path / "m")
    assert (code, "audit-mismatch" in said) == (3, True)
