"""Finds the legal form in a company name: at the end, before a place or status, inside, or in front."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crmclean.fields._legal_forms import (
    LegalForm,
    fold_form,
    fronts,
    heads,
    is_free,
    legal_forms,
    tails,
)

_STATUS = re.compile(
    r"[ ,(\-–]+(?P<status>i\. ?L\.?|iL|i\. ?Liq\.?|in Liq(?:uidation|\.)|i\. ?Abw\.?|in Abwicklung|en liquidation|"
    r"in liquidazione|i\. ?G\.?|iG|in Gr(?:ü|ue)ndung|i\. ?Gr\.?|i\. ?I\.?|i\. ?Ins\.?|in Insolvenz|in Konkurs)\)?$",
    re.IGNORECASE,
)
_FORMATION = re.compile(r"i\.? ?G|in Gr", re.IGNORECASE)
_PARTNER_INSIDE = re.compile(
    r"(?<![\w])(GmbH|G\.m\.b\.H\.|mbH|m\.b\.H\.|gGmbH|UG \(haftungsbeschränkt\)|UG|AG|SE|Ltd\.?|Limited|Stiftung)"
    r" ?(?:&|und|u\.|\+) ?Co\b",
    re.IGNORECASE,
)
_MIXED = {"KG": "KG", "OHG": "OHG", "KGaA": "KGaA", "OG": "OG", "GbR": "GbR"}
_CLEAR_IN_CAPS = frozenset({"SE", "BV", "NV", "OY"})  # two letters that in an all-caps name can still only be a form
_OPENING = "\"„“”»«'’ "
_CLOSING = "\"“”»«'’ ,;:-–"
_MAX_WORDS = 10  # "Gesellschaft mit beschränkter Haftung & Co. Kommanditgesellschaft auf Aktien" has nine


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A legal form inside a name.

    Attributes:
        legal_form: the form.
        shown: its display form; that of the pair for ``X GmbH & Co. Beteiligungs KG``.
        start: position of its first character in the name.
        end: position behind its last character.
        status: ``liquidation``, ``formation`` or empty.
    """

    legal_form: LegalForm
    shown: str
    start: int
    end: int
    status: str = ""


def find_legal_form(name: str, country: str | None) -> FoundForm | None:
    """The legal form of a tidy company name, or ``None``.

    >>> found = find_legal_form("Adler Bau GMBH & Co Kg, München", None)
    >>> found.shown, found.start
    ('GmbH & Co. KG', 10)
    >>> find_legal_form("Volks-AG-Verein", None) is None
    True
    """
    spaced = name.replace("-", "- ")
    raw = spaced.split(" ")
    low = fold_form(spaced).split(" ")
    found = _at_end(name, raw, low, country)
    if found is None:
        status = _STATUS.search(name)
        if status:
            inner = find_legal_form(name[: status.start()].rstrip(), country)
            if inner:
                kind = "formation" if _FORMATION.match(status["status"]) else "liquidation"
                return FoundForm(inner.legal_form, inner.shown, inner.start, inner.end, kind)
        found = _inside(raw, low, country) or _in_front(raw, low, country)
    return found


def _length(raw: list[str]) -> int:
    """Characters of the name these pieces came from."""
    return len(" ".join(raw).replace("- ", "-"))


def _choose(letters: str, text: str, country: str | None, *, rest: str) -> LegalForm | None:
    """The form the text is, in that country if several share its letters; ``None`` if it is none as written."""
    fitting = [
        form
        for form in legal_forms().get(letters, ())
        if "field" not in form.flags
        and not _is_church(form, text)
        and form.fits(text)
        and ("exact" not in form.flags or _is_exact(form, text, country, rest))
    ]
    # "a.G." (on mutuality) has the letters of "AG" and is another form: the very spelling decides before the country.
    fitting = [form for form in fitting if text in form.spellings] or fitting
    return next((form for form in fitting if country in form.elf), fitting[0] if fitting else None)


def _is_church(form: LegalForm, text: str) -> bool:
    """``Ev.`` is short for evangelisch, not for eingetragener Verein."""
    return form.form == "e.V." and text.startswith(("Ev", "ev"))


def _is_exact(form: LegalForm, text: str, country: str | None, rest: str) -> bool:
    if not rest:  # SA, SAS, AB alone are names
        return False
    if (text not in form.spellings and f"{text}." not in form.spellings) or rest.endswith("-"):
        return False
    if form.form == "Co." and rest.endswith(("&", "und", "u.", "+", "and")):  # "Adler & Co." is a name
        return False
    if len(text) == 2 and text.isalpha():
        if rest[-1:].isdigit() or rest[-2:-1].isdigit():  # "1. OG" is a floor
            return False
        if rest.isupper() and text not in _CLEAR_IN_CAPS:
            return country in form.elf
    return True


