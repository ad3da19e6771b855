"""Phone numbers: vectors of others, real directories, the plan at random, and speed against the library.

    python -m benchmarks phones

The data folder is named by ``CRMCLEAN_DATA`` (default ``../shared/data``); what is missing is skipped.
"""

from __future__ import annotations

import csv
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator

import phonenumbers
import polars as pl

from benchmarks._data import DATA
from crmclean.core.field import Hints, Parsed
from crmclean.core.registry import ACCELERATORS, FIELDS
from crmclean.expressions import judge
from crmclean.table import Verdict

PHONE = FIELDS["phone"]
E164 = phonenumbers.PhoneNumberFormat.E164
N_SPEED = 200_000
N_LIBRARY = 20_000


def main() -> None:
    """All of it."""
    for part in (telekom, examples, formats, directories, speed):
        part()


def telekom() -> None:
    """The rows of Deutsche Telekom's normalizer that know a country: expected text against canonical or untouched cell.

    Its rows with a device context know the caller's area code, which no export has.
    """
    path = DATA / "vec-phone-telekom" / "normalizer.jsonl"
    if not path.exists():
        print("vec-phone-telekom: not there, skipped")
        return
    tests: dict[str, Counter[str]] = {}
    missed = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["number"] is None:
            continue  # an empty cell is never judged
        country = _country(row["countryCode"])
        parsed = PHONE.parse(row["number"], Hints({"country": country} if country else {}))
        outcome = _outcome(row["number"], row["expectedResult"], parsed)
        tests.setdefault(row["test"], Counter())[outcome] += 1
        if outcome == "missed":
            missed.append((row["test"], row["number"], country, row["expectedResult"], parsed.value, parsed.code))
    for test, results in tests.items():
        n = results.total()
        print(f"vec-phone-telekom, {test}: {n - results['missed']} of {n} {dict(results)}")
    for miss in missed:
        if "RegionCode" in miss[0]:
            print("   missed:", *miss[1:])
    groups = Counter((test, code) for test, _, _, _, _, code in missed)
    print("   missed by test and what is said instead:", dict(groups))


def _country(code: str | None) -> str | None:
    if code and code.isdigit():
        return phonenumbers.region_code_for_country_code(int(code))
    return code if code and re.fullmatch("[A-Z]{2}", code) else None


def _outcome(number: str, expected: str, parsed: Parsed) -> str:
    """How the expected text came out, if it did.

    ``canonical``: it is the value. ``kept``: no worldwide number was expected, and the cell stays as it is.
    ``dialled, called impossible``: the same number was read and refused, as its country has none of that length.
    """
    if parsed.value is not None and PHONE.shown(parsed.value) == expected:
        return "canonical"
    if expected == re.sub(r"[^0-9*]", "", number) and (parsed.value is None or not parsed.lossless):
        return "kept"
    if parsed.code == "impossible" and parsed.parts.get("e164") == expected:
        return "dialled, called impossible"
    return "missed"


def examples() -> None:
    """An example of every type in every region: national and international form are read as the same valid number."""
    path = DATA / "vec-phone-examples" / "examples.csv"
    if not path.exists():
        print("vec-phone-examples: not there, skipped")
        return
    bad: Counter[str] = Counter()
    n_rows = n_right = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            n_rows += 1
            hints = Hints({"country": row["region"]})
            wrong = [f"{form}:{fault}" for form in ("national", "international") if (fault := _fault(row, form, hints))]
            n_right += not wrong
            for fault in wrong:
                bad[f"{fault} {row['type']}"] += 1
                if bad[f"{fault} {row['type']}"] <= 3:
                    print("  ", row["region"], row["type"], row["national"], row["e164"], fault)
    print(f"vec-phone-examples: {n_right} of {n_rows} rows as expected")
    for fault, count in bad.most_common():
        print(f"   {count:4} {fault}")


def _fault(row: dict[str, str], form: str, hints: Hints) -> str:
    parsed = PHONE.parse(row[form], hints)
    if parsed.value is None or PHONE.shown(parsed.value) != row["e164"]:
        return f"{parsed.code or 'other number'}"
    if row["valid"] == "True" and parsed.code is not None:
        return f"doubted as {parsed.code}"
    if form == "international" and PHONE.display(parsed.value, "international") != row["international"]:
        return "written otherwise"
    return ""


def formats() -> None:
    """Google's own list of ways to group German, Austrian and Swiss numbers: each grouping is read as one number."""
    folder = DATA / "vec-phone-examples"
    rng = random.Random(49)
    for path in sorted(folder.glob("metadata_*_*formats.csv")):
        code = path.name.split("_")[1]
        right: Counter[str] = Counter()
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = [cell.strip().strip('"') for cell in line.split(";")]
            groups = cells[0] if "alt" in path.name else cells[2]
            for _ in range(200 if groups else 0):
                text = f"+{code} " + re.sub(
                    "X", lambda _: rng.choice("0123456789"), groups.rstrip("*").replace("*", "")
                )
                plain = phonenumbers.parse(text, None)
                parsed = PHONE.parse(text, Hints())
                same = parsed.value is not None and PHONE.shown(parsed.value) == phonenumbers.format_number(plain, E164)
                valid = phonenumbers.is_valid_number(plain)
                right["same" if same and (parsed.code is None) == valid else f"differs ({parsed.code})"] += 1
        print(f"{path.name}: {dict(right)}")


