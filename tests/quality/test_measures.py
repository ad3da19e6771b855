"""The measures themselves, on clusters small enough to count by hand."""

from __future__ import annotations

import polars as pl
import pytest
from benchmarks._matching_measures import contradicting_merges, quality

from crmclean.measures.agreement import Truth, b_cubed, by_band, calibration_error, reliability

TRUTH = Truth(pl.Series(["a", "a", "a", "b", "b", "c"]))
CLUSTERS = pl.Series([0, 0, 2, 3, 3, 3])  # one of three pairs of a, the pair of b, and c with b twice


def test_pairs_are_counted_once() -> None:
    assert TRUTH.n_pairs() == TRUTH.true_pairs().height == 4
    assert quality(CLUSTERS, TRUTH) == pytest.approx({"p": 2 / 4, "r": 2 / 4, "f1": 0.5})


def test_nothing_found_is_precise_and_useless() -> None:
    assert quality(pl.Series(range(6)), TRUTH) == {"p": 1.0, "r": 0.0, "f1": 0.0}


def test_of_two_files_only_pairs_across_count() -> None:
    linked = Truth(TRUTH.entity, pl.Series([True, False, False, True, True, False]))
    assert linked.n_pairs() == linked.true_pairs().height == 2
    assert quality(CLUSTERS, linked) == pytest.approx({"p": 1 / 3, "r": 1 / 2, "f1": 0.4})


def test_b_cubed_is_the_mean_over_records() -> None:
    p, r = (1 + 1 + 1 + 2 / 3 + 2 / 3 + 1 / 3) / 6, (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6
    assert b_cubed(CLUSTERS, TRUTH).f1 == pytest.approx(2 * p * r / (p + r))


def test_bands_and_bins_say_how_many_pairs_are_right() -> None:
    pairs = pl.DataFrame(
        {"a": [0, 0, 3, 4], "b": [1, 3, 4, 5], "probability": [0.995, 0.4, 0.992, 0.7]},
        schema_overrides={"a": pl.UInt32, "b": pl.UInt32},
    ).with_columns(band=pl.Series(["auto", None, "auto", "review"]))
    labelled = TRUTH.labelled(pairs)
    assert by_band(labelled) == {"auto": {"n": 2, "p": 1.0}, "review": {"n": 1, "p": 0.0}}
    curve = reliability(labelled)
    assert [(each["n"], each["right"]) for each in curve] == [(1, 0.0), (1, 0.0), (2, 1.0)]
    assert calibration_error(curve) == pytest.approx((0.4 + 0.7 + 2 * (1 - 0.9935)) / 4)


def test_two_ids_of_one_scheme_in_a_cluster_are_seen() -> None:
    ids = {"vat_id": pl.Series(["x", None, None, "y", "z", "y"]), "lei": pl.Series([None, "l", "m", None, None, None])}
    assert contradicting_merges(CLUSTERS, ids) == 1
    assert contradicting_merges(CLUSTERS, {}) == 0
