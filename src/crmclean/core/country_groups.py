"""Groups of countries that a rule can name as one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# EU member states by ISO code (Greece is GR here, EL only in VAT ids). Source: Treaty on European Union, 2020.
EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
EEA = EU | {"IS", "LI", "NO"}  # Source: Agreement on the European Economic Area, 1994
DACH = frozenset({"DE", "AT", "CH"})

COUNTRY_GROUPS: Mapping[str, frozenset[str]] = MappingProxyType({"EU": EU, "EEA": EEA, "DACH": DACH})
"""Name, as written in a rule, to ISO 3166-1 alpha-2 codes."""
