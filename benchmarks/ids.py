"""How well official numbers are judged, against python-stdnum's own cases and real registers.

    python -m benchmarks.ids

The data folder is named by ``CRMCLEAN_DATA`` (default ``../shared/data``); what is missing is skipped.
"""

from __future__ import annotations

import csv
import gzip
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks._data import run_where_there
from crmclean.core.codes import Severity
from crmclean.core.field import Hints
from crmclean.core.registry import FIELDS
from crmclean.fields.ids._register import split_register_number

# Module of python-stdnum → (our field, country of the record).
FIELD_OF = {
    "be.vat": ("vat_id", "BE"),
    "bg.vat": ("vat_id", "BG"),
    "bic": ("bic", None),
    "ch.uid": ("ch_uid", "CH"),
    "ch.vat": ("vat_id", "CH"),
    "de.handelsregisternummer": ("register_number", "DE"),
    "de.leitweg": ("leitweg_id", "DE"),
    "de.stnr": ("tax_number", "DE"),
    "ee.registrikood": ("ee_registrikood", "EE"),
    "eu.vat": ("vat_id", None),
    "fr.rcs": ("fr_rcs", "FR"),
    "fr.siren": ("fr_siren", "FR"),
    "fr.siret": ("fr_siret", "FR"),
    "fr.tva": ("vat_id", "FR"),
    "gb.utr": ("gb_utr", "GB"),
    "gb.vat": ("vat_id", "GB"),
    "iban": ("iban", None),
    "isin": ("isin", None),
    "lei": ("lei", None),
    "li.peid": ("li_peid", "LI"),
    "no.mva": ("vat_id", "NO"),
    "pl.regon": ("pl_regon", "PL"),
    "ro.onrc": ("ro_onrc", "RO"),
    "si.maticna": ("si_maticna", "SI"),
    "tr.vkn": ("tr_vkn", "TR"),
}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file, plain or gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def is_accepted(field: str, value: str, country: str | None) -> bool:
    """Whether the value is understood without a doubt (info does not count)."""
    kind = FIELDS[field]
    parsed = kind.parse(value.strip(), Hints({"country": country} if country else {}))
    return parsed.value is not None and (parsed.code is None or kind.code(parsed.code).severity is Severity.INFO)


def against_stdnum(path: Path) -> None:
    """Verdicts of python-stdnum's own doctests against ours."""
    total: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    right: Counter[str] = Counter()
    misses: list[tuple[str, str, str]] = []
    for row in rows(path):
        module = row["module"]
        total[module] += 1
        if module not in FIELD_OF:
            continue
        covered[module] += 1
        # The doctests hold escaped Python strings.
        number = row["number"].encode("latin-1", "backslashreplace").decode("unicode_escape")
        if is_accepted(FIELD_OF[module][0], number, FIELD_OF[module][1]) == (row["verdict"] == "valid"):
            right[module] += 1
        else:
            misses.append((module, row["number"], row["verdict"]))
    n_covered, n_right = sum(covered.values()), sum(right.values())
    print(f"vec-ids-stdnum: {n_right} of {n_covered} covered as expected ({n_right / n_covered:.2%})")
    print(f"  covered: {n_covered} of {total.total()} ({n_covered / total.total():.1%}); no field of ours for:")
    print("  " + ", ".join(f"{module} {n}" for module, n in total.most_common() if module not in FIELD_OF))
    for miss in misses:
        print("  miss", *miss, sep=" | ")


def against_registers(path: Path, name: str) -> None:
    """Written German register numbers against their parts."""
    n = right = 0
    wrong: Counter[str] = Counter()
    samples: dict[str, str] = {}
    started = time.process_time()
    for row in rows(path):
        if not row["native_company_number"]:
            continue
        n += 1
        found = split_register_number(row["native_company_number"])
        want = (row["registrar"], row["register_art"], row["register_nummer"])
        got = (found.court, found.kind, found.number) if found else ("", "", "")
        if got == want and found and found.known:
            right += 1
            continue
        kind = (
            "not understood"
            if found is None
            else next(
                (what for what, a, b in zip(("court", "type", "number"), got, want, strict=True) if a != b),
                "court unknown",
            )
        )
        wrong[kind] += 1
        samples.setdefault(kind, f"{row['native_company_number']} -> {got}, want {want}")
    seconds = time.process_time() - started
    print(f"{name}: {right} of {n} in the right parts ({right / n:.2%}), {seconds / n * 1e6:.1f} µs each")
    for kind, count in wrong.most_common():
        print(f"  {kind}: {count}, e.g. {samples[kind]}")


def scrambled_forms(path: Path) -> None:
    """The same numbers in other spellings CRMs hold: parts must not change."""
    forms = (
        "{art} {number}{suffix}, Amtsgericht {court}",
        "Amtsgericht {court}, {art} {number}{suffix}",
        "AG {court} {art}{number}{suffix}",
        "{art}-Nr.: {number}{suffix} ({court})",
        "{court}, {art} {number}{suffix}",
        "Registergericht: {court}; Registernummer: {art} {number}{suffix}",
        "eingetragen im Handelsregister des Amtsgerichts {court} unter {art} {number}{suffix}",
        "{art} {number}{suffix} AG {court}",
        "{art} {number}{suffix} beim Amtsgericht {court}",
    )
    n = right = 0
    misses: Counter[str] = Counter()
    for row in rows(path):
        tail = row["native_company_number"].rpartition(f"{row['register_art']} {row['register_nummer']}")[2].strip()
        for form in forms:
            n += 1
            value = form.format(
                art=row["register_art"],
                number=row["register_nummer"],
                suffix=f" {tail}" if tail else "",
                court=row["registrar"],
            )
            found = split_register_number(value)
            parts = (found.court, found.kind, found.number, found.suffix) if found else None
            if parts == (row["registrar"], row["register_art"], row["register_nummer"], tail):
                right += 1
            else:
                misses[form] += 1
                if misses[form] == 1:
                    print("  first miss:", value, parts)
    print(f"  in nine other spellings: {right} of {n} ({right / n:.2%})")
    for form, count in misses.most_common():
        print(f"    {form}: {count}")


def against_gleif(path: Path) -> None:
    """Every LEI of the directory must be right; none with two neighbours swapped may pass."""
    n = right = swapped_right = n_swapped = 0
    for row in rows(path):
        lei = row["LEI"]
        n += 1
        right += is_accepted("lei", lei, None)
        swapped = lei[:8] + lei[9] + lei[8] + lei[10:]
        if swapped != lei:
            n_swapped += 1
            swapped_right += is_accepted("lei", swapped, None)
    print(f"dir-gleif-names: {right} of {n} LEIs accepted; {swapped_right} of {n_swapped} with swapped characters")


def main() -> None:
    """Runs what there is data for."""
    jobs = (
        ("vec-ids-stdnum/numbers.csv", against_stdnum),
        ("vec-ids-handelsregister/numbers.csv", lambda path: against_registers(path, "vec-ids-handelsregister")),
        ("vec-ids-handelsregister/numbers.csv", scrambled_forms),
        ("dir-offeneregister/companies.csv.gz", lambda path: against_registers(path, "dir-offeneregister")),
        ("dir-gleif-names/lei.csv.gz", against_gleif),
    )
    run_where_there(jobs)


if __name__ == "__main__":
    main()
