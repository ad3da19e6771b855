"""What happens to real company names: legal forms found, names altered, forbidden outcomes.

    python -m benchmarks.companies

The data folder is named by ``CRMCLEAN_DATA`` (default ``../shared/data``); what is missing is skipped. Forbidden, each
counted: letters or digits of a name changed, words run together, a name cleaned twice that differs, damage written,
an empty name part, a proposal with other letters.
"""

from __future__ import annotations

import ast
import csv
import gzip
import re
import time
from collections import Counter
from pathlib import Path

from benchmarks._data import run_where_there
from crmclean.core.field import Hints, Parsed
from crmclean.core.registry import FIELDS
from crmclean.fields._legal_forms import legal_forms

_DAMAGE = re.compile(r"(?<!\w)(?:GMBH|Gmbh|Kg|Ohg|Mbb|E\.[kv]\.|Gbr|Kgaa|Ug \(|gmbh & co)(?!\w)")


def letters(name: str) -> str:
    """Letters and digits, case aside."""
    return "".join(c for c in name.casefold() if c.isalnum())


def names_of_registers(path: Path, column: str, country_column: str | None, country: str) -> None:
    """Parses every name of a directory."""
    name_of = FIELDS["company_name"]
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [
            (row[column].strip(), (row[country_column] or None) if country_column else country)
            for row in csv.DictReader(file)
            if row[column].strip()
        ]
    started = time.process_time()
    judged = [name_of.parse(name, Hints({"country": land} if land else {})) for name, land in rows]
    seconds = time.process_time() - started
    found = sum("legal_form" in parsed.parts for parsed in judged)
    altered = [(name, p.value) for (name, _), p in zip(rows, judged, strict=True) if p.value and p.value != name]
    print(f"{path.parent.name}: {len(rows)} names, {seconds / len(rows) * 1e6:.1f} µs each")
    print(f"  with a legal form: {found / len(rows):.1%}; altered: {len(altered) / len(rows):.1%}")
    kinds: Counter[tuple[str, str]] = Counter()
    for before, after in altered:
        kinds[_difference(before, after)] += 1
    for (was, now), count in kinds.most_common(25):
        print(f"    {count:6} {was!r} -> {now!r}")
    codes = Counter(parsed.code for parsed in judged)
    print("  codes:", dict(codes.most_common()))
    forms = Counter(parsed.parts.get("legal_form", "") for parsed in judged)
    print("  forms:", dict(forms.most_common(12)))
    _forbidden(rows, judged)


def word_ends(name: str, between: str) -> set[int]:
    """How many letters stand before each place that matches ``between``."""
    return {len(letters(name[: match.start() + 1])) for match in re.finditer(between, name)}


def _difference(before: str, after: str) -> tuple[str, str]:
    """What differs, in the smallest run of words."""
    old, new = before.split(" "), after.split(" ")
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return " ".join(old), " ".join(new)


def _forbidden(rows: list[tuple[str, str | None]], judged: list[Parsed]) -> None:
    name_of = FIELDS["company_name"]
    bad: Counter[str] = Counter()
    samples: dict[str, str] = {}

    def note(kind: str, name: str, value: object) -> None:
        bad[kind] += 1
        samples.setdefault(kind, f"{name!r} -> {value!r}")

    for (name, land), parsed in zip(rows, judged, strict=True):
        value, suggestion, parts = parsed.value, parsed.suggestion, parsed.parts
        if value is None:
            note("refused", name, parsed)
            continue
        if letters(value) != letters(name):
            note("letters changed", name, value)
        if not word_ends(name, r"\w(?= +\w)") <= word_ends(value, r"\w(?=\W)"):
            note("words run together", name, value)
        if suggestion and letters(suggestion) != letters(name):
            note("letters changed in a proposal", name, suggestion)
        if name_of.parse(value, Hints({"country": land} if land else {})).value != value:
            note("not stable", name, value)
        if _DAMAGE.search(value) and not _DAMAGE.search(name):
            note("damage written", name, value)
        if not parts.get("name"):
            note("empty name", name, value)
    print("  forbidden outcomes:", dict(bad) or "none")
    for sample in samples.items():
        print("   ", *sample)


def cleanco(path: Path) -> None:
    """cleanco's own cases: the base name it expects, where it is our job too (no name is ever emptied here)."""
    total = right = 0
    misses: Counter[str] = Counter()
    with (path / "clean_cases.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            group, text = row["group"], row["input_or_expected"]
            if text.startswith("["):
                name, want = ast.literal_eval(text)
            elif group.startswith("empty_result"):
                continue  # nothing but a legal form: a warning here, an empty name there
            else:
                name, want = text, "Hello World"
            if not want:
                continue
            total += 1
            got = FIELDS["company_name"].parse(name.strip(), Hints()).parts.get("name")
            if got == want:
                right += 1
            else:
                misses[group] += 1
                print(f"    {group}: {name!r} -> {got!r}, cleanco {want!r}")
    print(f"vec-companynames-cleanco: {right} of {total} base names as cleanco has them")


def check_codes(path: Path) -> None:
    """Every code of our table must be in GLEIF's list, in that country and active."""
    with path.open(encoding="utf-8-sig") as file:
        listed = {
            (row["ELF Code"], row["Country Code (ISO 3166-1)"])
            for row in csv.DictReader(file)
            if row["ELF Status ACTV/INAC"] == "ACTV"
        }
    ours = {(code, land) for forms in legal_forms().values() for form in forms for land, code in form.elf.items()}
    wrong = sorted((code, land) for code, land in ours if code and (code, land) not in listed)
    print(
        f"ref-legalforms-elf: {len([1 for code, _ in ours if code])} codes of ours, not in the list: {wrong or 'none'}"
    )


def main() -> None:
    """Runs what there is data for."""
    jobs = (
        ("ref-legalforms-elf/elf-codes-1.4.1.csv", check_codes),
        ("vec-companynames-cleanco", cleanco),
        ("dir-offeneregister/companies.csv.gz", lambda path: names_of_registers(path, "name", None, "DE")),
        (
            "dir-gleif-names/lei.csv.gz",
            lambda path: names_of_registers(path, "Entity.LegalName", "Entity.LegalAddress.Country", ""),
        ),
    )
    run_where_there(jobs)


if __name__ == "__main__":
    main()
