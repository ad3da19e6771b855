"""Phone, mobile and fax numbers of a whole column at once.

Takes the plain cases: digits with blanks, brackets, dots, one slash and hyphens, with ``+``, ``00`` or the trunk
prefix of the row's country, where the number is valid. Everything else (words, several numbers, doubts) is left to
``FieldType.parse``. What is handled equals ``parse`` and ``write`` exactly; the conformance tests hold it to that.
"""

from __future__ import annotations

import polars as pl

from crmclean.accelerators._phone_plan import Plan, plan_of, plans
from crmclean.accelerators._phone_shapes import add_area, add_class, add_written
from crmclean.fields._phone_dialling import SWITCHBOARD
from crmclean.fields._phone_library import DIRECT_DIAL_CODES, TEXTABLE

# Digits with the usual signs, a plus only in front.
_PLAIN = r"^\(?\+?[0-9][0-9 ()/.\-]*[0-9]$"
# The overhead of one country's expressions is that of about so many numbers in the library.
MIN_ROWS = 16


def run(values: pl.DataFrame, style: str, purpose: str) -> pl.DataFrame:
    """See ``table.Accelerator``; ``purpose`` is ``phone``, ``mobile`` or ``fax``."""
    rows = _plain_rows(values)
    done = [_judge_region(part, region, style, purpose) for (region,), part in _by_region(rows)]
    columns = ["row", "canonical", "written", "code"]
    judged = pl.concat([part.select(columns) for part in done if part is not None] or [_nothing()])
    every = pl.DataFrame({"row": pl.arange(0, values.height, eager=True, dtype=pl.UInt32)})
    return every.join(judged, on="row", how="left", maintain_order="left").select(
        pl.col("canonical").is_not_null().alias("handled"),
        "canonical",
        "written",
        "code",
        suggestion=pl.lit(None, pl.String),
    )


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.UInt32, "canonical": pl.String, "written": pl.String, "code": pl.String})


def _plain_rows(values: pl.DataFrame) -> pl.DataFrame:
    """Rows of the plain form with ``digits``, ``region`` (whose rules hold) and ``is_national``."""
    country = pl.col("country") if "country" in values.columns else pl.lit(None, pl.String)
    codes = plans()
    main = sorted(set(codes.values()))
    with_code = f"^({'|'.join(sorted(codes, key=lambda code: (-len(code), code)))})"
    rows = (
        values.select("value", country=country)
        .with_row_index("row")
        .filter(
            pl.col("value").str.contains(_PLAIN)
            & ~pl.col("value").str.ends_with(".0")  # may be the rest of a decimal number
            & (pl.col("value").str.count_matches("/", literal=True) <= 1)
        )
        .with_columns(digits=pl.col("value").str.replace_many(list(" ()/.-+"), [""] * 7))
    )
    has_plus = pl.col("value").str.contains("+", literal=True)
    has_zeros = ~has_plus & pl.col("digits").str.starts_with("00")
    rows = rows.with_columns(
        is_national=~has_plus & ~has_zeros,
        dialled=pl.when(has_zeros).then(pl.col("digits").str.slice(2)).otherwise(pl.col("digits")),
        has_zeros=has_zeros,
    )
    code = pl.when(~pl.col("is_national")).then(pl.col("dialled").str.extract(with_code))
    rows = rows.with_columns(code=code)
    abroad = pl.col("code").replace_strict(codes, default=None, return_dtype=pl.String)
    home = pl.when(pl.col("country").is_in(main) & (pl.col("digits").str.len_bytes() >= 7)).then(pl.col("country"))
    return rows.with_columns(
        region=pl.when("is_national").then(home).otherwise(abroad),
        dialled=pl.col("dialled").str.slice(pl.col("code").str.len_bytes().fill_null(0)),
    )


def _by_region(rows: pl.DataFrame) -> list[tuple[tuple[str], pl.DataFrame]]:
    parts = rows.filter(pl.col("region").is_not_null()).partition_by("region", as_dict=True, maintain_order=True)
    return [((str(key[0]),), part) for key, part in parts.items() if part.height >= MIN_ROWS]


def _judge_region(rows: pl.DataFrame, region: str, style: str, purpose: str) -> pl.DataFrame | None:
    """The rows of one region that are valid numbers, judged and written."""
    plan = plan_of(region)
    if plan is None:
        return None
    rows = plan.add_kind(_national_numbers(rows, plan))
    rows = _with_extension(add_area(add_class(rows, plan), plan), plan)
    rows = rows.with_columns(e164=pl.concat_str([pl.lit(f"+{plan.code}"), pl.col("number")]))
    extension = pl.when(pl.col("extension") != "").then("extension")
    grown = pl.concat_str([pl.col("e164").str.head(-extension.str.len_bytes().cast(pl.Int64)), pl.lit("-"), extension])
    rows = rows.with_columns(canonical=pl.coalesce(grown, "e164"))
    if style == "keep":
        rows = rows.with_columns(written=pl.col("value"))
    elif style == "e164":
        rows = rows.with_columns(written=pl.col("e164"))
    else:
        rows = add_written(_safe_in(rows, plan, style), plan, style).filter(pl.col("written").is_not_null())
    doubt = pl.lit("not-mobile" if purpose == "mobile" else None, pl.String)
    return rows.with_columns(code=pl.when(~pl.col("kind").is_in(sorted(TEXTABLE))).then(doubt))


