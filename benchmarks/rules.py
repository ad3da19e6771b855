"""What 40 rules of one's own cost on an export, beside cleaning it.

    python -m benchmarks.rules bench-out/crm-1000000.csv

Prints seconds for reading, for cleaning (mapping, judging, findings and changes), and for the rules.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from crmclean.config.loader import load_config
from crmclean.pipeline.own_rules import with_own_rules
from crmclean.pipeline.preparing import clean_table, read_table
from crmclean.pipeline.settings import Settings

AS_OF = date(2026, 1, 31)
_KEYS = (
    'field = "vat_id"\nrequired = true\nwhen = { country = { is = "EU", not = "DE" } }',
    'field = ["email", "phone", "mobile"]\nrequired = "any"',
    'field = "last_name"\nrequired = true\nentity = "person"',
    'field = "company_name"\nrequired = true\nwhen = { vat_id = { filled = true } }',
    'field = "country"\nallowed = ["DACH", "LI", "LU"]',
    'field = "salutation"\nallowed = ["Herr", "Frau"]',
    'column = "Kundennummer"\npattern = "K[0-9]{7}"',
    'field = "email"\npattern = "[^@]+@[a-z0-9.-]+\\\\.(?:de|at|ch|com)"',
    'field = "company_name"\npattern = ".*[A-Za-zÄÖÜäöüß].*"',
    'field = "phone"\npattern = "\\\\+(?:49|43|41)[0-9]{6,12}(?:;ext=[0-9]+)?"',
    'field = "date_of_birth"\nrange = { min = 1920-01-01, max = "today" }',
    'field = "created_at"\nrange = { min = 2000-01-01, max = "today" }',
    'column = "Kundennummer"\nlength = { min = 8, max = 8 }',
    'field = "company_name"\nlength = { min = 3, max = 60 }',
    'field = "last_name"\nlength = { min = 2, max = 40 }',
    'field = "record_id"\nunique = true',
    'field = "email"\nunique = true',
    'field = ["company_name", "postal_code"]\nunique = true',
    'field = "modified_at"\nmax_age_days = 3650',
    'complete = { at_least = 0.99, purpose = "post" }',
)
# The same kinds again for a part of the records: twice as many rules, and none the same.
RULES = (
    *_KEYS,
    *(f'{keys}\nentity = "company"' if "entity" not in keys else keys.replace("person", "contact") for keys in _KEYS),
)


def measure(path: Path) -> None:
    """Print the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "crmclean.toml"
        config.write_text("".join(f"[rules.r{at}]\n{keys}\n" for at, keys in enumerate(RULES)), "utf-8")
        given = load_config(config)
    plain, ruled = Settings(as_of=AS_OF), Settings(as_of=AS_OF, config=given)
    start = time.perf_counter()
    table, _ = read_table(str(path), plain)
    read_at = time.perf_counter()
    cleaned = clean_table(table, plain)
    clean_at = time.perf_counter()
    found = with_own_rules(cleaned, ruled)
    rules_at = time.perf_counter()
    clean_s, rules_s = clean_at - read_at, rules_at - clean_at
    print(f"{table.frame.height:,} rows, {len(RULES)} rules")
    print(f"reading {read_at - start:.1f} s, cleaning {clean_s:.1f} s, rules {rules_s:.1f} s")
    print(f"rules / (reading + cleaning): {rules_s / (clean_at - start):.2f}")
    print(f"findings before {cleaned.findings.height:,}, after {found.findings.height:,}")


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
