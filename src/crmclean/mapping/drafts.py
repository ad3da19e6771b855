"""One column's field on its way to a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crmclean.core.language import Text
from crmclean.core.registry import FIELDS
from crmclean.dialects import Claim, Dialect
from crmclean.mapping import evidence
from crmclean.mapping.content import CERTAIN, LIKELY, Content, field_by_content
from crmclean.mapping.context import choose
from crmclean.mapping.detection import dialect_claim
from crmclean.mapping.headers import Reading, read_header, tokens_of
from crmclean.mapping.record_id import KEY_WORDS

_KEYS = frozenset(("record_id", "identifier"))
# Groups that stand beside the main thing of a record and do not replace it.
_BESIDES = frozenset("long former addition trading associated assistant".split())
_PLACES = frozenset(("postal_code", "city"))
# Headers that tools make up where there is none.
_FILLERS = frozenset("column col spalte feld field f c x unnamed".split())
_MAYBE = 0.4  # mean look at which a neighbour may decide
SURE = 0.6  # confidence below which a mapping is a guess that a person should look at


@dataclass(slots=True)
class Draft:
    """What is known so far about one column.

    Attributes:
        name: unique column name.
        label: header as the file has it.
        content: sampled values.
        claim: field and group; ``None`` when nobody knows.
        confidence: 0..1.
        evidence: why.
        reading: what the header said, where it was asked.
        settled: nothing later may change the field.
        doubtful: a person should look.
    """

    name: str
    label: str
    content: Content
    claim: Claim | None = None
    confidence: float = 0.0
    evidence: Text = evidence.NOTHING
    reading: Reading = field(default_factory=Reading)
    settled: bool = False
    doubtful: bool = False

    def settle(self, claim: Claim | None, confidence: float, why: Text, *, doubtful: bool = False) -> None:
        """Take a decision."""
        self.claim, self.confidence, self.evidence = claim, confidence, why
        self.settled = True
        self.doubtful = doubtful or (claim is not None and confidence < SURE)


def claim_by_user(draft: Draft, claim: Claim) -> None:
    """The user's word stands; values that contradict it are still worth a note."""
    draft.settle(claim, 1.0, evidence.BY_USER, doubtful=draft.content.contradicts(FIELDS[claim.field]))


def claim_by_dialect(draft: Draft, dialect: Dialect, kind: str) -> None:
    """What the CRM's table says, if the values do not contradict it."""
    claim = dialect_claim(dialect, kind, draft.label)
    if claim is not None:
        _check(draft, claim, 0.97, evidence.by_dialect(dialect.title))


def claim_by_header(draft: Draft) -> None:
    """What the header says, if it has one meaning and the values do not contradict it."""
    draft.reading = read_header(draft.label)
    claims = draft.reading.claims
    if not draft.reading.weak and len({claim.field for claim in claims}) == 1:
        _check(draft, claims[0], 0.9, evidence.BY_HEADER)


def _check(draft: Draft, claim: Claim, confidence: float, why: Text) -> None:
    kind = FIELDS[claim.field]
    if not draft.content.contradicts(kind):
        agrees = draft.content.is_telling and draft.content.looks(kind) >= 0.5
        draft.settle(claim, max(confidence, 0.98) if agrees else confidence, why)
        return
    is_key = kind.group == "id"  # some other number, then: kept as a key, judged by nobody
    instead = None if is_key else field_by_content(draft.content, CERTAIN)
    if instead is None:  # no value of it may be judged by a field it does not belong to
        draft.settle(Claim("identifier") if is_key else None, 0.0, evidence.contradicted(claim.field), doubtful=True)
    else:
        why = evidence.contradicted_but(claim.field, instead[0])
        draft.settle(Claim(instead[0], claim.group), 0.7, why, doubtful=True)


def claim_by_context(drafts: Sequence[Draft]) -> None:
    """Headers with several meanings, in file order. Keys wait until it is known which one identifies the record."""
    settled = [draft.claim for draft in drafts if draft.settled and draft.claim]
    present = frozenset(c.field if c.group not in _BESIDES else f"{c.field}@{c.group}" for c in settled)
    for draft in drafts:
        claims = draft.reading.claims
        if draft.settled or not claims or draft.reading.weak:
            continue
        if {claim.field for claim in claims} <= _KEYS:
            draft.claim, draft.confidence, draft.evidence = claims[0], 0.8, evidence.BY_HEADER
            continue
        choice = choose(claims, draft.content, present)
        if draft.content.contradicts(FIELDS[choice.claim.field]):
            _check(draft, choice.claim, choice.sure, evidence.by_choice(choice.why))
        else:
            draft.settle(choice.claim, choice.sure, evidence.by_choice(choice.why))


def claim_by_content(draft: Draft) -> None:
    """Columns whose header says nothing, or only in part."""
    for claim in draft.reading.claims if draft.reading.weak else ():
        looks = draft.content.looks(FIELDS[claim.field]) if draft.content.is_telling else 0.0
        if claim.field in _KEYS and KEY_WORDS & set(tokens_of(draft.label)[-1:]):
            draft.claim, draft.confidence, draft.evidence = Claim("identifier"), 0.7, evidence.BY_HEADER
            return
        if looks >= SURE:
            draft.settle(claim, 0.5 + 0.4 * looks, evidence.BY_PART)
            return
    found = field_by_content(draft.content, LIKELY if _is_silent(draft.label) else CERTAIN)
    if found is not None:
        draft.settle(Claim(found[0]), 0.8 * found[1], evidence.BY_VALUES)


def _is_silent(label: str) -> bool:
    return all(token.isdecimal() or token in _FILLERS for token in tokens_of(label))


def claim_beside_city(drafts: Sequence[Draft]) -> None:
    """Digits that could be many things are postal codes when the next column holds cities and no header says more."""
    codes = FIELDS["postal_code"]
    for left, right in pairwise(drafts):
        for draft, city in ((left, right), (right, left)):
            if draft.settled or draft.claim or not _is_silent(draft.label) or not draft.content.is_telling:
                continue
            if city.claim and city.claim.field == "city" and draft.content.looks(codes) >= _MAYBE:
                draft.settle(Claim("postal_code", city.claim.group), SURE, evidence.BESIDE_CITY)


def number_the_addresses(drafts: Sequence[Draft]) -> None:
    """ "Straße 2": the street of a second address when "PLZ 2" or "Ort 2" is there, else a second line."""
    seen: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for draft in drafts:
        if draft.claim and draft.reading.claims and draft.reading.number > 1:
            seen[draft.claim.group, draft.reading.number].add(draft.claim.field)
    for draft in drafts:
        claim, number = draft.claim, draft.reading.number
        if claim is None or number < 2 or not draft.reading.claims or FIELDS[claim.field].group != "address":
            continue
        around = seen[claim.group, number]
        if around & _PLACES:  # "address_extra" is what a lone "Straße 2" would be
            name = "street" if claim.field == "address_extra" and "street" not in around else claim.field
            draft.claim = Claim(name, f"{claim.group}_{number}".strip("_"))
        elif claim.field == "street":
            draft.settle(Claim("address_extra", claim.group), 0.85, evidence.LINE_TWO)
