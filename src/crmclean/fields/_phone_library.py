"""What libphonenumber knows about a string of digits. The only place that talks to it when values are judged.

Sources: libphonenumber's metadata through ``phonenumbers``; ITU-T E.164 (numbers), E.123 (written forms).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumber, PhoneNumberFormat, PhoneNumberType
from phonenumbers.phonenumberutil import ValidationResult

# Our names of libphonenumber's number types; stable, they are shown by ``crmclean parse``.
KINDS = {
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed-or-mobile",
    PhoneNumberType.TOLL_FREE: "toll-free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared-cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "uan",
    PhoneNumberType.VOICEMAIL: "voicemail",
    PhoneNumberType.UNKNOWN: "unknown",
}
# Countries whose numbers grow by the extension: Germany and Austria, the open numbering plans.
DIRECT_DIAL_CODES = frozenset({"49", "43"})
TEXTABLE = frozenset({"mobile", "fixed-or-mobile"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can exist, assigned or not.

    Attributes:
        parsed: libphonenumber's object.
        e164: ``+`` and at most 15 digits.
        country_code: digits of the country calling code.
        national: national significant number, with Italy's leading zero.
        kind: one of ``KINDS``; ``unknown`` when no range of the numbering plan holds it.
    """

    parsed: PhoneNumber
    e164: str
    country_code: str
    national: str
    kind: str

    @property
    def is_valid(self) -> bool:
        """Whether a range of the numbering plan holds the number (not whether anybody answers)."""
        return self.kind != "unknown"

    @property
    def region(self) -> str:
        """ISO 3166-1 alpha-2 code, or empty where the plan does not say (international services)."""
        region = phonenumbers.region_code_for_number(self.parsed) or main_region(self.country_code)
        return region if len(region) == 2 and region != "ZZ" else ""


@lru_cache(maxsize=1024)  # a cell with a slash, a hyphen or an extension asks for the same digits more than once
def read_number(digits: str, region: str | None) -> Number | None:
    """The number these digits stand for, or ``None`` if there can't be such a number.

    Args:
        digits: ``+`` and digits, or digits as they are dialled inside ``region``.
        region: ISO 3166-1 alpha-2 code; ``None`` only with ``+``.
    """
    try:
        parsed = phonenumbers.parse(digits, region)
    except NumberParseException:
        return None
    possible = phonenumbers.is_possible_number_with_reason(parsed)
    kind = KINDS[phonenumbers.number_type(parsed)]  # UNKNOWN exactly where ``is_valid_number`` says no
    # A few services have the length of a local number and are valid all the same.
    exists = possible == ValidationResult.IS_POSSIBLE or kind != "unknown"
    if not exists and not (possible == ValidationResult.TOO_LONG and _has_grown(parsed)):
        return None
    code, national = str(parsed.country_code), phonenumbers.national_significant_number(parsed)
    return Number(parsed=parsed, e164=f"+{code}{national}", country_code=code, national=national, kind=kind)


def _has_grown(parsed: PhoneNumber) -> bool:
    """Whether a number is too long only because a firm's extension made it so.

    Austrian schools and offices append extensions of six digits, past the 15 of E.164; they are dialled all the same.
    """
    if str(parsed.country_code) not in DIRECT_DIAL_CODES or len(phonenumbers.national_significant_number(parsed)) > 15:
        return False
    shorter = PhoneNumber()
    shorter.merge_from(parsed)
    return phonenumbers.truncate_too_long_number(shorter) and KINDS[phonenumbers.number_type(shorter)] == "fixed"


def as_dialled(digits: str) -> str:
    """``+`` and these international digits without a trunk prefix behind the calling code; empty for no known code."""
    for length in (1, 2, 3):
        if int(digits[:length] or 0) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            trunk = trunk_prefix(main_region(digits[:length]))
            return f"+{digits[:length]}{digits[length:].removeprefix(trunk if trunk == '0' else '')}"
    return ""


