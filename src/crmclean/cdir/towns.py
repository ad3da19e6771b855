"""How large towns are: a directory of few companies can't know that half the country has a branch in the capital."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from crmclean.core.registry import FIELDS
from crmclean.fields._places import EMBEDDED, codes_of

_UMLAUT = re.compile(r"([aou])e")  # as the facet ``city`` of ``comparers.address`` has it


@cache
def shares() -> Mapping[str, float]:
    """Share of its country's postal codes that a town has, 0..1, by the value of the facet ``city``.

    Large towns have many codes (GeoNames, see NOTICE): a fair measure of how many companies sit there. The largest
    share counts where towns of several countries are called alike.
    """
    found: dict[str, float] = {}
    key = FIELDS["city"].key
    for country in EMBEDDED:
        codes = codes_of(country)
        named = Counter(names.partition("|")[0] for names in codes.values())
        for name, n in named.items():
            town = _UMLAUT.sub(r"\1", (key(name) or "").replace(" ", ""))
            found[town] = max(found.get(town, 0.0), n / len(codes))
    return found
