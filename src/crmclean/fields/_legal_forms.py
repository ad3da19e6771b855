"""The table of legal forms and the look-up by letters. Data in ``data/legal_forms.tsv``.

Two spellings are the same form when their letters are: case, dots, blanks and brackets do not matter. Forms whose
letters are too often something else (SA, AB, OG, …) count only in the very spellings of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise, product, takewhile

_DROPPED = ".,()[]'’\"„“”«»;:-–"
_FOLD = str.maketrans({**dict.fromkeys(_DROPPED), **dict(zip("àáâéèêíìóòúłñç", "aaaeeeiiooulnc", strict=True))})

# The general partner of a mixed partnership as it is written, and the form that stands for it.
_PARTNERS = {
    **dict.fromkeys(("GmbH", "G.m.b.H.", "mbH", "m.b.H.", "GesmbH", "Ges.m.b.H.", "Gesellschaft mbH"), "GmbH"),
    **dict.fromkeys(("Gesellschaft m.b.H.", "Gesellschaft mit beschränkter Haftung"), "GmbH"),
    **dict.fromkeys(("UG (haftungsbeschränkt)", "UG", "Unternehmergesellschaft (haftungsbeschränkt)"), "UG"),
    **dict.fromkeys(("AG", "Aktiengesellschaft"), "AG"),
    **dict.fromkeys(("Ltd.", "Ltd", "Limited"), "Ltd."),
    **dict.fromkeys(("Sàrl", "S.à r.l.", "SARL"), "Sàrl"),
    **dict.fromkeys(("B.V.", "BV"), "B.V."),
    **dict.fromkeys(("S.A.", "SA"), "SA"),
    **{form: form for form in ("gGmbH", "SE", "KG", "KGaA", "OHG", "Stiftung", "e.K.", "eG", "LLC", "Inc.", "N.V.")},
}
_GERMAN_SPEAKING = frozenset(("DE", "AT", "CH", "LI"))
_CONNECTORS = ("&", "und", "u.", "+", "")
_COMPANIES = ("Co.", "Cie.", "Comp.", "Compagnie")
_PARTNERSHIPS = {
    **dict.fromkeys(("KG", "K.G.", "Kommanditgesellschaft"), "KG"),
    **dict.fromkeys(("OHG", "oHG", "O.H.G.", "offene Handelsgesellschaft"), "OHG"),
    **dict.fromkeys(("KGaA", "Kommanditgesellschaft auf Aktien"), "KGaA"),
    **{form: form for form in ("OG", "GbR", "eGbR")},
}


@dataclass(frozen=True, slots=True)
class LegalForm:
    """One legal form in one way of naming it.

    Attributes:
        form: how it is shown (``GmbH & Co. KG``).
        elf: ISO 20275 code by ISO 3166 country; empty where the list has none or several.
        spellings: accepted as they stand; the first is the standard.
        flags: ``exact``, ``end``, ``front``, ``long``, ``word``, ``field``; see the head of the table.
    """

    form: str
    elf: Mapping[str, str]
    spellings: tuple[str, ...]
    flags: frozenset[str]

    def code(self, country: str | None) -> str:
        """ISO 20275 code in that country; in the only one that has the form, if nobody names one; else empty.

        >>> legal_forms()["gmbh"][0].code("AT"), legal_forms()["gmbh"][0].code(None), legal_forms()["kft"][0].code(None)
        ('AXSB', '', 'P9F2')
        """
        if country is not None and country in self.elf:
            return self.elf[country]
        return next(iter(self.elf.values())) if len(self.elf) == 1 else ""

    def home(self, country: str | None) -> str:
        """The country whose form it is: the record's if it has the form, else the only one that has it, else empty."""
        if country is not None and country in self.elf:
            return country
        return next(iter(self.elf)) if len(self.elf) == 1 else ""

    def standard(self, text: str) -> str:
        """The accepted spelling for a text with the same letters: itself, else the one most like it.

        Capitals of forms of other countries stay: there a name is often registered so.

        >>> form = legal_forms()["gesmbh"][0]
        >>> form.standard("Ges.m.b.H."), form.standard("GESMBH"), form.standard("GES.M.B.H.")
        ('Ges.m.b.H.', 'GesmbH', 'Ges.m.b.H.')
        """
        if "long" in self.flags or "word" in self.flags or text in self.spellings:
            return text
        if text.isupper() and _GERMAN_SPEAKING.isdisjoint(self.elf):
            return text
        alike = _most_alike(self.spellings, text)
        return text if "(" in text and "(" not in alike else alike  # brackets in a registered name are part of it

    def spelt(self, text: str) -> str | None:
        """The table's spelling with the letters of the text, in whatever case it is; ``None`` if there is none.

        >>> legal_forms()["aktiengesellschaft"][0].spelt("AKTIENGESELLSCHAFT")
        'Aktiengesellschaft'
        """
        letters = _alphanumeric(text)
        return _most_alike(self.spellings, text) if letters in map(_alphanumeric, self.spellings) else None

    def fits(self, text: str) -> bool:
        """Whether a text with the letters of the form is meant as it: no words of their own are run together.

        >>> social, plain = legal_forms()["ggmbh"][0], legal_forms()["gmbh&cokg"][0]
        >>> social.fits("GGMBH"), social.fits("G GmbH"), plain.fits("Gmbh & Co Kg")
        (True, False, True)
        """
        return _keeps_words(text, self.standard(text))


