"""How well CRMs are recognised and columns mapped. Run: ``python -m benchmarks.mapping``.

Needs the data folder of ``CRMCLEAN_DATA`` (default ``../shared/data``); parts whose data is missing are skipped.
Three measurements:

1. detection: random subsets of known header lists of CRMs: right, unknown, wrong (must be 0), and files that no CRM
   wrote (must be unknown);
2. words: column names of address books in eleven languages mapped without values;
3. files: real exports against the map a person would make.
"""

from __future__ import annotations

import csv
import json
import os
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl

from benchmarks._data import DATA
from benchmarks._mapping_expected import EXPECTED, EXPECTED_SYSTEM, FIELD_OF_VCARD, SWAPPED, SYSTEM_OF_LIST
from crmclean.mapping.detection import detect_dialect
from crmclean.mapping.vocabulary import language_names
from crmclean.plugins import ReadOptions
from crmclean.stages.map import Mapped, known_headers, map_columns
from crmclean.stages.read import read
from crmclean.table import FileFacts, Table

SUBSETS = 50  # of each header list and size
SIZES = (6, 10, 20)
SEED = 20240501


def detection(path: Path) -> None:
    """Random subsets of each header list; lists of systems without a dialect must stay unknown."""
    systems = {name: lists for name, lists in json.loads(path.read_text("utf-8")).items() if not name.startswith("_")}
    chance = random.Random(SEED)
    print("detection on random subsets of header lists (in-sample, so an upper bound)")
    for size in SIZES:
        counts: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        for name, objects in systems.items():
            expected = SYSTEM_OF_LIST.get(name, name)
            for headers in (h for languages in objects.values() for h in languages.values() if len(h) >= size):
                for _ in range(SUBSETS):
                    found = detect_dialect(chance.sample(headers, size)).name
                    verdict = "right" if found == expected else "unknown" if found == "unknown" else "wrong"
                    counts["foreign, unknown" if expected == "unknown" and verdict == "right" else verdict] += 1
                    if verdict == "wrong":
                        wrong[f"{name} as {found}"] += 1
        total = sum(counts.values()) - counts["foreign, unknown"]
        shares = ", ".join(f"{v} {counts[v]} ({100 * counts[v] / total:.1f} %)" for v in ("right", "unknown", "wrong"))
        print(f"  {size:2} columns: {shares}; lists of other systems left unknown: {counts['foreign, unknown']}")
        for pair, count in wrong.most_common(8):
            print(f"     {count:4} {pair}")


def common_words() -> None:
    """Random tables of common German or English column names: no CRM may be seen in them."""
    chance = random.Random(SEED)
    pools = [[name for found, _, name in language_names() if found == language] for language in ("de", "en")]
    for size in SIZES:
        names = Counter(detect_dialect(chance.sample(pool, size)).name for pool in pools for _ in range(20 * SUBSETS))
        print(f"  {size:2} common column names: {names['unknown']} of {sum(names.values())} random tables left unknown")


def strangers(folder: Path) -> None:
    """Files that no CRM wrote: a dialect found in them is wrong unless the file is from that system."""
    found: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.csv")):
        if path.parent.name in ("messy-crm-exports", "vec-header-names"):
            continue
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            for delimiter in ",;\t":
                lines.seek(0)
                try:
                    header = next(csv.reader(lines, delimiter=delimiter), [])
                except csv.Error:
                    continue
                name = detect_dialect(header).name
                found[name] += 1
                if name != "unknown":
                    print(f"     {path.relative_to(folder)}: {name}")
    print(f"  header lines of other files: {dict(found)}")


