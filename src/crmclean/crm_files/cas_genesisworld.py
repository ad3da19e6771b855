"""CAS genesisWorld: an update file in the only encoding its import takes, and a list to merge by hand.

Source: the import help (see the dialect): no Unicode file, header names of letters, digits and underscores, and the
columns ``gwiscompany``, ``gwiscontact`` and ``Key``. Merging is done by hand under Extras > Dubletten auflösen.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import polars as pl

from crmclean.core.language import Text
from crmclean.crm_files._upsert import changed, limits, remarks, side_bytes
from crmclean.formats.headers import unique_names
from crmclean.merge_back import CrmFile, Made, MergeBack

_FLAGS = ("gwiscompany", "gwiscontact")
_KEY = "Key"
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def make(back: MergeBack) -> Made:
    """``cas_genesisworld_update.csv`` and ``cas_genesisworld_review.csv``."""
    encoding = limits("cas_genesisworld").import_encoding or "cp1252"
    frame = _with_needed(back).filter(changed(back))
    header = unique_names([header_name(name) for name in frame.columns])
    fits = pl.Series([_fits(row, encoding) for row in frame.iter_rows()], dtype=pl.Boolean)
    said = remarks(back)
    if n := int((~fits).sum()):
        said = (
            *said,
            Text(
                f"{n} records are in the review list alone: {encoding}, which CAS imports, lacks one of their letters",
                f"{n} Datensätze stehen nur in der Prüfliste: {encoding}, das CAS importiert, fehlt ein Zeichen",
            ),
        )
    update = _delimited(header, frame.filter(fits)).encode(encoding)
    review = back.losers.select(
        keep_GGUID="winner_id",
        merge_GGUID="loser_id",
        in_update=_in_update(back, fits).gather(back.losers["cluster"]),
    )
    return Made(
        {"cas_genesisworld_update.csv": update, "cas_genesisworld_review.csv": side_bytes(review)},
        (
            *said,
            Text(
                "CAS merges by hand: Extras > Dubletten auflösen; try the import with two or three records first",
                "CAS führt von Hand zusammen: Extras > Dubletten auflösen; Import erst mit zwei, drei Sätzen testen",
            ),
        ),
    )


def header_name(label: str) -> str:
    """A header as the import takes it.

    >>> header_name("Straße (Privat)"), header_name("GGUID")
    ('Strasse_Privat', 'GGUID')
    """
    plain = unicodedata.normalize("NFKD", label.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", "_", plain).strip("_") or "column"


def _with_needed(back: MergeBack) -> pl.DataFrame:
    """The golden records with the columns that tell companies and contacts apart, where the export lacks them."""
    there = {name.casefold() for name in back.golden.columns}
    is_of = {"gwiscompany": back.object == "company", "gwiscontact": back.object != "company"}
    frame = back.golden.with_columns(
        is_of[name].cast(pl.UInt8).cast(pl.String).alias(name) for name in _FLAGS if name not in there
    )
    return frame if _KEY.casefold() in there else frame.with_columns(pl.lit("").alias(_KEY))


def _in_update(back: MergeBack, fits: pl.Series) -> pl.Series:
    is_changed = changed(back)
    return pl.repeat(False, len(is_changed), eager=True).scatter(is_changed.arg_true(), fits)


def _fits(row: tuple[str | None, ...], encoding: str) -> bool:
    try:
        "".join(cell or "" for cell in row).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _delimited(header: tuple[str, ...], frame: pl.DataFrame) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell or "" for cell in row] for row in frame.iter_rows())
    return sink.getvalue()


CRM_FILE = CrmFile("cas_genesisworld", "CAS genesisWorld", make)
