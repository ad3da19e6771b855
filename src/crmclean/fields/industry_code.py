"""The industry, as a code (WZ 2008, NACE, ÖNACE, NOGA, SIC, NAICS) or in the firm's own words.

Many exports hold the words and the code in columns of one name, so both are kept as they are.

Sources: see ``FIELD.sources``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("62.01.0", NO_HINTS).value
'62.01.0'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field, word_key

FIELD = plain_field(
    "industry_code",
    Text("Industry", "Branche"),
    "company",
    headers=header_names(
        """
        industry code, industrycode, industry, industries, sector, industry sector, business sector,
        branch of industry, line of business, nace, nace code, nace-code, nace rev. 2, nacecode, sic, sic code,
        siccode, sic-code, sic desc, sicdesc, naics, naics code, naicscode, isic, isic code, primary industry,
        vertical, vertical market, sector id, sectorid,
        branche, branchen, branchencode, branchen-code, branchenschlüssel, branchennummer, branchenbezeichnung,
        wirtschaftszweig, wirtschaftszweigschlüssel, wz, wz-code, wz code, wz 2008, wz2008, wz-nummer, wz03, önace,
        oenace, önace-code, noga, noga-code, noga code, industrie, wirtschaftsbereich, geschäftsfeld, gewerbe,
        unternehmensgegenstand, nace ebene 2, branchenebene 2, branchenebene, gwbranch,
        secteur, secteur d'activité, code naf, code ape, naf, ape, settore, settore di attività, codice ateco,
        ateco, industria, sector de actividad, cnae, código cnae, sbi-code, sbi, branża, pkd, kod pkd,
        """
    ),
    key=word_key,
    examples=("62.01.0", "62.01", "J62.01", "7372", "541511", "Maschinenbau", "Software"),
    sources=(
        "WZ 2008 (Statistisches Bundesamt)",
        "Regulation (EC) No 1893/2006 (NACE Rev. 2)",
        "ÖNACE 2008",
        "NOGA 2008",
        "NAICS 2022",
    ),
)
