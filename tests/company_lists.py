"""Lists of made-up companies, and directories built from them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crmclean.cdir.local import LocalDirectory
from crmclean.matching.given import wanted
from crmclean.pipeline.directory_building import Built, build_directory
from crmclean.pipeline.settings import Settings

AS_OF = date(2026, 11, 22)
TOML = """\
file = "{file}"
name = "{name}"
title = "List {name}"
licence = "made up"
date = "{date}"
country = "DE"

[columns]
id = ""
status = ""
former = ""
parent = ""
successor = ""

[facts]
{facts}
"""
FACTS = {
    "id": "id",
    "status": "status",
    "former": "former_names",
    "parent": "parent_id",
    "successor": "successor_id",
    "checked": "last_checked",
}
# As a register has them; streets, names and numbers are made up.
REGISTER: tuple[Mapping[str, str], ...] = (
    {"id": "1", "Firma": "Adler Bau GmbH", "Straße": "Musterstraße 5", "PLZ": "10115", "Ort": "Berlin",
     "Handelsregister": "Berlin (Charlottenburg) HRB 1001", "status": "aktiv",
     "former": "Adler Hochbau GmbH | Habicht GmbH"},
    {"id": "2", "Firma": "Adler Bau GmbH", "Straße": "Gartenweg 1", "PLZ": "80331", "Ort": "München",
     "Handelsregister": "München HRB 2002", "status": "aktiv", "former": ""},
    {"id": "3", "Firma": "Zeisig Metallwaren KG", "Straße": "Ringallee 12", "PLZ": "20095", "Ort": "Hamburg",
     "Handelsregister": "Hamburg HRA 3003", "status": "gelöscht", "former": ""},
    {"id": "4", "Firma": "Kranich Logistik AG", "Straße": "Hafenstraße 9", "PLZ": "28195", "Ort": "Bremen",
     "Handelsregister": "Bremen HRB 4004", "status": "in Liquidation", "former": ""},
    {"id": "5", "Firma": "Sperling & Söhne OHG", "Straße": "Kirchplatz 3", "PLZ": "50667", "Ort": "Köln",
     "Handelsregister": "Köln HRA 5005", "status": "aktiv", "former": ""},
)  # fmt: skip


def write_list(
    folder: Path, rows: Sequence[Mapping[str, str]], name: str = "register", day: str = "2026-11-01"
) -> Path:
    """A list and the TOML that describes it; returns the TOML."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows(rows)
    facts = "\n".join(f'{fact} = "{column}"' for column, fact in FACTS.items() if column in columns)
    text = TOML.format(file=f"{name}.csv", name=name, date=day, facts=facts)
    kept = [line for line in text.splitlines() if not line.endswith('= ""') or line.split(" ")[0] in columns]
    place = folder / f"{name}.toml"
    place.write_text("\n".join(kept) + "\n", "utf-8")
    return place


def build(out: Path, *lists: Path, **options: Any) -> Built:
    """Build a directory."""
    return build_directory([str(each) for each in lists], out, Settings(as_of=AS_OF), **options)


def ask(place: Path, most: int = 5, **question: str) -> list[dict[str, Any]]:
    """The likeliest companies, with all that is known of them."""
    directory = LocalDirectory(place)
    try:
        found = directory.best(wanted([question], "DE"), most)
    finally:
        directory.close()
    return found.found.join(found.companies, on="source_id", how="left", maintain_order="left").to_dicts()
