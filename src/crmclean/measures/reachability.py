"""Reachability by channel: can be reached, may be contacted, both; each answered with yes, no or unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.core.language import Text
from crmclean.core.ratio import Ratio
from crmclean.core.relationship import Channel, ChannelCounts
from crmclean.core.text import fold
from crmclean.measures.answers import NO, UNKNOWN, YES, all_of, any_of, counted, usable
from crmclean.measures.consent import may_be_contacted
from crmclean.measures.dated import days_of, latest
from crmclean.measures.records import Records

TITLES = {
    "post": Text("post", "Post"),
    "email": Text("e-mail", "E-Mail"),
    "phone": Text("phone", "Telefon"),
    "sms": Text("mobile, text message", "Mobil, SMS"),
    "web": Text("web", "Web"),
    "social": Text("social media", "Soziale Medien"),
}
# Fields any one of which is enough. A mobile number in a phone column may be a switchboard's: it is no text message.
_ONE_OF = {
    "email": ("email",),
    "phone": ("phone", "mobile"),
    "sms": ("mobile",),
    "web": ("website",),
    "social": ("social",),
}
NO_WAY_TO_ANYBODY = frozenset({"web"})  # a website reaches nobody, it only shows that somebody is there
# Words in the name of a bounce column that say what came back; without one it may be either.
_LETTER_WORDS = ("post", "retoure", "ruecklaeuf", "returned mail", "brief")
_MAIL_WORDS = ("bounc", "mail", "rimbalzo", "rebot")


@dataclass(frozen=True, slots=True)
class Reach:
    """One channel, record by record: series of answers (``UInt8``, n_rows)."""

    reachable: pl.Series
    allowed: pl.Series
    both: pl.Series
    consent_columns: tuple[str, ...]


def reach(records: Records) -> dict[str, Reach]:
    """The channels the file has a column for, in a fixed order."""
    ways: dict[str, Callable[[], pl.Series | None]] = {"post": lambda: _posted(records)}
    for channel, fields in _ONE_OF.items():
        ways[channel] = lambda fields=fields: _one_of(records, fields)  # type: ignore[misc]
    found = {}
    for channel in TITLES:
        reachable = ways[channel]()
        if reachable is None:
            continue
        reachable = all_of([reachable, *_bounces(records, channel)], records.n_rows)
        allowed, columns = may_be_contacted(records, channel)
        found[channel] = Reach(reachable, allowed, all_of([reachable, allowed], records.n_rows), columns)
    return found


def channels(found: Mapping[str, Reach]) -> tuple[Channel, ...]:
    """The figures of each channel."""
    return tuple(
        Channel(
            name, TITLES[name], counted(one.reachable), counted(one.allowed), counted(one.both), one.consent_columns
        )
        for name, one in found.items()
    )


def n_channels(found: Mapping[str, Reach], question: str, n_rows: int) -> pl.Series:
    """How many channels of a record answer ``reachable``, ``allowed`` or ``both`` with yes (``UInt8``)."""
    said = [getattr(one, question) == YES for name, one in found.items() if name not in NO_WAY_TO_ANYBODY]
    total = pl.repeat(0, n_rows, dtype=pl.UInt8, eager=True)
    for yes in said:
        total = total + yes.cast(pl.UInt8)
    return total


def channel_counts(found: Mapping[str, Reach], question: str, n_rows: int) -> ChannelCounts | None:
    """Records with no, one, and several channels; ``None`` where the file has none."""
    if not set(found) - NO_WAY_TO_ANYBODY:
        return None
    n = n_channels(found, question, n_rows)
    return ChannelCounts(*(Ratio(int(fits.sum()), n_rows) for fits in (n == 0, n == 1, n > 1)))


def _one_of(records: Records, fields: Sequence[str]) -> pl.Series | None:
    holders = [judged for field in fields for judged in records.cleaned.of_field(field)]
    return any_of(map(usable, holders), records.n_rows) if holders else None


def _posted(records: Records) -> pl.Series | None:
    """Street or PO box, postal code and city of one address, or a full address."""
    whole = _one_of(records, ["full_address"])
    addresses = [] if whole is None else [whole]
    for group in dict.fromkeys(j.column.group for j in records.cleaned.judged.values()):
        parts = [
            [usable(judged) for field in fields for judged in records.cleaned.of_field(field, [group])]
            for fields in (("street", "po_box"), ("postal_code",), ("city",))
        ]
        if all(parts):
            addresses.append(all_of([any_of(part, records.n_rows) for part in parts], records.n_rows))
    return any_of(addresses, records.n_rows) if addresses else None


def _bounces(records: Records, channel: str) -> list[pl.Series]:
    """No where the last mail came back; unknown where there was a sign of life since, through whatever channel."""
    if channel not in ("post", "email"):
        return []
    alive = latest(records, ("last_activity_at", "verified_at"))
    said = []
    for judged in records.cleaned.of_field("bounced_at"):
        if not _is_about(judged.column.label, channel):
            continue
        frame = pl.DataFrame({"bounced": days_of(judged, records.cleaned.as_of), "alive": alive})
        answer = pl.when(pl.col("bounced").is_null()).then(None).when(pl.col("alive") > pl.col("bounced"))
        said.append(frame.select(answer.then(pl.lit(UNKNOWN)).otherwise(pl.lit(NO)).cast(pl.UInt8)).to_series())
    return said


def _is_about(label: str, channel: str) -> bool:
    folded = fold(label)
    letters = any(word in folded for word in _LETTER_WORDS)
    mails = not letters and any(word in folded for word in _MAIL_WORDS)
    return letters == (channel == "post") if letters or mails else True
