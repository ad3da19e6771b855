"""Where the relationship stands, in the firm's own words: lead, prospect, customer, former customer.

Sources: none; the values are the firm's own.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Lead", NO_HINTS).value
'Lead'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field

FIELD = plain_field(
    "lifecycle_phase",
    Text("Lifecycle phase", "Lebenszyklusphase"),
    "relationship",
    headers=header_names(
        """
        lifecycle phase, lifecycle stage, lifecyclestage, life cycle stage, customer stage, customer status,
        contact status, account status, lead status, leadstatus, hs lead status, hs_lead_status, status, stage,
        relationship status, relationship stage, relationship type, funnel stage, pipeline stage, contact stage,
        prospect status, rating stage,
        lebenszyklusphase, lebenszyklus-phase, lifecycle-phase, phase, kundenstatus, kontaktstatus, adressstatus,
        lead-status, beziehungsstatus, beziehungsphase, kundenphase, kundenart, kundentyp, beziehung,
        vertriebsphase, stadium,
        phase du cycle de vie, étape du cycle de vie, statut, statut du lead, stato, fase del ciclo di vita,
        estado del lead, etapa del ciclo de vida, levenscyclusfase, klantstatus, status klienta,
        """
    ),
    examples=("Lead", "Interessent", "Kunde", "customer", "marketingqualifiedlead"),
)
