"""What a report says about the relationship to customers: figures with what they are a share of."""

from __future__ import annotations

from dataclasses import dataclass

from crmclean.core.language import Text
from crmclean.core.ratio import Ratio


@dataclass(frozen=True, slots=True)
class Answers:
    """How many records answer a question with yes, with no, and how many nobody knows it of; together all records."""

    yes: int
    unknown: int
    no: int

    @property
    def ratio(self) -> Ratio:
        """Those that say yes, of all: unknown is not yes."""
        return Ratio(self.yes, self.yes + self.unknown + self.no)


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a customer.

    Attributes:
        name: ``post``, ``email``, ``phone``, ``sms``, ``web``, ``social``.
        title: what a person reads.
        reachable: technically: a valid value that did not bounce.
        allowed: may be contacted; the most restrictive of all columns that say something.
        both: reachable and allowed.
        consent_columns: what ``allowed`` is read from; empty: nobody says, all is unknown.
    """

    name: str
    title: Text
    reachable: Answers
    allowed: Answers
    both: Answers
    consent_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChannelCounts:
    """Records by the number of channels they have; a website is no channel that reaches anybody."""

    none: Ratio
    one: Ratio
    several: Ratio


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are alike.

    Attributes:
        name: stable English name.
        title: what a person reads.
        ratio: how many, of those that were looked at.
    """

    name: str
    title: Text
    ratio: Ratio


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """In which phase the customers are.

    Attributes:
        columns: what it is read from.
        three: before the first purchase, after it, bought again; and unknown.
        seven: from acquisition to termination; and unknown.
        winback: records in the phase of winning back, of all.
        winback_reachable: of these, who is reachable and may be contacted through some channel.
    """

    columns: tuple[str, ...]
    three: tuple[Group, ...]
    seven: tuple[Group, ...]
    winback: Ratio
    winback_reachable: Ratio


@dataclass(frozen=True, slots=True)
class Rfm:
    """Recency, frequency and value in fifths of the file.

    Attributes:
        columns: what the three are read from.
        known: records all the columns there are say something about, of all.
        groups: of the known ones.
    """

    columns: tuple[str, ...]
    known: Ratio
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class AbcClass:
    """One class of an ABC analysis: its share of the customers, and their share of the revenue (0..1).

    The share is ``None`` where it must not be told.
    """

    name: str
    customers: Ratio
    revenue_share: float | None


@dataclass(frozen=True, slots=True)
class Abc:
    """How revenue is spread over the customers, measured on the file.

    Attributes:
        columns: what revenue is read from.
        known: records with a revenue, of all; what follows is of these.
        top: the best fifth of the customers.
        top_share: of the revenue, 0..1, that this fifth makes; ``None`` where it must not be told.
        vital: the fewest customers that make ``vital_share`` of the revenue.
        vital_share: 0..1.
        classes: A, B, C; customers with equal revenue are in the same one.
        negative: customers whose revenue is below zero; in no sum.
    """

    columns: tuple[str, ...]
    known: Ratio
    top: Ratio
    top_share: float | None
    vital: Ratio
    vital_share: float
    classes: tuple[AbcClass, ...]
    negative: int


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure about satisfaction or value.

    Attributes:
        name: ``nps``, ``csat``, ``ces``, ``clv``.
        title: what a person reads.
        columns: what it is read from.
        answered: response coverage: records with a usable value, of all.
        value: the figure; ``None`` where nobody answered.
        unit: ``points``, ``percent``, ``mean``.
        median: of the values, where it says something, else ``None``.
        scale: lowest and highest answer; empty where there is none.
        formula: how it is counted.
        parts: what it is counted from, as records.
    """

    name: str
    title: Text
    columns: tuple[str, ...]
    answered: Ratio
    value: float | None
    unit: str
    median: float | None
    scale: str
    formula: Text
    parts: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class RelationshipFigures:
    """The health of the relationships; a part that no column says anything about is empty or ``None``.

    Attributes:
        channels: those the file has a column for.
        reachable: records by number of channels that reach them technically.
        contactable: by number of channels that reach them and may be used.
        lifecycle: phases.
        parties: businesses, consumers, and unknown.
        rfm: recency, frequency, value.
        abc: how revenue is spread.
        kpis: those the file has a column for.
    """

    channels: tuple[Channel, ...]
    reachable: ChannelCounts | None
    contactable: ChannelCounts | None
    lifecycle: Lifecycle | None
    parties: tuple[Group, ...]
    rfm: Rfm | None
    abc: Abc | None
    kpis: tuple[Kpi, ...]