def words(path: Path) -> None:
    """Column names alone, one at a time in the company of the others of their language, against a common field."""
    by_language: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_language[row["locale"]].append((row["header"], row["vcard_field"]))
    print("column names of address books (no values), mapped to the right field")
    missed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for language, pairs in sorted(by_language.items()):
        mapped = _map_headers([header for header, _ in pairs])
        counts: Counter[str] = Counter()
        for (header, vcard), column in zip(pairs, mapped.columns, strict=True):
            wanted, _, group = FIELD_OF_VCARD.get(vcard, "?").partition("@")
            if wanted == "?":
                continue
            if language in SWAPPED and wanted in ("state", "country"):
                wanted = "state|country"
            right = column.field in wanted.split("|") or (wanted == "text" and column.field is None)
            counts["n"] += 1
            counts["field"] += right
            counts["group"] += right and (not group or column.group in group.split("|"))
            counts["wrong"] += not right and column.field not in (None, "text")
            if not right:
                missed[f"{language} {header!r} ({vcard}) -> {column.field}"] += 1
        total.update(counts)
        print(f"  {language}: {_shares(counts)} dialect {mapped.dialect}")
    print(f"  all:   {_shares(total)}")
    if os.environ.get("CRMCLEAN_VERBOSE"):
        for miss in sorted(missed):
            print(f"     {miss}")


def _shares(counts: Counter[str]) -> str:
    n = max(counts["n"], 1)
    field, group, wrong = (100 * counts[key] / n for key in ("field", "group", "wrong"))
    return f"{counts['n']:4} names, field {field:.1f} %, field and group {group:.1f} %, wrong field {wrong:.1f} %;"


def _map_headers(headers: list[str]) -> Mapped:
    names = [f"{header} #{index}" for index, header in enumerate(headers)]
    frame = pl.DataFrame({name: pl.Series([], dtype=pl.String) for name in names})
    return map_columns(_table(frame, headers, names))


def _table(frame: pl.DataFrame, labels: list[str], names: list[str]) -> Table:
    facts = FileFacts("benchmark", "csv", "", 0, "", {})
    return Table(frame, tuple(labels), tuple(names), pl.Series([], dtype=pl.UInt32), (), (), facts, {})


def files(folder: Path) -> None:
    """Real files against the map a person would make; the first field of ``a|b`` is the best, both are right."""
    print("real files: columns with the right field (left alone where a person would leave it alone)")
    for name, (has_header, expected) in EXPECTED.items():
        path = folder / name
        if not path.is_file():
            print(f"  {name}: not there, skipped")
            continue
        table = read(str(path), ReadOptions(has_header=has_header, known_headers=known_headers()))
        start = time.perf_counter()
        mapped = map_columns(table)
        seconds = time.perf_counter() - start
        found = [column.field or "text" for column in mapped.columns]
        wanted = list(expected.split())
        if len(wanted) != len(found):
            print(f"  {name}: {len(found)} columns, {len(wanted)} expected")
            continue
        triples = list(zip(mapped.columns, found, wanted, strict=True))
        wrong = [(c.label or c.name, got, want) for c, got, want in triples if got not in want.split("|")]
        right = len(found) - len(wrong)
        system = f"{mapped.dialect} {mapped.kind}".strip()
        print(f"  {name}: {right} of {len(found)}; {system}; {len(mapped.notes)} doubtful; {seconds:.2f} s")
        for label, got, want in wrong:
            print(f"     {label}: {got}, expected {want}")


def systems(folder: Path) -> None:
    """The CRM that wrote a file."""
    for name, expected in EXPECTED_SYSTEM.items():
        path = folder / name
        if path.is_file():
            mapped = map_columns(read(str(path), ReadOptions(known_headers=known_headers())))
            claimed = sum(column.field not in (None, "text") for column in mapped.columns)
            verdict = "right" if mapped.dialect == expected else f"wrong: {mapped.dialect}, expected {expected}"
            print(f"  {name}: system {verdict}; {claimed} of {len(mapped.columns)} columns hold a field")


def main() -> None:
    """Run all measurements the data is there for."""
    start = time.perf_counter()
    count = len(known_headers())
    print(f"known_headers: {count} names in {time.perf_counter() - start:.3f} s, fields imported on the way")
    if not DATA.is_dir():
        print(f"no data folder {DATA}: set CRMCLEAN_DATA")
        return
    detection(DATA / "crm_headers.json")
    common_words()
    strangers(DATA)
    words(DATA / "vec-header-names" / "headers.csv")
    files(DATA)
    systems(DATA)


if __name__ == "__main__":
    main()
