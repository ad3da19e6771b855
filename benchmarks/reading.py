"""How safely text tables are read: Pollock's polluted files, real messy files, encodings, speed.

Run with ``.venv/bin/python -m benchmarks.reading [pollock] [survey] [real] [encodings] [speed]`` (all without an
argument). Takes the files from the folder named by ``CRMCLEAN_DATA`` (default ``../shared/data``) and says so where
it is missing. Nothing here is part of a test.
"""

from __future__ import annotations

import csv
import io
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benchmarks._data import DATA
from crmclean.core.codes import Severity
from crmclean.core.errors import CrmCleanError
from crmclean.plugins import ReadOptions
from crmclean.readers.csv import READER
from crmclean.table import FileFacts, Table

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a loader made of a file: ``rows`` with the header first, or ``None`` when it refused."""

    rows: Rows | None
    is_flagged: bool
    why: str


def read(path: Path, **told: str) -> Table:
    """Reads with crmclean."""
    data = path.read_bytes()
    file = FileFacts(path.name, "csv", "", len(data), "", {})
    return READER.read(data, file, ReadOptions(**told))  # type: ignore[arg-type]


def by_crmclean(path: Path) -> Outcome:
    """crmclean without being told anything."""
    try:
        table = read(path)
    except CrmCleanError as error:
        return Outcome(None, True, error.code)
    codes = Counter(reject.code for reject in table.rejects)
    codes.update(note.code for note in table.notes if note.severity is not Severity.INFO)
    rows = [list(table.labels), *map(list, table.frame.iter_rows())]
    return Outcome(rows, bool(codes), "+".join(sorted(codes)))


def by_polars(path: Path) -> Outcome:
    """polars' ``read_csv``, all text."""
    try:
        frame = pl.read_csv(path, has_header=False, infer_schema=False, empty_string_is_null=False, glob=False)
    except (pl.exceptions.PolarsError, OSError, UnicodeError) as error:
        return Outcome(None, True, type(error).__name__)
    return Outcome([[cell or "" for cell in row] for row in frame.iter_rows()], False, "")


def by_duckdb(path: Path) -> Outcome:
    """DuckDB's sniffer, all text."""
    import duckdb  # type: ignore[import-not-found,unused-ignore]  # optional, not a dependency

    try:
        rows = duckdb.sql(f"select * from read_csv('{path}', all_varchar=true, header=false)").fetchall()  # noqa: S608
    except duckdb.Error as error:
        return Outcome(None, True, type(error).__name__)
    return Outcome([[cell or "" for cell in row] for row in rows], False, "")


def loaders() -> dict[str, Callable[[Path], Outcome]]:
    """The loaders that are installed."""
    found: dict[str, Callable[[Path], Outcome]] = {"crmclean": by_crmclean, "polars": by_polars}
    try:
        import duckdb  # noqa: F401
    except ImportError:
        print("(DuckDB is not installed: left out)")
    else:
        found["duckdb"] = by_duckdb
    return found


def truth_of(path: Path) -> Rows:
    """The expected table; the header of several lines is joined by blanks there."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def judge(outcome: Outcome, truth: Rows) -> str:
    """``exact``, ``flagged``, ``refused`` or ``SILENT``."""
    if outcome.rows is None:
        return "refused"
    if outcome.is_flagged:
        return "flagged"
    return "exact" if outcome.rows == truth else "SILENT"


def pollock(folder: Path, title: str) -> None:
    """Per file: exact, flagged, refused or silently wrong; and the share of records read right."""
    files = sorted((folder / "csv").iterdir())
    print(f"\n{title}: {len(files)} files")
    print(
        f"{'':10} {'exact':>6} {'flagged':>8} {'refused':>8} {'SILENT':>7} {'records right':>14} {'of files read':>14}"
    )
    groups: dict[str, dict[tuple[str, str], list[str]]] = {}
    for name, load in loaders().items():
        verdicts: Counter[str] = Counter()
        n_right = n_records = n_read = 0
        grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path in files:
            clean = folder / "clean" / path.name
            truth = truth_of(clean) if clean.exists() else []
            outcome = load(path)
            verdict = judge(outcome, truth)
            verdicts[verdict] += 1
            grouped[verdict, outcome.why].append(path.name)
            right = Counter(map(tuple, truth[1:])) & Counter(map(tuple, outcome.rows or []))
            n_right += right.total()
            n_records += max(len(truth) - 1, 0)
            n_read += max(len(truth) - 1, 0) if outcome.rows is not None else 0
        groups[name] = grouped
        counts = " ".join(f"{verdicts[key]:>{width}}" for key, width in (("exact", 6), ("flagged", 8), ("refused", 8)))
        shares = f"{n_right / n_records:>14.2%} {n_right / max(n_read, 1):>14.2%}"
        print(f"{name:10} {counts} {verdicts['SILENT']:>7} {shares}")
    for (verdict, why), names in sorted(groups["crmclean"].items(), key=lambda item: -len(item[1])):
        if verdict != "exact":
            print(f"  {verdict:8} {len(names):5}  {why:40.40} e.g. {names[0]}")


def real_files(folder: Path) -> Iterator[Path]:
    """Every text table of a data set, unpacked if need be."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in {".csv", ".tsv", ".txt"} and path.name != "SOURCE.txt":
            yield path


