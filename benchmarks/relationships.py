"""What relationship health adds to a report: seconds, and per cent of reading, cleaning and measuring.

    python -m benchmarks.relationships [ROWS]

The export is the generator's with columns of purchases, consent and surveys behind it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from benchmarks.generator import HEADER, record
from crmclean.config.lifecycle import LifecycleSection
from crmclean.measures.records import Records
from crmclean.measures.relationship import measure_relationship, relationship_records
from crmclean.pipeline import Settings, prepare, summarise

AS_OF = date(2026, 6, 30)
MORE = (
    ";Erster Kauf;Letzter Kauf;Anzahl Käufe;Umsatz mit Kunde;Kundenwert;NPS;CSAT;CES;Kundenstatus;Einwilligung Telefon"
)


def _more(rng: random.Random) -> list[str]:
    if rng.random() < 0.3:
        return ["", "", "0", "", "", "", "", "", rng.choice(("Interessent", "Lead", "offen")), ""]
    first = date(2018, 1, 1) + timedelta(days=rng.randrange(3000))
    last = first + timedelta(days=rng.randrange(max((AS_OF - first).days, 1)))
    value = round(rng.paretovariate(1.2) * 100, 2)
    answers = (
        (str(rng.randint(0, 10)), str(rng.randint(1, 5)), str(rng.randint(1, 7))) if rng.random() < 0.3 else [""] * 3
    )
    days = (f"{first:%d.%m.%Y}", f"{last:%d.%m.%Y}")
    status = rng.choice(("Kunde", "Stammkunde", "Ehemaliger Kunde", ""))
    amounts = (str(rng.randint(1, 40)), f"{value:.2f}".replace(".", ","), f"{3 * value:.2f}".replace(".", ","))
    return [*days, *amounts, *answers, status, rng.choice(("ja", "nein", "", ""))]


def write(n_rows: int, path: Path, seed: int = 20261122) -> None:
    """Write the export: the same seed gives the same bytes."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as sink:
        sink.write(HEADER + MORE + "\r\n")
        for number in range(1, n_rows + 1):
            sink.write(";".join([*record(rng, number), *_more(rng)]) + "\r\n")


def main(n_rows: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        write(n_rows, path)
        settings = Settings(as_of=AS_OF)
        started = time.perf_counter()
        cleaned = prepare(str(path), settings).normalised
        prepared = time.perf_counter()
        summarise(cleaned, settings)
        summarised = time.perf_counter()
        figures = measure_relationship(Records(cleaned), LifecycleSection())
        related = time.perf_counter()
        relationship_records(Records(cleaned), LifecycleSection())
        listed = time.perf_counter()
    assert figures is not None
    whole, added = summarised - started, related - summarised
    print(f"{n_rows} rows: read and clean {prepared - started:.1f} s, all measures {summarised - prepared:.1f} s")
    print(f"relationship health {added:.2f} s, {100 * added / (whole - added):.1f} % of the rest (without matching)")
    print(f"relationships.csv as a table {listed - related:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
