"""Whether a record may be contacted through a channel: the most restrictive of all columns wins, unknown is not yes.

An opt-out is a wish and an opt-in a permission. Without a word from the customer advertising by e-mail, text message
or call needs consent beforehand, a letter does not, so that "no opt-out" permits letters alone.

Sources: Directive 2002/58/EC art. 13 and § 7 UWG (e-mail, text message, call); Regulation (EU) 2016/679 art. 21 (2, 3)
(a refusal ends all advertising) and art. 6 (1) f, recital 47 (letters).
"""

from __future__ import annotations

import polars as pl

from crmclean.measures.answers import NO, UNKNOWN, YES, all_of
from crmclean.measures.records import Records
from crmclean.table import Judged, Verdict

ALL_CHANNELS = "contact_opt_out"
# Channel -> fields that permit it, and fields that forbid it. A text message rings the same phone as a call.
_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "post": (("post_opt_in",), ("post_opt_out", ALL_CHANNELS)),
    "email": (("email_opt_in",), ("email_opt_out", ALL_CHANNELS)),
    "phone": (("phone_opt_in",), ("phone_opt_out", ALL_CHANNELS)),
    "sms": (("sms_opt_in",), ("sms_opt_out", "phone_opt_out", ALL_CHANNELS)),
    "web": ((), (ALL_CHANNELS,)),
    "social": ((), (ALL_CHANNELS,)),
}
_FREE_UNLESS_REFUSED = frozenset({"post"})


def may_be_contacted(records: Records, channel: str) -> tuple[pl.Series, tuple[str, ...]]:
    """The answer for each record (``UInt8`` of ``answers``), and the columns it is read from."""
    agreeing, refusing = _FIELDS[channel]
    silent = YES if channel in _FREE_UNLESS_REFUSED else None
    opt_ins = [judged for name in agreeing for judged in records.cleaned.of_field(name)]
    opt_outs = [judged for name in refusing for judged in records.cleaned.of_field(name)]
    said = [
        *(_said(judged, yes=YES, no=NO) for judged in opt_ins),
        *(_said(judged, yes=NO, no=silent) for judged in opt_outs),
    ]
    if channel in records.cleaned.suppressed:
        listed = pl.DataFrame({"listed": records.cleaned.suppressed[channel]})
        said.append(listed.select(pl.when("listed").then(pl.lit(NO)).cast(pl.UInt8).alias("said")).to_series())
    return all_of(said, records.n_rows), tuple(judged.column.name for judged in (*opt_ins, *opt_outs))


def _said(judged: Judged, *, yes: int, no: int | None) -> pl.Series:
    """What a column of ticks says; nothing where the cell is empty, unknown where nobody understands it."""
    frame = pl.DataFrame({"answer": judged.canonical, "verdict": judged.verdict})
    nothing = pl.col("verdict").is_in([int(Verdict.EMPTY), int(Verdict.PLACEHOLDER)])
    return frame.select(
        pl.when(nothing)
        .then(None)
        .when(pl.col("answer") == "yes")
        .then(pl.lit(yes))
        .when(pl.col("answer") == "no")
        .then(pl.lit(no))
        .otherwise(pl.lit(UNKNOWN))
        .cast(pl.UInt8)
        .alias("said")
    ).to_series()
