"""E-mail addresses: vectors of others, real directories, and speed against the library.

    python -m benchmarks emails

The data folder is named by ``CRMCLEAN_DATA`` (default ``../shared/data``); what is missing is skipped.
"""

from __future__ import annotations

import csv
import random
import time
from collections import Counter
from collections.abc import Iterator

import polars as pl
from email_validator import EmailNotValidError, validate_email

from benchmarks._data import DATA
from crmclean.core.codes import Severity
from crmclean.core.field import NO_HINTS
from crmclean.core.registry import ACCELERATORS, FIELDS

EMAIL = FIELDS["email"]
N_SPEED = 200_000
N_LIBRARY = 20_000
SYLLABLES = "al ba der fin gor hel is ka lor mun nor ost per qui ren sol tar ul ver wes zen bru dal".split()


def main() -> None:
    """All of it."""
    for part in (isemail, mailcheck, directories, speed):
        part()


def _library_accepts(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def isemail() -> None:
    """Dominic Sayers' vectors, against the truth and against email-validator, whose documented choices we share.

    It refuses on purpose what RFC 5322 allows: comments and folding blanks, obsolete syntax, quoted local parts,
    addresses in square brackets, domains without a dot, reserved ones.
    """
    path = DATA / "vec-email-isemail" / "tests.csv"
    if not path.exists():
        print("vec-email-isemail: not there, skipped")
        return
    against: Counter[str] = Counter()
    differs: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            value = row["address"].strip()
            if not value:
                continue
            accepted = EMAIL.parse(value, NO_HINTS).value is not None
            against[f"{row['category']} {'accepted' if accepted else 'refused'}"] += 1
            if accepted != _library_accepts(row["address"]):
                differs[_why(row["address"])] += 1
    print("vec-email-isemail by category:")
    for name, count in sorted(against.items()):
        print(f"   {count:4} {name}")
    print(f"   otherwise than email-validator: {differs.total()}")
    for reason, count in differs.most_common():
        print(f"   {count:4} {reason}")


def _why(address: str) -> str:
    """Why we differ from email-validator; empty-handed answers are faults."""
    if address != address.strip():
        return "blanks or line ends around it: taken off before a cell is judged"
    if address.endswith("."):
        return "closing full stop: the root of the domain name system, taken off"
    if len(address.rpartition(".")[2]) == 1:
        return "top-level domain of one letter: there is none"
    return f"UNEXPLAINED {address!r}"


def mailcheck() -> None:
    """Mailcheck's wanted suggestions; where none is wanted, none may be made."""
    path = DATA / "vec-email-mailcheck" / "typos.csv"
    if not path.exists():
        print("vec-email-mailcheck: not there, skipped")
        return
    n_right = n = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            n += 1
            parsed = EMAIL.parse(row["input"], NO_HINTS)
            got = (parsed.suggestion or "").partition("@")[2]
            is_right = got == row["suggestion"]
            n_right += is_right
            if not is_right:
                wanted = row["suggestion"] or "nothing"
                print(f"   {row['input']}: wanted {wanted}, got {got or 'nothing'} ({parsed.code})")
    print(f"vec-email-mailcheck: {n_right} of {n}")


def directories() -> None:
    """Addresses of real directories: hardly any may be called invalid or mistyped."""
    for name in ("dir-datenanfragen", "dir-at-organisations"):
        codes: Counter[str] = Counter()
        for value in _addresses(name):
            parsed = EMAIL.parse(value, NO_HINTS)
            severity = EMAIL.code(parsed.code).severity if parsed.code else None
            codes[f"{parsed.code} ({severity})" if severity not in (None, Severity.INFO) else "fine"] += 1
        if codes:
            print(f"{name}: {codes.total()} addresses, {dict(codes.most_common())}")


def _addresses(name: str) -> Iterator[str]:
    for path in sorted((DATA / name).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                value = (row.get("email") or row.get("E-Mail") or "").strip()
                if value:
                    yield value


def drawn(n: int, seed: int = 1) -> pl.DataFrame:
    """``value``: addresses of people at firms and providers, one in twenty damaged."""
    rng = random.Random(seed)

    def word(count: int) -> str:
        return "".join(rng.choice(SYLLABLES) for _ in range(count))

    values = []
    for _ in range(n):
        local = rng.choice(
            (f"{word(2)}.{word(2)}", f"{word(1)[0]}.{word(3)}", f"{word(3)}{rng.randrange(1000)}", "info")
        )
        domain = rng.choice(("gmx.de", "web.de", "gmail.com", *[f"{word(2)}-{word(2)}.de", f"{word(4)}.com"] * 4))
        value = f"{local}@{domain}"
        damage = rng.random()
        if damage < 0.05:
            value = rng.choice(
                (value.upper(), value.replace(".", ",", 1), f"{word(2)} <{value}>", f"{value}; x@{domain}")
            )
        values.append(value)
    return pl.DataFrame({"value": values})


def speed() -> None:
    """CPU seconds of the accelerator against ``validate_email`` without DNS, one by one."""
    values = drawn(N_SPEED)
    run = ACCELERATORS["email"].run
    run(drawn(1000, 2), "address")
    taken, n_handled = [], 0
    for _ in range(3):
        started = time.process_time()
        n_handled = int(run(values, "address")["handled"].sum())
        taken.append(time.process_time() - started)
    fast = sorted(taken)[1] / N_SPEED
    rows = values["value"].head(N_LIBRARY).to_list()
    started = time.process_time()
    for value in rows:
        _library_accepts(value)
    slow = (time.process_time() - started) / len(rows)
    started = time.process_time()
    for value in rows:
        EMAIL.parse(value, NO_HINTS)
    own = (time.process_time() - started) / len(rows)
    print(f"speed: {N_SPEED} values, {values['value'].n_unique() / N_SPEED:.1%} distinct, {n_handled} handled")
    print(f"   accelerator {fast * 1e6:.2f} µs, library {slow * 1e6:.1f} µs ({slow / fast:.1f} x)")
    print(f"   the field's own parse, for what is left over: {own * 1e6:.1f} µs")


if __name__ == "__main__":
    main()