def unpack(archive: Path, folder: Path) -> None:
    """An archive of the data folder."""
    shutil.unpack_archive(archive, folder, filter="data" if ".tar" in archive.name else None)


def real(scratch: Path) -> None:
    """No crash on real files; what was refused or quarantined, grouped."""
    sets = ["messy-crm-exports", "messy-csvkit", "messy-frictionless", "messy-qsv"]
    sets += ["dir-datenanfragen", "dir-at-organisations", "dir-ch-zefix-sample", "dup-dedupe-childcare"]
    columns = f"{'files':>6} {'clean':>6} {'flagged':>8} {'refused':>8} {'crashed':>8} {'records':>8}"
    print(f"\nreal files\n{'set':24} {columns}")
    for name in sets:
        folder = DATA / name
        archive = folder / "files.zip"
        if archive.exists():
            unpack(archive, scratch / name)
            folder = scratch / name
        counts: Counter[str] = Counter()
        why: Counter[str] = Counter()
        n_records = 0
        for path in real_files(folder):
            counts["files"] += 1
            try:
                outcome = by_crmclean(path)
            except Exception as error:  # noqa: BLE001 - a crash is what is counted here
                counts["crashed"] += 1
                why[f"CRASH {type(error).__name__} {path.name}"] += 1
                continue
            kind = "refused" if outcome.rows is None else "flagged" if outcome.is_flagged else "clean"
            counts[kind] += 1
            n_records += len(outcome.rows or [1]) - 1
            if outcome.why:
                why[f"{kind} {outcome.why}"] += 1
        cells = " ".join(f"{counts[k]:>{w}}" for k, w in (("files", 6), ("clean", 6), ("flagged", 8), ("refused", 8)))
        print(f"{name:24} {cells} {counts['crashed']:>8} {n_records:>8}")
        for reason, count in why.most_common(8):
            print(f"    {count:4} {reason}")


LANGUAGES = {
    "de": "Müller Söhne Großhandel Köln Straße Jäger Äpfel Österreich Übung Bäckerei Grün Weiß Schröder Fürth",
    "fr": "Genève Hélène François Châteauroux élève forêt Besançon près société générale où naïve Angoulême Lœwe",
    "es": "Muñoz España José María Peña González niño Málaga Iñaki Logroño teléfono Sánchez Núñez año señor",
    "pl": "Łódź Kraków Gdańsk Poznań Świętokrzyska Wałęsa Częstochowa Żeromski ulica Źródło spółka miesiąc",
    "cs": "Dvořák Plzeň Přemysl Škoda Žižkov Třebíč náměstí Ústí společnost Růžičková Vítězná Děčín účet",
    "it": "città società Perché Nicolò Forlì Cefalù università qualità più così attività Mondovì Niccolò",
    "ru": "Москва улица Общество Петров Санкт Петербург телефон адрес компания город",
}
ENCODINGS = {
    "de": ["utf-8", "cp1252", "iso8859-15", "cp850", "mac_roman", "utf-16"],
    "fr": ["utf-8", "cp1252", "iso8859-15", "cp850", "mac_roman"],
    "es": ["utf-8", "cp1252", "iso8859-15", "cp850", "mac_roman"],
    "pl": ["utf-8", "cp1250", "iso8859-2"],
    "cs": ["utf-8", "cp1250", "iso8859-2"],
    "it": ["utf-8", "cp1252", "cp850", "mac_roman"],
    "ru": ["utf-8", "cp1251", "koi8-r"],
}


