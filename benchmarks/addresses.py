"""How well addresses are read, on real and on labelled data, and how fast.

    python -m benchmarks.addresses [--failures N]

The data folder is taken from ``CRMCLEAN_DATA`` (default ``../shared/data`` beside the project); sets that are missing
are skipped. Nothing is tuned to rows: what fails is listed so that the reason can be seen.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import random
import re
import timeit
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks._data import DATA
from crmclean.core.field import Hints
from crmclean.core.registry import FIELDS
from crmclean.core.text import fold
from crmclean.fields._address_lines import read_address
from crmclean.fields._countries import country_code
from crmclean.fields._places import codes_of
from crmclean.fields._street import split_street

Failures = list[tuple[str, str]]  # group, description


def rows_of(name: str) -> Iterator[dict[str, Any]]:
    """Rows of a CSV (also ``.gz``) or JSON Lines file of the data folder."""
    path = DATA / name
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    yield from map(json.loads, text.splitlines()) if ".jsonl" in name else csv.DictReader(io.StringIO(text, newline=""))


def say(title: str, right: int, total: int, failures: Failures, n_shown: int) -> None:
    """One line with the share, then the failures by group."""
    print(f"{title}: {right}/{total} = {100 * right / max(total, 1):.2f} %")
    groups = Counter(group for group, _ in failures)
    for group, count in groups.most_common():
        print(f"    {count:5d}  {group}")
        for text in [text for one, text in failures if one == group][:n_shown]:
            print(f"             {text}")


def pairs(n_shown: int) -> None:
    """Real pairs of postal code and place, and the same shuffled."""
    city = FIELDS["city"]
    rows = list(rows_of("ref-plz-real-pairs/pairs.csv"))

    def reason(code: str, place: str) -> str | None:
        return city.parse(place, Hints({"country": "DE", "postal_code": code})).code

    def doubted(code: str, place: str) -> bool:
        said = reason(code, place)
        return said is not None and city.code(said).severity != "info"

    failures = [
        (str(reason(row["plz"], row["ort"])), f"{row['plz']} {row['ort']}")
        for row in rows
        if doubted(row["plz"], row["ort"])
    ]
    say("pairs accepted", len(rows) - len(failures), len(rows), failures, n_shown)
    total = sum(int(row["n"]) for row in rows)
    bad = sum(int(row["n"]) for row in rows if doubted(row["plz"], row["ort"]))
    say("pairs accepted, by addresses", total - bad, total, [], 0)
    known = [row for row in rows if row["plz"] in codes_of("DE")]
    true = {(row["plz"], row["ort"]) for row in rows}
    shuffler = random.Random(7)
    accepted = right = 0
    n_rounds = 5
    for _ in range(n_rounds):
        places = [row["ort"] for row in known]
        shuffler.shuffle(places)
        for row, place in zip(known, places, strict=True):
            if not doubted(row["plz"], place):
                accepted += 1
                right += (row["plz"], place) in true
    say("shuffled pairs accepted (known codes)", accepted, len(known) * n_rounds, [], 0)
    say("  … that are no real pair of the list", accepted - right, len(known) * n_rounds, [], 0)


def street_divider(n_shown: int) -> None:
    """German streets; cases that begin like one of its list of special streets need that list and are counted apart."""
    listed = {
        _compact(line) for line in (DATA / "vec-address-streetdivider/specialstreets.txt").read_text().splitlines()
    }
    counts: Counter[str] = Counter()
    failures: Failures = []
    for row in rows_of("vec-address-streetdivider/cases.csv"):
        needs_list = any(_compact(row["input"]).startswith(street) for street in listed if street)
        kind = "list" if needs_list else "plain"
        split = split_street(row["input"], "DE")
        wanted = (_compact(row["street"]), _compact(row["house_number"] + row["affix"]))
        got = (_compact(split.street), _compact(split.house_number + split.extra))
        counts[kind] += 1
        counts[f"{kind} right"] += wanted == got
        if wanted != got:
            failures.append((kind, f"{row['input']!r}: {wanted} wanted, {tuple(split)[:3]}"))
    say("streetdivider, all", counts["plain right"] + counts["list right"], counts["plain"] + counts["list"], [], 0)
    say("streetdivider, without its list", counts["plain right"], counts["plain"], failures, n_shown)


def _compact(text: str) -> str:
    return re.sub(r"[\s,]", "", text)


def libpostal(n_shown: int) -> None:
    """Labelled free text; the German and Austrian rows, and the others for orientation."""
    names = {"road": "street", "house_number": "house_number", "postcode": "postal_code", "city": "city"}
    for title, wanted_countries in (("DE/AT", ("de", "at")), ("other", ())):
        failures: Failures = []
        total = 0
        for row in rows_of("vec-address-libpostal/parser.jsonl"):
            if bool(wanted_countries) != (row["country"] in ("de", "at")):
                continue
            total += 1
            country = {"da": "DK"}.get(row["country"], row["country"].upper())
            parts = read_address(row["input"], country).parts()
            for label, value in row["labels"]:
                if label in names and parts.get(names[label], "").lower() != value:
                    failures.append((f"{country} {label}", f"{row['input']!r}: {value!r} wanted, {parts}"))
                    break
        say(f"libpostal {title}", total - len(failures), total, failures, n_shown)


def ilib(n_shown: int) -> None:
    """Street block, place and postal code of eight countries. The street block there holds the addressee too."""
    failures: Failures = []
    counts: Counter[str] = Counter()
    for row in rows_of("vec-address-ilib/cases.jsonl"):
        wanted = row["expected"]
        address = read_address(row["input"], row["country"])
        got = {
            "street": _bag([*address.addressee, address.street, address.house_number, *address.additions]),
            "place": {fold(address.city)},
            "postcode": {fold(address.postal_code)},
        }
        expected = {
            "street": _bag([wanted.get("streetAddress", "")]),
            "place": {fold(wanted.get("locality", "")), fold(wanted.get("region", ""))},
            "postcode": {fold(re.sub(r"^[A-Z]{2}-", "", wanted.get("postalCode", "")))},
        }
        post_office = _bag([wanted.get("postOffice", "")])
        right = {
            "street": got["street"] - post_office == expected["street"],
            "place": bool(got["place"] & expected["place"]),
            "postcode": got["postcode"] == expected["postcode"],
        }
        counts.update(name for name, is_right in right.items() if is_right)
        counts["all"] += all(right.values())
        counts["n"] += 1
        for name, is_right in right.items():
            if not is_right:
                failures.append((f"{row['country']} {name}", f"{row['input']!r}: {address.parts()}"))
    for name in ("street", "place", "postcode"):
        say(f"ilib {name}", counts[name], counts["n"], [], 0)
    say("ilib all three", counts["all"], counts["n"], failures, n_shown)


def _bag(texts: list[str]) -> set[str]:
    return set(fold(" ".join(texts)).split())


def opencage(n_shown: int) -> None:
    """Written addresses back to their components: street, number, code and place where the text has them."""
    failures: Failures = []
    total = 0
    for row in rows_of("vec-address-opencage/cases.jsonl"):
        text, parts = row["expected"], row["components"]
        street = next((parts[k] for k in ("road", "street", "pedestrian", "footway") if k in parts), "")
        city = [parts[k] for k in ("city", "town", "village", "municipality", "hamlet", "county") if k in parts]
        got = read_address(text, row["country"].upper())
        checks = {
            "street": not street or street not in text or got.street == street,
            "number": parts.get("house_number", "") not in text or got.house_number == parts.get("house_number", ""),
            "code": (parts.get("postcode", "") not in text) or got.postal_code == parts.get("postcode", ""),
            "place": not any(one in text for one in city) or any(one == got.city for one in city),
        }
        total += 1
        wrong = [name for name, is_right in checks.items() if not is_right]
        if wrong:
            failures.append((f"{row['country']} {wrong[0]}", f"{text!r}: {got.parts()}"))
    say("opencage", total - len(failures), total, failures, n_shown)


def directories(n_shown: int) -> None:
    """Real addresses: share with code, place and street (or PO box) found."""
    totals: Counter[str] = Counter()
    found: Counter[str] = Counter()
    failures: Failures = []
    for row in rows_of("dir-datenanfragen/companies.csv"):
        if not row["address"]:
            continue
        country = country_code(row["address"].splitlines()[-1]) or "?"
        address = read_address(row["address"], None)
        totals[country] += 1
        if address.postal_code and address.city and (address.street or address.po_box):
            found[country] += 1
        else:
            failures.append((country, f"{row['address']!r}: {address.parts()}"))
    say("datenanfragen, code + place + street", sum(found.values()), sum(totals.values()), failures, n_shown)
    for country, count in totals.most_common(12):
        say(f"  {country}", found[country], count, [], 0)
    failures, n_full, n_right = [], 0, 0
    for row in rows_of("dir-offeneregister/companies.csv.gz"):
        text = row["registered_address"]
        if not re.search(r"\d{5}", text or ""):
            continue
        n_full += 1
        parsed = FIELDS["full_address"].parse(text, Hints({"country": "DE"}))
        parts = parsed.parts
        if parts.get("postal_code") and parts.get("city") and parts.get("street") and parts.get("house_number"):
            n_right += 1
        else:
            missing = [n for n in ("postal_code", "city", "street", "house_number") if n not in parts]
            failures.append((f"no {missing[0]}", f"{text!r}: {dict(parts)}"))
    say("offeneregister, all four parts", n_right, n_full, failures, n_shown)


def speed(n_shown: int) -> None:  # noqa: ARG001 - the signature of every part
    """Microseconds per distinct value of each field."""
    samples: dict[str, list[tuple[str, Hints]]] = {"street": [], "city": [], "postal_code": [], "full_address": []}
    german = Hints({"country": "DE"})
    for row in rows_of("dir-offeneregister/companies.csv.gz"):
        address = read_address(row["registered_address"] or "", "DE")
        if address.street and address.postal_code:
            samples["full_address"].append((row["registered_address"], german))
            samples["street"].append((f"{address.street} {address.house_number}".strip(), german))
            known = {"country": "DE", "city": address.city}
            samples["postal_code"].append((address.postal_code, Hints(known)))
            samples["city"].append((address.city, Hints({"country": "DE", "postal_code": address.postal_code})))
        if len(samples["street"]) == 20_000:
            break
    samples["house_number"] = [(str(n) + suffix, german) for n in range(1, 1000) for suffix in ("", " a", "-7")]
    samples["country"] = [(name, Hints()) for name in ("Deutschland", "DE", "Österreich", "CH", "France")] * 500
    for name, values in samples.items():
        field = FIELDS[name]
        field.parse(*values[0])
        seconds = min(timeit.repeat(lambda f=field, v=values: _all(f.parse, v), number=1, repeat=3))  # type: ignore[misc]
        print(f"speed {name}: {1e6 * seconds / len(values):.1f} µs a value ({len(values)} values)")


def _all(parse: Callable[[str, Hints], object], values: list[tuple[str, Hints]]) -> None:
    for value, hints in values:
        parse(value, hints)


def main() -> None:
    """Run every part whose data is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="examples to show per group")
    parser.add_argument("--only", default="", help="name of one part")
    arguments = parser.parse_args()
    for part in (pairs, street_divider, libpostal, ilib, opencage, directories, speed):
        if arguments.only in ("", part.__name__):
            try:
                part(arguments.failures)
            except FileNotFoundError as missing:
                print(f"{part.__name__}: skipped, no {missing.filename}")


if __name__ == "__main__":
    main()
