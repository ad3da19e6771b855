"""Any other key: customer number, debtor account, an id of another system. Kept letter for letter, zeros included.

Sources: none; the values are the firm's own.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("10001", NO_HINTS).value
'10001'
"""

from __future__ import annotations

from crmclean.core.field import Strength
from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field, record_key

FIELD = plain_field(
    "identifier",
    Text("Identifier", "Kennung"),
    "record",
    headers=header_names(
        """
        identifier, customer number, customernumber, customer no, customer no., customer code, client number,
        client no, account number, accountnumber, account no, account code, contact number, debtor number,
        creditor number, supplier number, vendor number, member number, membership number, membership no,
        reference number, referencenumber, reference no, ref, customer ref, matchcode, search term, legacy id,
        old id, erp id, erp number, sap number, sap id, debtor no, master record id, masterrecordid, masterid,
        kundennummer, kunden-nr., kundennr., kundennr, kunden nr, kd-nr., kdnr, kd.-nr., kdnr., debitorennummer,
        debitoren-nr., debitorennr, debitor, debitor-nr., kreditorennummer, kreditoren-nr., kreditor,
        kreditorenkonto, deb./kred. konto, lieferantennummer, lieferanten-nr., lieferantennr, kundenkonto,
        konto-nr., kontonummer intern, mitgliedsnummer, mitglieds-nr., mitgliedsnr, vertragsnummer, vertrags-nr.,
        personalnummer, personal-nr., kennung, kennnummer, referenznummer, referenz-nr., kundenreferenz,
        fremdschlüssel, alte nummer, alte kundennummer, kurzbezeichnung, suchbegriff, sap-nummer, sap-nr.,
        partnernummer, partner-nr.,
        numéro client, n° client, code client, codice cliente, numero cliente, número de cliente, código de cliente,
        klantnummer, relatienummer, debiteurnummer, numer klienta,
        """
    ),
    key=record_key,
    examples=("10001", "K-2024-001", "00042", "D70001", "A.12/7"),
    strength=Strength.SUPPORTING,  # some system's key: telling where rare, but nobody knows how it was given
)
