"""Makes ``src/crmclean/data/courts.tsv``: the German register courts with their XJustiz codes.

Court names and codes are read off the register numbers of OffeneRegister (``company_number`` starts with the code of
the court, then that of the former court). Only these pairs are taken, never a company.

    python tools/make_courts.py "$CRMCLEAN_DATA" > src/crmclean/data/courts.tsv
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

NUMBER = re.compile(r"(?P<court>.*?)(?: früher (?P<former>.*?))? (?:HRA|HRB|GnR|VR|PR|GsR) \d+(?: [A-ZÖ]{1,3})?")
HEAD = """\
# German register courts: XJustiz code, name, now (keeps a register) or former (its register moved to another court).
# Source: OffeneRegister.de / OpenCorporates (CC-BY 4.0), made by tools/make_courts.py; other spellings of the
# names are in court_aliases.tsv.
"""


def rows(folder: Path) -> Iterator[dict[str, str]]:
    """All companies of the two OffeneRegister samples."""
    with gzip.open(folder / "dir-offeneregister/companies.csv.gz", "rt", encoding="utf-8", newline="") as companies:
        yield from csv.DictReader(companies)
    with (folder / "vec-ids-handelsregister/numbers.csv").open(encoding="utf-8", newline="") as numbers:
        yield from csv.DictReader(numbers)


def courts(folder: Path) -> dict[tuple[str, str], str]:
    """``{(name, kind): code}``; a court that keeps a register is not listed as a former one."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows(folder):
        match = NUMBER.fullmatch(row["native_company_number"])
        codes = row["company_number"].split("_")
        if match is None or len(codes) != (3 if match["former"] else 2):
            continue
        seen[match["court"], "now"][codes[0]] += 1
        if match["former"]:
            seen[match["former"], "former"][codes[1]] += 1
    found = {place: codes.most_common(1)[0][0] for place, codes in seen.items()}
    return {(name, kind): code for (name, kind), code in found.items() if kind == "now" or (name, "now") not in found}


def main() -> None:
    """Writes the table to standard output, sorted by name."""
    sys.stdout.write(HEAD)
    for (name, kind), code in sorted(courts(Path(sys.argv[1])).items()):
        sys.stdout.write(f"{code}\t{re.sub(' +', ' ', name)}\t{kind}\n")


if __name__ == "__main__":
    main()
