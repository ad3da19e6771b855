"""Takes a German register number apart, however it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crmclean.fields.ids._courts import Court, find_court, without_court_words

# What stands for each register, as patterns over the value; the number follows.
_TYPES = {
    "HRA": r"H\.?[ -]?R\.?[ -]?A\.?|Handelsregister,? ?(?:Abt(?:eilung|\.)? ?)?A",
    "HRB": r"H\.?[ -]?R\.?[ -]?B\.?|Handelsregister,? ?(?:Abt(?:eilung|\.)? ?)?B",
    "GnR": r"G\.?[ -]?n\.?[ -]?R\.?|Gen\.?-?Reg?\.?|Genossenschaftsregister",
    "GsR": r"G\.?[ -]?s\.?[ -]?R\.?|Ges\.?-?Reg\.?|Gesellschaftsregister",
    "VR": r"V\.?[ -]?R\.?|Vereinsregister",
    "PR": r"P\.?[ -]?R\.?|Part\.?-?Reg?\.?|Partnerschaftsregister",
}
TYPES = tuple(_TYPES)
_TYPE = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _TYPES.items())
_NUMBER = re.compile(
    rf"(?<![^\W\d_])(?:{_TYPE})(?![^\W\d_])[ ]*(?:-?Nr\.?|-?Nummer|No\.?)?[ ]*[:.#-]?[ ]*"
    r"(?P<number>[0-9]{1,3}(?:[ .][0-9]{3})+(?![0-9])|[0-9]+)"
    r"(?:[ -]*(?P<suffix>[A-ZÖ]{1,3})(?![^\W_]))?",
    re.IGNORECASE,
)
_FORMER = re.compile(r"[ ,(]+(?:früher|frueher|vormals|ehemals|ehem\.|zuvor)[ :]+", re.IGNORECASE)
_NOISE = re.compile(
    r"(?<![^\W\d_])(?:eingetragen|unter|der|dem|des|im|beim?|in das|Handelsregisters?|Vereinsregisters?|Registernummer|"
    r"Register|Reg\.|Nummer|Nr\.?|Sitz(?: der Gesellschaft)?|Gericht|Deutschland)(?![^\W\d_])[ :.]*",
    re.IGNORECASE,
)
_COURT_LETTERS = 3  # the shortest names of courts are as long as a suffix may be
_TRIM = " ,;:.-–/|()[]"


@dataclass(frozen=True, slots=True)
class RegisterNumber:
    """A register number in its parts.

    Attributes:
        kind: HRA, HRB, GnR, GsR, VR or PR.
        number: digits without zeros in front.
        suffix: letters of a merged register (``B`` in Berlin, ``KI`` in Kiel), or empty.
        court: name as the portal writes it, or as it stands where it is not known; empty if none is named.
        former: court that kept the number before, or empty.
        known: the court, if it is known.
        has_more: whether a second number follows.
        extra: text behind the number that says neither court nor another number.
    """

    kind: str
    number: str
    suffix: str = ""
    court: str = ""
    former: str = ""
    known: Court | None = None
    has_more: bool = False
    extra: str = ""

    def __str__(self) -> str:
        """The canonical form, as OffeneRegister and the portal write it."""
        former = f"früher {self.former}" if self.former else ""
        return " ".join(part for part in (self.court, former, self.kind, self.number, self.suffix) if part)


def split_register_number(value: str) -> RegisterNumber | None:
    """The parts of a register number, or ``None`` if there is none in the value.

    Args:
        value: tidy text.

    >>> str(split_register_number("eingetragen beim Amtsgericht Bonn unter HRB Nr. 12 345"))
    'Bonn HRB 12345'
    >>> str(split_register_number("HRA110 AG Aachen, früher Eschweiler"))
    'Aachen früher Eschweiler HRA 110'
    """
    match = _NUMBER.search(value)
    if match is None:
        return None
    kind = next(name for name in TYPES if match[name])
    digits = re.sub("[ .]", "", match["number"]).lstrip("0")
    if not digits or len(digits) > 6:
        return None
    end, suffix = match.end(), match["suffix"] or ""
    if not suffix and re.match(r"[^\W_]", value[end:]):  # "HRB 11223 BBBB", "HRB 12345abc"
        return None
    if suffix and _is_court_word(suffix, value[end:]):
        end, suffix = match.start("suffix"), ""
    before, after = value[: match.start()], value[end:]
    court, former, extra = _courts(before, after)
    known = find_court(court) if court else None
    known_former = find_court(former) if former else None
    return RegisterNumber(
        kind,
        digits,
        suffix.upper(),
        known.name if known else court,
        known_former.name if known_former else former,
        known,
        has_more=_NUMBER.search(after) is not None,
        extra=extra,
    )


def _is_court_word(suffix: str, rest: str) -> bool:
    """Whether the letters behind the number are no part of it: ``HRB 1 AG Bonn``, ``HRB 1 und``, lower case words."""
    if len(suffix) == _COURT_LETTERS and find_court(suffix) is not None:  # Ulm, Hof
        return True
    if suffix.upper() == "AG":
        return bool(rest.strip(_TRIM))
    if suffix.islower():
        return bool(rest.strip(_TRIM)) or suffix in ("und", "am", "in", "im", "bei", "des", "der")
    return not suffix.isupper() and bool(rest.strip(_TRIM))


def _courts(before: str, after: str) -> tuple[str, str, str]:
    """Court, former court and what is left behind the number, from the text around it."""
    court, former = _court_in(before)
    behind, later = _court_in(after)
    if not court:
        return behind, former or later, ""
    if not former and later and not behind:
        return court, later, ""
    return court, former, "" if behind == court else behind


def _court_in(text: str) -> tuple[str, str]:
    if not text.strip(_TRIM):
        return "", ""
    another = _NUMBER.search(text)
    if another:
        text = text[: another.start()]
    here, *gone = _FORMER.split(f" {text}", maxsplit=1)
    return _court_name(here), _court_name(gone[0]) if gone else ""


def _court_name(text: str) -> str:
    text = text.strip(_TRIM)
    if find_court(text):
        return text
    bare = re.sub(r"^AG\s+", "", without_court_words(text)).strip(_TRIM)
    bare = re.sub(r"\s{2,}", " ", _NOISE.sub("", bare)).strip(_TRIM)
    bare = re.sub(r"(?:^|\s)AG(?=\s|$)", " ", bare).strip(_TRIM)
    if text.count("(") == text.count(")") and f"({bare}" not in text and bare.count("(") > bare.count(")"):
        bare += ")"  # the bracket belonged to the name
    return bare