def _at_end(name: str, raw: list[str], low: list[str], country: str | None) -> FoundForm | None:
    key = ""
    hits: list[tuple[int, str]] = []
    for n in range(1, min(len(raw), _MAX_WORDS) + 1):
        key = low[-n] + key
        if key in legal_forms():
            hits.append((n, key))
        elif key and key not in tails():
            break
    for n, letters in reversed(hits):
        while n < len(raw) and not low[-n]:
            n -= 1  # noqa: PLW2901 - a lone hyphen or bracket before the form is not part of it
        before = raw[:-n]
        start = _length(before) + (1 if before and not before[-1].endswith("-") else 0)
        start, end = _without_frame(name, start, len(name))
        form = _choose(letters, name[start:end], country, rest=name[:start].rstrip(" "))
        if form is not None:
            return FoundForm(form, _shown(form, name[:start]), start, end)
    return None


def _without_frame(name: str, start: int, end: int) -> tuple[int, int]:
    """The span without quotes, commas and unpaired brackets around it."""
    if name[start] == "(" and name[end - 1] == ")" and "(" not in name[start + 1 : end]:
        start, end = start + 1, end - 1
    while start < end and name[start] in _OPENING:
        start += 1
    while end > start and (
        name[end - 1] in _CLOSING
        or (name[end - 1] == ")" and name.count(")", start, end) > name.count("(", start, end))
    ):
        end -= 1
    return start, end


def _shown(form: LegalForm, before: str) -> str:
    """The display form, with the partner that stands earlier in the name of a mixed partnership."""
    if form.form in _MIXED and "co" in before.lower():
        partner = _PARTNER_INSIDE.search(before)
        if partner:
            first = legal_forms()[fold_form(partner[1]).replace(" ", "")][0].form
            return f"{first.removesuffix(' (haftungsbeschränkt)')} & Co. {form.form}"
    return form.form


def _inside(raw: list[str], low: list[str], country: str | None) -> FoundForm | None:
    """A form before other words: ``Adler GmbH Niederlassung Wien``, ``Adler AG, Zürich``."""
    last: FoundForm | None = None
    i = 1
    while i < len(low) - 1:
        n, form = _free_form(raw, low, i, country) if low[i] in heads() else (0, None)
        if form is None and low[i] == "ag" and _is_share_company(raw, i):
            n, form = 1, legal_forms()["ag"][0]
        if form is not None:
            last = _found_at(raw, i, n, form)
        i += max(n, 1)
    return last


def _free_form(raw: list[str], low: list[str], i: int, country: str | None) -> tuple[int, LegalForm | None]:
    """The longest form that starts at word ``i`` and ends before the last word, and its number of words."""
    best: tuple[int, LegalForm | None] = (0, None)
    key = ""
    for n in range(1, len(low) - i):
        key += low[i + n - 1]
        if key not in heads():
            break
        if key in legal_forms() and not raw[i + n - 1].endswith("-"):
            text = " ".join(raw[i : i + n]).replace("- ", "-").rstrip(",;:")
            free = [form for form in legal_forms()[key] if is_free(form) and _is_sure_inside(form, key, text)]
            if free:
                best = n, next((f for f in free if country in f.elf), free[0])
    return best


def _is_sure_inside(form: LegalForm, letters: str, text: str) -> bool:
    """Whether it is the form even before other words: ``Adler GMBH Wien``, but not ``Adler Ev. Kirche``.

    Args:
        form: the form with these letters.
        letters: of the form.
        text: the words.
    """
    if not form.fits(text):
        return False
    if "mbh" in letters or "&" in letters or "long" in form.flags:
        return True
    return any(text.replace(" ", "") == spelling.replace(" ", "") for spelling in form.spellings)


def _is_share_company(raw: list[str], i: int) -> bool:
    """``AG`` before one to three words, the first of them a name or bracket: ``Adler AG Zürich``."""
    after = raw[i + 1 :]
    word = raw[i].rstrip(",")
    return (
        word == "AG"
        and len(after) <= 3
        and (after[0][:1].isupper() or after[0][:1] in ("(", "-", "–"))
        and not " ".join(raw).isupper()
    )


def _found_at(raw: list[str], i: int, n: int, form: LegalForm) -> FoundForm:
    start = _length(raw[:i]) + (0 if raw[i - 1].endswith("-") else 1)
    text = " ".join(raw[i : i + n]).replace("- ", "-")
    text = text.rstrip(" ,;:)-") + (")" if "(" in text and text.rstrip(" ,;:-").endswith(")") else "")
    return FoundForm(form, form.form, start, start + len(text))


def _in_front(raw: list[str], low: list[str], country: str | None) -> FoundForm | None:
    """``AB Adler``, ``Oy Adler``: only forms the table marks so."""
    for n in (2, 1):
        letters = "".join(low[:n])
        if len(raw) > n and letters in fronts() and not raw[n - 1].endswith("-"):
            text = " ".join(raw[:n])
            rest = " ".join(raw[n:])
            form = _choose(letters, text, country, rest=rest)
            if form is not None and "front" in form.flags and (not rest.isupper() or country in form.elf):
                return FoundForm(form, form.form, 0, len(text))
    return None
