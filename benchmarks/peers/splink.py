# mypy: ignore-errors
"""Splink on DuckDB over what ``benchmarks.matching --for-peers`` wrote; needs splink, not crmclean.

    python -m benchmarks.peers.splink FILE.parquet

Set up as its documentation advises for such records, with what is known to help: company and address are one
comparison each, frequencies of names count, u by random sampling, m by expectation maximisation over several blocks;
companies and persons have a model each. Keys are capped, or one filler value would fill the memory.
"""

from __future__ import annotations

import contextlib
import logging
import math
import sys
import warnings

import duckdb
import splink.comparison_library as cl
from benchmarks.peers._scores import report
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

DEFAULT = 0.95  # the match probability its tutorials cluster at
WEIGHTS = (-4, -2, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40)
LARGEST_BLOCK = 100  # records
SEED = 1
SMALLEST = 50  # records: fewer teach nothing
_BLOCKS = (
    *(("email",), ("phone",), ("mobile",), ("identifier",), ("vat_id",), ("register_number",)),
    *(("first_name", "last_name"), ("last_name", "date_of_birth"), ("first_name", "date_of_birth")),
    *(("last_name", "postal_code"), ("first_name", "postal_code"), ("last_name", "city"), ("last_name", "street")),
    *(("first_name", "street"), ("date_of_birth", "postal_code"), ("date_of_birth", "city"), ("company_name",)),
    *(("company_start", "postal_code"), ("company_start", "city"), ("street", "postal_code")),
)
_SURE = (
    *(("first_name", "last_name", "date_of_birth"), ("first_name", "last_name", "postal_code")),
    *(("first_name", "last_name", "email"), ("identifier", "last_name"), ("company_name", "vat_id", "street")),
)
# Blocks by place or phone are full of colleagues and families, which would teach that matches have other names.
_TRAIN = (("email",), ("first_name", "last_name"), ("date_of_birth",))
_TRAIN_COMPANIES = (("phone",), ("street", "city"), ("company_name",))


def main() -> None:
    """Read, train, predict, and print one line of JSON."""
    warnings.simplefilter("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    connection.execute("create table records as select * from read_parquet(?)", [sys.argv[1]])
    truth = [value for (value,) in connection.execute("select truth from records order by unique_id").fetchall()]
    scored = [pair for kind in ("0", "1") for pair in _linked(connection, kind)]
    report("splink", scored, truth, math.log2(DEFAULT / (1 - DEFAULT)), WEIGHTS)


def _linked(connection: duckdb.DuckDBPyConnection, is_company: str) -> list[tuple[float, int, int]]:
    """Scored pairs of the companies or of the persons, from a model of their own."""
    some = connection.sql("select * exclude truth from records where is_company = $kind", params={"kind": is_company})
    filled = [name for name in some.columns if name != "is_company" and some.count(name).fetchall() != [(0,)]]
    if len(some) < SMALLEST or not len(filled) > 1:
        return []
    have = set(filled)
    some = some.project(", ".join(filled))
    if "company_name" in have:
        some = some.project("*, company_name[:5] as company_start")
        have.add("company_start")
    keys = {block: f"key_{at}" for at, block in enumerate(_BLOCKS) if have.issuperset(block)}
    some.project(", ".join(["*", *(f"{_capped(block)} as {key}" for block, key in keys.items())])).create(
        f"keyed_{is_company}"
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=_comparisons(have),
        blocking_rules_to_generate_predictions=[block_on(key) for key in keys.values()],
        retain_matching_columns=False,
    )
    linker = Linker(DuckDBAPI(connection).register(f"keyed_{is_company}"), settings, log_level=logging.ERROR)
    sure = [block_on(*block) for block in _SURE if have.issuperset(block) and _finds(some, block)]
    if sure:
        linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=SEED)
    for block in _TRAIN if "last_name" in have else _TRAIN_COMPANIES:
        if have.issuperset(block):
            # Where a level never occurs its training gives up; what it learned from other blocks stays.
            with contextlib.suppress(ValueError, EMTrainingException):
                linker.training.estimate_parameters_using_expectation_maximisation(block_on(*block), max_pairs=1e6)
    found = linker.inference.predict(threshold_match_weight=min(WEIGHTS)).as_duckdbpyrelation()
    pairs: list[tuple[float, int, int]] = found.project("match_weight, unique_id_l, unique_id_r").fetchall()
    return pairs