def directories() -> None:
    """Real directories through the whole judgement: what is understood, and what is written into which cells."""
    for name, values in (("dir-datenanfragen", _datenanfragen()), ("dir-at-organisations", _austrian())):
        codes: Counter[str] = Counter()
        faults: Counter[str] = Counter()
        rows = pl.DataFrame(list(values), schema=["value", "country", "field"], orient="row")
        for (field,), part in rows.partition_by("field", as_dict=True, maintain_order=True).items():
            judged = judge(part["value"], FIELDS[str(field)], {"country": part["country"]})
            for value, row in zip(part["value"], judged.iter_rows(named=True), strict=True):
                codes[row["code"] or "understood"] += 1
                if row["written"] is None:
                    continue  # the cell stays
                faults["written"] += 1
                faults["not surely understood"] += row["verdict"] != Verdict.VALID
                faults["other digits"] += not _same_digits(re.sub(r"\D", "", value), re.sub(r"\D", "", row["written"]))
        if codes:
            print(f"{name}: {codes.total()} numbers, {dict(codes.most_common())}")
            unsure, other = faults["not surely understood"], faults["other digits"]
            print(f"   cells rewritten: {faults['written']}; without being sure: {unsure}; with other digits: {other}")


def _same_digits(before: str, after: str) -> bool:
    """Whether only a prefix was exchanged: ``00`` or the trunk zero for the calling code, a zero behind the code."""
    bare = before.removeprefix("00")
    without_zero = {bare[:at] + bare[at + 1 :] for at in range(4) if bare[at : at + 1] == "0"}
    return after == bare or after in without_zero or after[2:] == bare.removeprefix("0")


def _datenanfragen() -> Iterator[tuple[str, str | None, str]]:
    path = DATA / "dir-datenanfragen" / "companies.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for field in ("phone", "fax"):
                    if row[field]:
                        yield row[field].strip(), "DE", field


def _austrian() -> Iterator[tuple[str, str | None, str]]:
    for path in sorted((DATA / "dir-at-organisations").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column, field in (("Tel", "phone"), ("Fax", "fax")):
                    if (row.get(column) or "").strip():
                        yield row[column].strip(), "AT", field


def drawn(n: int, seed: int = 1) -> pl.DataFrame:
    """``value`` and ``country``: numbers as people in three countries write them, nearly all of them possible."""
    rng = random.Random(seed)
    plans = {
        "DE": (
            ("30", 7),
            ("89", 7),
            ("351", 7),
            ("6221", 6),
            ("7141", 6),
            ("221", 7),
            ("171", 7),
            ("1522", 7),
            ("176", 8),
        ),
        "AT": (("1", 7), ("662", 6), ("316", 6), ("664", 7), ("699", 8)),
        "CH": (("44", 7), ("31", 7), ("61", 7), ("79", 7)),
    }
    codes = {"DE": "49", "AT": "43", "CH": "41"}
    forms = (
        *("+{c} {a} {n}", "+{c} {a} {n}", "0{a} {n}", "0{a}/{n}", "0{a}-{n}", "+{c} (0){a} {n}", "00{c}{a}{n}"),
        *("0{a}{n}", "+{c}{a}{n}", "(0{a}) {n}", "0{a} / {n}", "+{c} {a} {n}-{x}", "0{a}/{n}-{x}"),
    )
    values, countries = [], []
    for _ in range(n):
        country = rng.choice(("DE",) * 7 + ("AT", "CH"))
        area, length = rng.choice(plans[country])
        number = str(rng.randrange(2, 10)) + "".join(rng.choice("0123456789") for _ in range(length - 1))
        form = rng.choice(forms[:-2] if country == "CH" or area[0] == "1" or length > 7 else forms)
        if "{x}" in form:
            number = number[:5]
        values.append(form.format(c=codes[country], a=area, n=number, x=rng.randrange(0, 100)))
        countries.append(country)
    return pl.DataFrame({"value": values, "country": countries})


def speed() -> None:
    """CPU seconds of the accelerator against parse, is_valid, E.164 and INTERNATIONAL of the library, one by one."""
    values = drawn(N_SPEED)
    run = ACCELERATORS["phone"].run
    run(drawn(1000, 2), "international")  # metadata and caches, as in the library's loop
    taken, n_handled = [], 0
    for _ in range(3):
        started = time.process_time()
        n_handled = int(run(values, "international")["handled"].sum())
        taken.append(time.process_time() - started)
    fast = sorted(taken)[1] / N_SPEED
    rows = values.head(N_LIBRARY).rows()
    _library(rows[:500])
    started = time.process_time()
    _library(rows)
    slow = (time.process_time() - started) / N_LIBRARY
    started = time.process_time()
    for value, country in rows:
        parsed = PHONE.parse(value, Hints({"country": country}))
        if parsed.value:
            PHONE.display(parsed.value, "international")
    own = (time.process_time() - started) / N_LIBRARY
    print(f"speed: {N_SPEED} values, {values['value'].n_unique()} distinct, {n_handled} handled")
    print(f"   accelerator {fast * 1e6:.2f} µs, library {slow * 1e6:.1f} µs ({slow / fast:.1f} x)")
    print(f"   the field's own parse and display, for what is left over: {own * 1e6:.1f} µs")


def _library(rows: list[tuple[str, ...]]) -> None:
    for value, country in rows:
        try:
            number = phonenumbers.parse(value, country)
        except phonenumbers.NumberParseException:
            continue
        phonenumbers.is_valid_number(number)
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


if __name__ == "__main__":
    main()
