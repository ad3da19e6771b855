"""The group a firm counts the record to, in its own words: A/B/C, key account, dealer.

Sources: none; the values are the firm's own.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("A", NO_HINTS).value
'A'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field

FIELD = plain_field(
    "segment",
    Text("Segment", "Segment"),
    "relationship",
    headers=header_names(
        """
        segment, customer segment, market segment, segmentation, customer group, customergroup, customer class,
        customer category, category, categories, classification, class, rating, account rating, customer rating,
        tier, account tier, abc, abc class, abc classification, target group, group, groups, group membership, tags,
        labels, label, person label, organization label, persona, priority, cluster, marketing segment,
        kundensegment, marktsegment, segmentierung, kundengruppe, kundenklasse, kundenkategorie,
        person kundenkategorie, kategorie, kategorien, klassifizierung, klassifikation, klasse, einstufung,
        abc-klasse, abc-klassifizierung, abc-kunde, abc-einstufung, zielgruppe, gruppe, gruppen, schlagworte,
        schlagwörter, stichwörter, merkmale, merkmal, itdklassifizierung, kundenwertklasse,
        segment client, catégorie, catégories, groupe, segmento, segmento cliente, categoria, categorie, categoría,
        grupo, doelgroep, klantgroep, kategoria, grupa,
        """
    ),
    examples=("A", "Key Account", "Händler", "Mittelstand", "SMB"),
)
