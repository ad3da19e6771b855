"""What may leave the team: figures without small groups of people, and records named by a keyed hash.

Reports know nothing of it: whoever renders one passes the summary through ``private`` before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from crmclean.core.catalogue import describe
from crmclean.core.hidden import FEWEST, Hidden, suppressed
from crmclean.core.history_privacy import private_history
from crmclean.core.language import Text
from crmclean.core.masking import HIDDEN
from crmclean.core.private_groups import private_groupings, without_names
from crmclean.core.ratio import Ratio
from crmclean.core.relationship import (
    Abc,
    AbcClass,
    Answers,
    Channel,
    ChannelCounts,
    Group,
    Kpi,
    Lifecycle,
    RelationshipFigures,
    Rfm,
)
from crmclean.core.rule_codes import PREFIX
from crmclean.core.summary import Clock, FileNote, RunSummary

REFERENCE_BYTES = 5  # ten hexadecimal signs: two of a thousand records share one with a probability of 5e-7
_KEY_BYTES = 32
_SHA256_SHOWN = 16  # signs: tells files apart, and is no way to the key that is derived from the whole


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the user wants of outputs that others may see.

    Attributes:
        asked: ``--dsgvo`` or ``--no-dsgvo``; ``None``: what leaves the team is covered, the work itself is not.
        secret: the key of record references; empty: derived from the file, which is weaker.
    """

    asked: bool | None = None
    secret: bytes = b""

    def covers(self, *, leaves_team: bool) -> bool:
        """Whether an output is private.

        Args:
            leaves_team: whether it is made for others: CI formats, metrics, HTML.
        """
        return leaves_team if self.asked is None else self.asked


def references(secret: bytes, file_sha256: str) -> Callable[[str], str]:
    """The function that names a record by a keyed hash (BLAKE2b) of its id: ``#`` and ten hexadecimal signs.

    Args:
        secret: the key; where it is empty, one is derived from the file's hash: references then differ from export to
            export, but who has the file can compute them.
        file_sha256: of the export, hexadecimal.
    """
    seed = b"secret\0" + secret if secret else b"file\0" + file_sha256.encode()
    key = hashlib.blake2b(seed, digest_size=_KEY_BYTES, person=b"crmclean-records").digest()

    def reference(record_id: str) -> str:
        said = record_id.strip().encode("utf-8", "surrogatepass")
        return f"#{hashlib.blake2b(said, key=key, digest_size=REFERENCE_BYTES).hexdigest()}"

    return reference


def private(summary: RunSummary, messages: Mapping[str, Text] = MappingProxyType({})) -> RunSummary:
    """The figures as strangers may see them: small groups of people hidden, no value.

    Figures about columns, findings and duplicates stay: they are about data, not about people.

    Args:
        summary: all figures.
        messages: see ``without_values``.
    """
    found = summary.relationship
    sha256 = str(summary.file.get("sha256", ""))
    return replace(
        without_values(summary, messages),
        file={**summary.file, "sha256": sha256[:_SHA256_SHOWN]},
        relationship=None if found is None else _relationship(found),
        groups=private_groupings(summary.groups),
        history=None if summary.history is None else private_history(summary.history),
    )


def without_values(summary: RunSummary, messages: Mapping[str, Text] = MappingProxyType({})) -> RunSummary:
    """All figures, but no value: what rules of one's own name, owners, and the timestamp that many records share.

    Args:
        summary: all figures.
        messages: what may be said of rules of one's own, by code; of others only that they are broken.
    """
    return replace(
        summary,
        clocks=tuple(map(_clock, summary.clocks)),
        notes=tuple(_note(note, messages) for note in summary.notes),
        own_rules=tuple((code, messages[code]) for code, _ in summary.own_rules if code in messages),
        groups=without_names(summary.groups),
    )


def with_sums(summary: RunSummary) -> RunSummary:
    """A private summary that was read again: of answers only those that are told are known, and how many there are."""
    found = summary.relationship
    if found is None:
        return summary

    def whole(answers: Answers) -> Answers:
        counts = (answers.yes, answers.unknown, answers.no)
        n_hidden = sum(isinstance(n, Hidden) for n in counts)
        if not n_hidden:
            return answers
        share, more = divmod(summary.n_rows - sum(n for n in counts if not isinstance(n, Hidden)), n_hidden)
        shares = iter([share + (nth < more) for nth in range(n_hidden)])
        return Answers(*(Hidden(next(shares)) if isinstance(n, Hidden) else n for n in counts))

    return replace(summary, relationship=replace(found, channels=_channels(found.channels, whole)))


def hidden_ratio(ratio: Ratio) -> Ratio:
    """A share of which both the part and the rest are people."""
    return replace(ratio, n=suppressed((ratio.n, ratio.of - ratio.n))[0])


def hidden_parts(ratios: Sequence[Ratio]) -> tuple[Ratio, ...]:
    """Shares of one whole that make it up together."""
    counts = suppressed([ratio.n for ratio in ratios])
    return tuple(replace(ratio, n=n) for ratio, n in zip(ratios, counts, strict=True))