def encodings() -> None:
    """Right, asked or wrong, over languages, encodings, sizes and how rare the accents are."""
    total: Counter[str] = Counter()
    print("\nencodings (synthetic words)")
    for language, words in LANGUAGES.items():
        for encoding in ENCODINGS[language]:
            counts: Counter[str] = Counter()
            for n_rows in (2, 5, 50, 500):
                for every in (1, 3, 20):
                    for shift in range(4):
                        verdict = _encoding_case(words.split(), encoding, n_rows, every, shift)
                        counts[verdict] += 1
            total.update(counts)
            print(f"  {language} {encoding:12} {_shown(counts)}")
    print(f"  all             {_shown(total)}")


def _shown(counts: Counter[str]) -> str:
    return f"right {counts['right']:3} asked {counts['asked']:3} WRONG {counts['wrong']:3}"


def _encoding_case(words: list[str], encoding: str, n_rows: int, every: int, shift: int) -> str:
    rows = [["id", "name", "note"]]
    for row in range(n_rows):
        special = words[(row + shift * 3) % len(words)] if row % every == 0 else "Firma"
        rows.append([str(row), special, "Muster AG"])
    text = "".join(";".join(row) + "\r\n" for row in rows)
    data = text.encode(encoding, errors="ignore")
    try:
        table = READER.read(data, FileFacts("x.csv", "csv", "", len(data), "", {}), ReadOptions())
    except CrmCleanError:
        return "asked"
    expected = data.decode(encoding)
    if table.rejects:
        return "asked"
    got = "".join(";".join(row) + "\r\n" for row in [table.labels, *table.frame.iter_rows()])
    return "right" if got == expected else "wrong"


def speed(size_mb: int = 250) -> None:
    """CPU of reading against polars' ``read_csv`` of the same file, both all text."""
    cells = [f"Muster {i} GmbH" if i % 3 else f'"Straße ""{i}""; Haus {i}"' for i in range(27)]
    header, row = ";".join(f"Spalte {i}" for i in range(27)), ";".join(cells)
    n_rows = size_mb * 1_000_000 // len(row.encode())
    for name, every in (("clean", 0), ("every 10th record of 3 lines", 10), ("every record of 3 lines", 1)):
        body = [row if not every or i % every else row.replace("Haus 3", "Haus\r\n3\n") for i in range(n_rows)]
        _race(name, "\r\n".join([header, *body, ""]).encode())
        body[5000::10_000] = [line + ';"stray' for line in body[5000::10_000]]
        _race(f"{name}, damaged", "\r\n".join([header, *body, ""]).encode())


def _race(name: str, data: bytes) -> None:
    start = time.process_time()
    table = READER.read(data, FileFacts("x.csv", "csv", "", len(data), "", {}), ReadOptions())
    ours = time.process_time() - start
    n_read, n_rejects = table.frame.height, len(table.rejects)
    del table
    start = time.process_time()
    try:
        pl.read_csv(io.BytesIO(data), separator=";", infer_schema=False, empty_string_is_null=False)
        theirs = time.process_time() - start
        shown = f"{theirs:.1f} s, ratio {ours / theirs:.1f}"
    except pl.exceptions.PolarsError:
        shown = "refuses"
    counts = f"{len(data) / 1e6:4.0f} MB {n_read:8} records {n_rejects:4} rejects"
    print(f"  {name:42} {counts}: {ours:5.1f} s CPU; polars {shown}")


def main(parts: list[str]) -> None:
    """Runs the named parts, or all."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        if not DATA.exists():
            print(f"no data folder at {DATA}: only synthetic parts are run (set CRMCLEAN_DATA)")
        if DATA.exists() and (not parts or "pollock" in parts):
            unpack(DATA / "messy-pollock/polluted.tar.xz", scratch / "pollock")
            pollock(scratch / "pollock", "Pollock, polluted")
        if DATA.exists() and (not parts or "survey" in parts):
            unpack(DATA / "messy-pollock/survey.zip", scratch / "survey")
            pollock(scratch / "survey", "Pollock, real files")
        if DATA.exists() and (not parts or "real" in parts):
            real(scratch)
        if not parts or "encodings" in parts:
            encodings()
        if not parts or "speed" in parts:
            print("\nspeed")
            speed()


if __name__ == "__main__":
    main(sys.argv[1:])