def from_e164(e164: str) -> PhoneNumber | None:
    """libphonenumber's object for ``+`` and digits that were read before: for writing, so nothing is checked again."""
    for length in (1, 2, 3):
        code, national = e164[1 : 1 + length], e164[1 + length :]
        if national.isdigit() and int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            zeros = len(national) - len(national.lstrip("0")) - (int(national) == 0)
            return PhoneNumber(
                country_code=int(code),
                national_number=int(national),
                italian_leading_zero=True if zeros else None,
                number_of_leading_zeros=zeros or None,
            )
    return None


def is_local_only(digits: str, region: str) -> bool:
    """Whether the digits could be a number dialled inside one area, without its area code."""
    try:
        parsed = phonenumbers.parse(digits, region)
    except NumberParseException:
        return False
    return phonenumbers.is_possible_number_with_reason(parsed) == ValidationResult.IS_POSSIBLE_LOCAL_ONLY


def is_short_number(digits: str, region: str) -> bool:
    """Whether the digits are a short number everybody in the country can dial (112, 116117, 11880).

    Codes of single carriers are left out: in Switzerland they fill nearly the whole range of three to five digits.
    """
    from phonenumbers import shortnumberinfo

    if len(digits) > 6:
        return False
    short = PhoneNumber(country_code=phonenumbers.country_code_for_region(region), national_number=int(digits))
    if digits.startswith("0"):
        short = PhoneNumber(
            country_code=short.country_code,
            national_number=int(digits),
            italian_leading_zero=True,
            number_of_leading_zeros=len(digits) - len(digits.lstrip("0")) - (int(digits) == 0),
        )
    return shortnumberinfo.is_valid_short_number_for_region(
        short, region
    ) and not shortnumberinfo.is_carrier_specific_for_region(short, region)


@cache
def known_region(country: str | None) -> str | None:
    """The country if it has a numbering plan, else ``None``."""
    return country if country is not None and phonenumbers.country_code_for_region(country) else None


@cache
def trunk_prefix(region: str) -> str:
    """What is dialled before the area code inside the country: ``0`` in Germany, empty in Italy."""
    metadata = PhoneMetadata.metadata_for_region(region)
    return (metadata.national_prefix or "") if metadata is not None else ""


@cache
def country_code(region: str) -> str:
    """Digits of the country calling code."""
    return str(phonenumbers.country_code_for_region(region))


@cache
def main_region(code: str) -> str:
    """The region whose rules hold for a country calling code: ``US`` for 1, ``GB`` for 44; ``001`` for services."""
    return phonenumbers.region_code_for_country_code(int(code))


@cache
def has_plain_international_prefix(region: str) -> bool:
    """Whether ``00`` is what people dial before a country calling code there."""
    metadata = PhoneMetadata.metadata_for_region(region)
    return metadata is not None and metadata.international_prefix == "00"


def needs_trunk(number: Number) -> bool:
    """Whether people of the country always write the trunk prefix before this number.

    libphonenumber says so by the national formatting rule of the number's format: ``0$1`` for Germany, none for
    Spain, ``($1)`` for Brazil, optional for the United States.
    """
    code = int(number.country_code)
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, main_region(number.country_code))
    if metadata is None or not metadata.national_prefix:
        return False
    for form in metadata.number_format:
        leads = form.leading_digits_pattern
        if leads and re.match(leads[-1], number.national) is None:
            continue
        if re.fullmatch(form.pattern or "", number.national):
            rule = re.sub(r"\\\d", "", form.national_prefix_formatting_rule or "")
            return metadata.national_prefix in rule and not form.national_prefix_optional_when_formatting
    return False


def area_length(number: Number) -> int:
    """Digits of the first group behind the country calling code in the international form; 0 if there is one only.

    For German and Austrian numbers that is the area code or the network's prefix.
    """
    written = phonenumbers.format_number(number.parsed, PhoneNumberFormat.INTERNATIONAL)
    groups = re.split(r"\D+", written)[2:]
    return len(groups[0]) if len(groups) > 1 else 0


def is_in_service_range(number: Number) -> bool:
    """Whether words spelt on the keypad are usual there (0800 and the like)."""
    return number.kind in ("toll-free", "premium", "shared-cost", "personal", "uan")