def _note(note: FileNote, messages: Mapping[str, Text]) -> FileNote:
    """What a rule of one's own finds about the file: its message may repeat values the rule names."""
    if not note.code.startswith(PREFIX):
        return note
    return replace(note, message=messages.get(note.code) or describe(note.code).what)


def _clock(clock: Clock) -> Clock:
    """A timestamp that many records share is a value, too."""
    return replace(clock, bulk_value=HIDDEN) if clock.bulk_value else clock


def _relationship(found: RelationshipFigures) -> RelationshipFigures:
    return replace(
        found,
        channels=_channels(found.channels, _answers),
        reachable=found.reachable and _channel_counts(found.reachable),
        contactable=found.contactable and _channel_counts(found.contactable),
        lifecycle=found.lifecycle and _lifecycle(found.lifecycle),
        parties=_groups(found.parties),
        rfm=found.rfm and _rfm(found.rfm),
        abc=found.abc and _abc(found.abc),
        kpis=tuple(map(_kpi, found.kpis)),
    )


def _answers(answers: Answers) -> Answers:
    return Answers(*suppressed((answers.yes, answers.unknown, answers.no)))


def _channels(channels: Sequence[Channel], made: Callable[[Answers], Answers]) -> tuple[Channel, ...]:
    return tuple(
        replace(one, reachable=made(one.reachable), allowed=made(one.allowed), both=made(one.both)) for one in channels
    )


def _channel_counts(counts: ChannelCounts) -> ChannelCounts:
    return ChannelCounts(*hidden_parts((counts.none, counts.one, counts.several)))


def _groups(groups: Sequence[Group]) -> tuple[Group, ...]:
    ratios = hidden_parts([group.ratio for group in groups])
    return tuple(replace(group, ratio=ratio) for group, ratio in zip(groups, ratios, strict=True))


def _lifecycle(found: Lifecycle) -> Lifecycle:
    """What is said of the phase of winning back tells no more than the phase itself."""
    seven = _groups(found.seven)
    phase = next((group.ratio.n for group in seven if group.name == "winback"), found.winback.n)
    winback = replace(found.winback, n=phase)
    reachable = hidden_ratio(found.winback_reachable)
    if isinstance(phase, Hidden):
        reachable = Ratio(Hidden(is_few=phase.is_few), phase)
    return replace(found, three=_groups(found.three), seven=seven, winback=winback, winback_reachable=reachable)


def _of(ratio: Ratio, whole: Ratio) -> Ratio:
    """A part of a whole that may be hidden itself."""
    return Ratio(Hidden(is_few=whole.n.is_few), whole.n) if isinstance(whole.n, Hidden) else ratio


def _rfm(found: Rfm) -> Rfm:
    known = hidden_ratio(found.known)
    groups = tuple(replace(group, ratio=_of(group.ratio, known)) for group in _groups(found.groups))
    return replace(found, known=known, groups=groups)


def _abc(found: Abc) -> Abc:
    """A class of few customers tells their revenue: its share goes with its count."""
    known = hidden_ratio(found.known)
    ratios = [_of(ratio, known) for ratio in hidden_parts([one.customers for one in found.classes])]
    counts = {found.classes[at].customers.n for at, ratio in enumerate(ratios) if isinstance(ratio.n, Hidden)}
    top, vital = (
        replace(_of(hidden_ratio(ratio), known), n=Hidden()) if ratio.n in counts else _of(hidden_ratio(ratio), known)
        for ratio in (found.top, found.vital)
    )
    return replace(
        found,
        known=known,
        top=top,
        top_share=None if isinstance(top.n, Hidden) else found.top_share,
        vital=vital,
        classes=tuple(map(_abc_class, found.classes, ratios)),
        negative=Hidden(is_few=True) if 0 < found.negative < FEWEST else found.negative,
    )


def _abc_class(one: AbcClass, customers: Ratio) -> AbcClass:
    return AbcClass(one.name, customers, None if isinstance(customers.n, Hidden) else one.revenue_share)


def _kpi(kpi: Kpi) -> Kpi:
    """A figure can tell the parts it is counted from: where one of them is hidden, so is it, and so are all."""
    answered = hidden_ratio(kpi.answered)
    ratios = [ratio for part in kpi.parts for ratio in (part.ratio, Ratio(part.ratio.of - part.ratio.n, part.ratio.of))]
    is_few = isinstance(answered.n, Hidden) or any(0 < ratio.n < FEWEST for ratio in ratios)
    if not is_few:
        return kpi
    of = answered.n
    all_few = isinstance(of, Hidden) and of.is_few
    parts = tuple(
        replace(part, ratio=Ratio(Hidden(is_few=all_few or 0 < part.ratio.n < FEWEST), of)) for part in kpi.parts
    )
    # A mean or median of many answers tells none of them; of few, or of hidden parts, it would.
    value, median = (None, None) if kpi.parts or isinstance(of, Hidden) else (kpi.value, kpi.median)
    return replace(kpi, answered=answered, parts=parts, value=value, median=median)