@lru_cache(maxsize=4096)
def _keeps_words(text: str, standard: str) -> bool:
    """Whether every blank between two words of the text is a boundary in the standard spelling too."""
    if text == standard:
        return True
    if any(sign in text and sign not in standard for sign in "-–,"):
        return False
    ends = set()
    n_letters = 0
    for sign, following in pairwise(standard):
        n_letters += sign.isalnum()
        if sign.isalnum() and not following.isalnum():
            ends.add(n_letters)
    n_letters = 0
    for word in text.split(" ")[:-1]:
        n_letters += sum(c.isalnum() for c in word)
        is_initial = len(word) == 1 and word.isalpha() and f" {word.lower()} " not in standard  # not so in Sp. z o.o.
        if word[-1:].isalnum() and (is_initial or n_letters not in ends):
            return False
    return True


@lru_cache(maxsize=4096)
def _most_alike(spellings: tuple[str, ...], text: str) -> str:
    """Of the spellings with the same letters the one that agrees longest from the front, then in the number of dots."""
    letters = _alphanumeric(text)
    same = [spelling for spelling in spellings if _alphanumeric(spelling) == letters]
    return max(same, key=lambda s: (_agreement(s, text), s.count(".") == text.count("."))) if same else text


def _agreement(one: str, other: str) -> int:
    pairs = zip(one.lower(), other.lower(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _alphanumeric(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def form_letters(text: str) -> str:
    """What two spellings of one form have in common.

    >>> form_letters("GmbH & Co. KG"), form_letters("S.à r.l."), form_letters("A/S")
    ('gmbh&cokg', 'sarl', 'a/s')
    """
    return fold_form(text).replace(" ", "")


def fold_form(text: str) -> str:
    """Lower case without dots, brackets, hyphens and accents; blanks stay where they are."""
    return text.lower().translate(_FOLD)


def _table() -> Iterator[LegalForm]:
    text = (files("crmclean") / "data" / "legal_forms.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        form, elf, spellings, flags = line.split("\t")
        codes = {pair[:2]: pair[3:] for pair in elf.split()}
        yield LegalForm(form, codes, tuple(spellings.split("; ")), frozenset(flags.replace("-", "").split()))


def _mixed(simple: dict[str, LegalForm]) -> Iterator[LegalForm]:
    """``GmbH & Co. KG`` and its like: every partner with every partnership, as one form for each pair."""
    for (partner, first), (partnership, second) in product(_PARTNERS.items(), _PARTNERSHIPS.items()):
        spellings = tuple(
            " ".join(part for part in (partner, connector, company, partnership) if part)
            for connector, company in product(_CONNECTORS, _COMPANIES)
        )
        yield LegalForm(f"{first} & Co. {second}", simple[second].elf, spellings, frozenset())
    for partnership, second in _PARTNERSHIPS.items():  # "Adler & Co. KG": the companions are no part of the name
        spellings = tuple(
            " ".join(part for part in (connector, company, partnership) if part)
            for connector, company in product(_CONNECTORS, _COMPANIES)
        )
        yield LegalForm(second, simple[second].elf, spellings, frozenset())


@cache
def legal_forms() -> Mapping[str, tuple[LegalForm, ...]]:
    """All forms by their letters, in the order of the table."""
    found: dict[str, dict[str, LegalForm]] = {}
    simple = list(_table())
    first = {form.form: form for form in reversed(simple)}
    for form in (*simple, *_mixed(first)):
        for spelling in form.spellings:
            same = found.setdefault(form_letters(spelling), {})
            known = same.get(form.form)
            if known is None:
                same[form.form] = form
            elif known.flags == form.flags:  # dotted and plain spellings of a mixed form meet here
                same[form.form] = LegalForm(
                    form.form, known.elf, tuple(dict.fromkeys(known.spellings + form.spellings)), known.flags
                )
    return {letters: tuple(forms.values()) for letters, forms in found.items()}


@cache
def tails() -> frozenset[str]:
    """Every ending of the letters of a form: what a reader from the back may meet on the way to a form."""
    return frozenset(letters[i:] for letters in legal_forms() for i in range(1, len(letters)))


@cache
def heads() -> frozenset[str]:
    """Every beginning of the letters of a form that may stand inside a name."""
    return frozenset(
        letters[:i]
        for letters, forms in legal_forms().items()
        if any(is_free(form) for form in forms)
        for i in range(1, len(letters) + 1)
    )


@cache
def fronts() -> frozenset[str]:
    """Letters of the forms that may stand first."""
    return frozenset(letters for letters, forms in legal_forms().items() if any("front" in f.flags for f in forms))


def is_free(form: LegalForm) -> bool:
    """Whether the form may stand before other words of the name."""
    return not form.flags & {"exact", "end", "word", "field"}


@cache
def by_code() -> Mapping[str, tuple[LegalForm, str]]:
    """Form and country of an ISO 20275 code."""
    found: dict[str, tuple[LegalForm, str]] = {}
    for form in _table():
        for country, code in form.elf.items():
            if code:
                found.setdefault(code, (form, country))
    return found