def _national_numbers(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Rows whose digits are surely read as the library reads them, with ``number``, the national significant number."""
    dialled = pl.col("dialled")
    starts_with_code = dialled.str.starts_with(plan.code)
    if plan.trunk == "0":
        number = dialled.str.strip_prefix("0")
        has_trunk = dialled.str.starts_with("0")
        fits = ~number.str.starts_with("0") & (~pl.col("is_national") | has_trunk)
    else:
        number = dialled
        has_trunk = pl.lit(value=False)
        fits = ~(pl.col("is_national") & starts_with_code) & ~dialled.str.starts_with("00")
        fits &= ~pl.col("value").str.contains("(0)", literal=True)
        if plan.trunk:
            fits &= ~dialled.str.starts_with(plan.trunk)
    for prefix in plan.other_prefixes:
        fits &= ~dialled.str.starts_with(prefix)
    if plan.dial_out not in ("", "00"):
        fits &= ~(pl.col("is_national") & dialled.str.contains(f"^(?:{plan.dial_out})"))
    return rows.filter(fits).select(
        "row", "value", "country", number=number, has_trunk=has_trunk | ~pl.col("is_national")
    )


def _with_extension(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Leaves rows whose slash and trunk prefix are clear, and adds ``extension`` (direct dial; empty for none)."""
    rows = rows.filter(pl.col("has_trunk") | ~pl.col("needs_trunk")).drop("has_trunk", "needs_trunk")
    has_sign = pl.col("value").str.contains_any(["/", "-"])
    signed = _clear_slash(rows.filter(has_sign))
    if plan.code in DIRECT_DIAL_CODES:
        signed = _hyphen(signed)
    return pl.concat([rows.filter(~has_sign), signed], how="diagonal").with_columns(pl.col("extension").fill_null(""))


def _clear_slash(rows: pl.DataFrame) -> pl.DataFrame:
    """Leaves rows whose slash stands behind the area code, see ``area_slash``."""
    # One step a statement, here and below: an expression used twice inside another is worked out twice.
    rows = rows.with_columns(after=_digits_in(_only_with("/").str.extract(r"/(.*)$")))
    after, before = pl.col("after"), pl.col("length") - pl.col("after")
    clear = after.is_null() | (before <= pl.col("area")) | ((before <= 5) & (after >= 5))
    return rows.filter(clear).drop("after").with_columns(extension=pl.lit(None, pl.String))


def _hyphen(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds the direct-dial ``extension``, see ``hyphen_extension``; null for none."""
    length, area = pl.col("length"), pl.col("area")
    rows = rows.with_columns(tail=_only_with("-").str.extract(r"-\s*([0-9]{1,5})$"))
    head = pl.when(pl.col("tail").is_not_null()).then(pl.col("value")).str.replace(r"-\s*[0-9]{1,5}$", "")
    rows = rows.with_columns(head=head, tail_length=pl.col("tail").str.len_bytes().cast(pl.Int64))
    rows = rows.with_columns(group=_digits_in(pl.col("head").str.extract(r"-([^-]*)$")))
    left = length - pl.col("tail_length") - pl.col("group")  # digits before the other hyphen
    is_extension = (
        pl.col("kind").is_in(sorted(SWITCHBOARD))
        & (length - pl.col("tail_length") - area >= 2)
        & (left.is_null() | (left <= 0) | (left == area))
    )
    other_hyphens = pl.col("head").str.count_matches("-", literal=True).fill_null(0)
    rows = rows.filter(other_hyphens <= 1).with_columns(extension=pl.when(is_extension).then("tail"))
    return rows.drop("tail", "head", "tail_length", "group")


def _only_with(sign: str) -> pl.Expr:
    """The value where it holds this sign, else null: what follows then costs next to nothing for the others."""
    return pl.when(pl.col("value").str.contains(sign, literal=True)).then("value")


def _digits_in(text: pl.Expr) -> pl.Expr:
    return text.str.count_matches("[0-9]").cast(pl.Int64)


def _safe_in(rows: pl.DataFrame, plan: Plan, style: str) -> pl.DataFrame:
    """Leaves out the few numbers whose national form could be read in two ways, so that it does not go by shape."""
    if style != "national":
        return rows
    fits = pl.col("length") >= 7
    if plan.trunk != "0":
        fits &= ~pl.col("number").str.starts_with(plan.code)
    return rows.filter(fits)
