"""What enrichment may write, and by which rules: names that configuration, command line and engine share."""

from __future__ import annotations

from crmclean.core.language import Text

# What happens to a cell. ``own``: as ``fill``, and a value that an earlier enrichment wrote and nobody touched since.
FILL, OWN, PROPOSE, OVERWRITE = "fill", "own", "propose", "overwrite"
POLICIES = (FILL, OWN, PROPOSE, OVERWRITE)

# Fields that are one thing together: taken over whole or not at all, under one policy.
ADDRESS, REGISTER = "address", "register_number"
UNITS = {
    ADDRESS: ("street", "house_number", "postal_code", "city", "country"),
    REGISTER: ("register_number", "register_court"),
}
# What a directory says of a company beside its values; no field of a CRM.
STATUS, SUCCESSOR, SOURCE_ID = "status", "successor", "source_id"
# Headers of the columns that are added for them, by which a later enrichment knows them again.
SAID_LABELS = {
    STATUS: Text("Register status", "Registerstatus"),
    SUCCESSOR: Text("Legal successor", "Rechtsnachfolger"),
    SOURCE_ID: Text("Directory ID", "Verzeichnis-ID"),
}
CONTACT_FIELDS = ("phone", "fax", "email")  # of the company; in the record of a person they would be the person's
VERIFIED = "verified_at"
# Company ids that a directory may bring; other fields of ids (a tax number) no directory knows.
IDS = (
    "ebid", "lei", "vat_id", "register_number", "register_court", "duns", "euid", "gln", "ebid_address",
    "at_fn", "ch_uid", "gb_company_number", "fr_siren", "fr_siret",
)  # fmt: skip
FILLED = (
    *IDS, "company_name", "legal_form", *UNITS[ADDRESS], *CONTACT_FIELDS, "website", "industry_code", VERIFIED,
)  # fmt: skip
# What a policy can be given for.
POLICY_KEYS = (
    ADDRESS, *(name for name in FILLED if name not in UNITS[ADDRESS] and name != "register_court"), *SAID_LABELS,
)  # fmt: skip


def policy_key(field: str) -> str:
    """The name under which the policy of a field stands.

    >>> policy_key("city"), policy_key("lei")
    ('address', 'lei')
    """
    return next((key for key, fields in UNITS.items() if field in fields), field)