def _finds(some: duckdb.DuckDBPyRelation, block: tuple[str, ...]) -> bool:
    """Whether any two records agree in all these columns; of a rule that finds nothing it makes a chance of zero."""
    filled = some.filter(" and ".join(f"{name} is not null" for name in block))
    return any(n > 1 for (n,) in filled.aggregate("count(*)", ", ".join(block)).fetchall())


def _capped(block: tuple[str, ...]) -> str:
    """SQL of a key: null where a part is empty or too many records share it."""
    filled = " and ".join(f"{name} is not null" for name in block)
    parts, group = ", '|', ".join(block), ", ".join(block)
    return f"case when {filled} and count(*) over (partition by {group}) <= {LARGEST_BLOCK} then concat({parts}) end"


def _comparisons(have: set[str]) -> list[object]:
    """What the fields of the file allow."""
    found: list[object] = []
    found += [
        cl.NameComparison(name).configure(term_frequency_adjustments=True)
        for name in ("first_name", "last_name")
        if name in have
    ]
    if "date_of_birth" in have:
        found.append(cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y-%m-%d"))
    if "email" in have:
        found.append(cl.EmailComparison("email").configure(term_frequency_adjustments=True))
    if "company_name" in have:
        found.append(_company(have))
    if have & {"street", "postal_code", "city"}:
        found.append(_address(have))
    if phones := [name for name in ("phone", "phone_2", "mobile", "mobile_2") if name in have]:
        found.append(_phone(phones))
    for name in ("identifier", "register_number"):
        if name in have:
            found.append(cl.LevenshteinAtThresholds(name, [1, 2]))
    for name in ("house_number", "state"):
        if name in have:
            found.append(cl.ExactMatch(name))
    if "address_extra" in have:
        found.append(cl.JaroWinklerAtThresholds("address_extra", [0.9]))
    return found


def _company(have: set[str]) -> object:
    same_vat = "vat_id_l = vat_id_r" if "vat_id" in have else "false"
    likeness = "jaro_winkler_similarity(company_name_l, company_name_r)"
    return _levels(
        "company",
        "company_name_l is null or company_name_r is null",
        f"company_name_l = company_name_r and {same_vat}",
        "company_name_l = company_name_r",
        f"{likeness} >= .92",
        f"{same_vat}",
        f"{likeness} >= .8",
    )


def _address(have: set[str]) -> object:
    def same(name: str) -> str:
        return f"{name}_l = {name}_r" if name in have else "false"

    empty = [f"(coalesce({name}_l, '') = '')" for name in ("street", "postal_code", "city") if name in have]
    nothing = " and ".join(empty) + " or " + " and ".join(empty).replace("_l,", "_r,")
    place = f"({same('postal_code')} or {same('city')})"
    likeness = "jaro_winkler_similarity(street_l, street_r) >= .9" if "street" in have else "false"
    both = f"{same('postal_code')} and {same('city')}"
    return _levels(
        "address", nothing, f"{same('street')} and {place}", f"{likeness} and {place}", same("street"), both, place
    )


def _phone(columns: list[str]) -> object:
    left, right = (", ".join(f"{name}_{side}" for name in columns) for side in "lr")
    nothing = f"coalesce({left}) is null or coalesce({right}) is null"
    some = " or ".join(f"{one}_l = {other}_r" for one in columns for other in columns)
    return _levels("phone", nothing, some)


def _levels(name: str, nothing: str, *conditions: str) -> object:
    levels = [{"sql_condition": nothing, "label_for_charts": "null", "is_null_level": True}]
    levels += [{"sql_condition": each, "label_for_charts": f"level {at}"} for at, each in enumerate(conditions)]
    levels.append({"sql_condition": "ELSE", "label_for_charts": "else"})
    return cl.CustomComparison(
        output_column_name=name, comparison_levels=[x for x in levels if x["sql_condition"] != "false"]
    )


if __name__ == "__main__":
    main()
