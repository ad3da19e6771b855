"""What ``crmclean check`` with 40 rules of one's own costs beside ``crmclean clean``. The bar: 1.5 times the time.

Both run as whole processes in turn on the generator's file; compare the ratio of one run, never single times. What the
rules alone cost is told as well: check with them less check without.

    python -m benchmarks.rules [rows] [runs]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.generator import write
from benchmarks.speed import Cost, cost_of

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


def main() -> None:
    """Print the costs and their ratios."""
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    n_rows, runs = (numbers + [1_000_000, 3][len(numbers) :])[:2]
    source = Path("bench-out") / f"crm-{n_rows}.csv"
    if not source.exists():
        write(n_rows, source)
    with tempfile.TemporaryDirectory(dir=source.parent) as out:
        config = Path(out) / "crmclean.toml"
        config.write_text("".join(f"[rules.r{at}]\n{keys}\n" for at, keys in enumerate(RULES)), "utf-8")
        crmclean, judged = [sys.executable, "-m", "crmclean", "-q"], [str(source), "--as-of", "2026-01-31"]
        check = [*crmclean, "check", *judged]
        ruled = [*check, "--config", str(config)]
        commands = {
            "clean": [*crmclean, "clean", *judged, "-o", f"{out}/cleaned.csv", "--force"],
            "check": check,
            f"check, {len(RULES)} rules": ruled,
            "... as JSON": [*ruled, "--format", f"json={out}/found.json"],
        }
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                costs[name].append(cost_of(command))
    for name, seen in costs.items():
        wall = sorted(cost.wall_s / clean.wall_s for cost, clean in zip(seen, costs["clean"], strict=True))
        print(
            f"{name:16} {median(c.wall_s for c in seen):6.1f} s elapsed  {median(c.cpu_s for c in seen):6.1f} s CPU  "
            f"{max(c.peak_mb for c in seen):6.0f} MB  x clean {median(wall):.2f} ({wall[0]:.2f}-{wall[-1]:.2f})"
        )


if __name__ == "__main__":
    main()
