"""A seeded register of companies of any size: names, seats, courts and numbers as a German register has them.

Nobody in it exists. Words repeat as they do in registers: a few trades stand in half of all names, family names in
many, and one name in fifty is borne by several companies.
"""

from __future__ import annotations

import csv
import gzip
import random
from importlib.resources import files
from pathlib import Path

from benchmarks.generator import LAST, SYLLABLES, TRADES

COLUMNS = ("id", "Firma", "frühere Namen", "Straße", "PLZ", "Ort", "Handelsregister", "Status", "Telefon", "Website")
_FORMS = ("GmbH", "GmbH", "GmbH", "UG (haftungsbeschränkt)", "GmbH & Co. KG", "KG", "e.K.", "AG", "e.V.")
_BEFORE = ("", "", "", "", "Gebr. ", "Dr. ")
_MORE = ("", "", "", " Verwaltungs", " Holding", " Beteiligungs", " Vertriebs", " Systeme", " Süd", " Nord")
_STREETS = (
    "Haupt Bahnhof Garten Schul Linden Berg Wald Wiesen Kirch Mühlen Ring Park Feld See Rosen Industrie"
).split()
_ENDINGS = ("straße", "straße", "straße", "weg", "platz", "gasse", "allee")
_REGISTERS = {"KG": "HRA", "e.K.": "HRA", "GmbH & Co. KG": "HRA", "e.V.": "VR"}  # the others: HRB


def places() -> list[tuple[str, str]]:
    """Postal codes and places of Germany, of the embedded table."""
    with gzip.open(str(files("crmclean.data") / "places.DE.txt.gz"), "rt", encoding="utf-8") as table:
        rows = [line.rstrip("\n").split("\t") for line in table if line.strip() and not line.startswith("#")]
    return [(row[0], row[1].split("|")[0]) for row in rows if row[0].isdigit()]


def courts() -> list[str]:
    """Names of the courts that keep a register now."""
    lines = (files("crmclean.data") / "courts.tsv").read_text("utf-8").splitlines()
    return [line.split("\t")[1] for line in lines if line.endswith("\tnow")]


def write_company_list(path: Path, n: int, seed: int = 20261122) -> None:
    """A CSV of ``n`` companies; the same for the same arguments."""
    rng = random.Random(seed)
    where, who = places(), courts()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        for number in range(n):
            writer.writerow(_company(number, rng, where, who))


def _company(number: int, rng: random.Random, where: list[tuple[str, str]], who: list[str]) -> tuple[str, ...]:
    name = _name(rng)
    former = " | ".join(_name(rng) for _ in range(rng.choice((1, 1, 2)))) if rng.random() < 0.2 else ""
    code, place = rng.choice(where)
    street = f"{rng.choice((*_STREETS, *LAST))}{rng.choice(_ENDINGS)} {rng.randrange(1, 140)}"
    # Each court counts up on its own, so that every number is given once.
    kind = next((each for form, each in _REGISTERS.items() if name.endswith(f" {form}")), "HRB")
    register = f"{who[number % len(who)]} {kind} {number // len(who) + 1000}"
    status = rng.choices(("aktiv", "in Liquidation", "gelöscht"), (80, 4, 16))[0]
    phone = f"+49 89 9{rng.randrange(10**6, 10**7)}" if rng.random() < 0.3 else ""
    site = f"www.firma-{number}.example" if rng.random() < 0.3 else ""
    return f"R{number}", name, former, street, code, place, register, status, phone, site


def _name(rng: random.Random) -> str:
    if rng.random() < 0.55:
        first = "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3)))).capitalize()
    else:
        first = rng.choice(_BEFORE) + rng.choice(LAST) + ("" if rng.random() < 0.5 else f" & {rng.choice(LAST)}")
    return f"{first} {rng.choice(TRADES)}{rng.choice(_MORE)} {rng.choice(_FORMS)}"
