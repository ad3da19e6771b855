"""What a person would map: header lists to dialects, address-book fields to ours, columns of real files to fields."""

from __future__ import annotations

from collections.abc import Mapping

SYSTEM_OF_LIST: Mapping[str, str] = {
    "suitecrm_sugarcrm": "suitecrm",
    "outlook_com": "outlook",
    "lexware_office": "lexware",
    "lexware_faktura": "lexware",
    # No dialect of their own, and rightly so: nothing in them tells them apart.
    "fastbill": "unknown",
    "wiso_meinbuero": "unknown",
    "brevo": "unknown",
    "generic": "unknown",
    "vcard": "unknown",
    "ebid_api": "unknown",
}

# ``field[|field]@group[|group]``; fields that are not judged here are missing.
FIELD_OF_VCARD: Mapping[str, str] = {
    "firstname": "first_name",
    "surname": "last_name",
    "name": "full_name|company_name",
    "prefix": "academic_title|salutation",
    "organization": "company_name",
    "department": "department",
    "jobtitle": "job_title",
    "birthday": "date_of_birth",
    "email:home": "email",
    "email:work": "email",
    "email:other": "email",
    "phone:home": "phone@home",
    "phone:home2": "phone@home",
    "phone:work": "phone@work",
    "phone:work2": "phone@work",
    "phone:mobile": "mobile",
    "phone:main": "phone",
    "phone:other": "phone|fax|mobile",
    "phone:assistant": "phone@assistant",
    "phone:car": "phone|mobile",
    "phone:homefax": "fax",
    "phone:workfax": "fax",
    "street:home": "street|full_address@home",
    "street:work": "street|full_address@work",
    "street:other": "street|full_address@other",
    "zipcode:home": "postal_code@home",
    "zipcode:work": "postal_code@work",
    "zipcode:other": "postal_code@other",
    "locality:home": "city@home",
    "locality:work": "city@work",
    "locality:other": "city@other",
    "region:home": "state@home",
    "region:work": "state@work",
    "region:other": "state@other",
    "country:home": "country@home",
    "country:work": "country@work",
    "country:other": "country@other",
    "website:homepage": "website",
    "website:other": "website",
    "website:work": "website",
    "website:blog": "website",
    "website:profile": "website|social",
    "notes": "text",
    "groups": "text|segment",
    "nickname": "text",
    "middlename": "text",
    "suffix": "text",
    "gender": "text",
    "anniversary": "text",
    "assistant": "text",
    "manager": "text",
    "spouse": "text",
    "photo": "text",
    "maidenname": "text",
    "birthday-d": "text",
    "birthday-m": "text",
    "birthday-y": "text",
}

# The truth list takes region for country and the other way round in these languages ("Land" as a region).
SWAPPED = frozenset(("de_DE", "de_CH", "es_ES", "fr_FR"))

_AT = (
    "record_id company_name company_name text text|object_type street|full_address postal_code email website phone fax "
    "text verified_at|text"
)
_AT_FILES = (
    "bund_bundesbehoerden",
    "bund_interessensvertretungen",
    "bund_kammern",
    "bund_parteien",
    "bund_sozialversicherung",
    "bund_staatsnahe_staatseigene_unternehmen",
    "burgenland_burgenland",
    "kaernten_berufsschulen",
    "niederoesterreich_bezirkshauptmannschaften",
    "oberoesterreich_oberoesterreich",
    "salzburg_salzburg",
    "tirol_tirol",
    "vorarlberg_vorarlberg",
)

# Files that are too wide to list: the system alone.
EXPECTED_SYSTEM: Mapping[str, str] = {
    "messy-crm-exports/datev_EXTF_Stammdaten-Deb-Kred.csv": "datev",
    "messy-crm-exports/roundcube_gmail.csv": "google_contacts",
    "messy-crm-exports/roundcube_tb_plain.csv": "thunderbird",
    "messy-crm-exports/roundcube_all.csv": "outlook",
}

# File -> whether it has a header, and the field of each column in order; ``text`` is "left alone".
EXPECTED: Mapping[str, tuple[bool, str]] = {
    "dir-datenanfragen/companies.csv": (
        True,
        "text|record_id|identifier company_name text full_address phone fax email website text|country text text",
    ),
    **{f"dir-at-organisations/{name}.csv": (True, _AT) for name in _AT_FILES},
    "dir-offeneregister/companies.csv.gz": (
        True,
        (
            "record_id|identifier company_name full_address text state register_court text register_number|text "
            "register_number city|register_court company_name|text verified_at|text"
        ),
    ),
    # "Executive Director" has a number in nearly every cell: no names. The last columns hold their neighbours' values:
    # "Center Director" web addresses, "Website" Yes and No, "Email Address" dates.
    "dup-dedupe-childcare/csv_example_messy_input.csv": (
        True,
        (
            "record_id text company_name street|full_address postal_code phone fax text text identifier company_name "
            "text text text text text full_name text text text text text text|full_name text text text "
            "identifier text text email text text"
        ),
    ),
    "messy-crm-exports/salesforce_accountData.csv": (
        True,
        (
            "record_id text identifier company_name text parent_id street city state postal_code country street city "
            "state postal_code country phone fax identifier website industry_code text revenue employees text text "
            "text text text owner created_at text modified_at text modified_at|text last_activity_at identifier"
        ),
    ),
    "messy-crm-exports/salesforce_insertAccountCsv.csv": (
        True,
        "company_name text phone identifier|record_id website revenue identifier|record_id",
    ),
    "messy-crm-exports/roundcube_outlook.csv": (True, "email email email"),
    "dup-dupehell-crm/medium_account.csv.gz": (
        True,
        (
            "record_id phone identifier city state country text company_name duns text employees text|revenue street "
            "postal_code website"
        ),
    ),
    "dup-dupehell-crm/medium_contact.csv.gz": (
        True,
        (
            "record_id identifier first_name last_name email phone job_title company_name identifier|parent_id social "
            "city state country text created_at text"
        ),
    ),
    "dup-dupehell-crm/medium_lead.csv.gz": (
        True,
        (
            "record_id identifier first_name last_name email phone company_name created_at text identifier "
            "lifecycle_phase|text text identifier"
        ),
    ),
    # No header: only what speaks for itself can be found. Places by commune come before the postal place.
    "dir-ch-zefix-sample/firmen.tsv": (
        False,
        (
            "record_id|identifier|text identifier|text text text text city|text text text|identifier text text text "
            "text text text text text text text text street|text house_number|text text text postal_code|text "
            "city|text text ch_uid|text"
        ),
    ),
    "dup-wikirate-companies/test_companies.csv": (
        True,
        "record_id company_name text|full_address|city full_address identifier|text identifier|text identifier|text",
    ),
}
