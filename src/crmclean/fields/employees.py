"""How many people work there: a number, a size class (``10-49``) or an open range (``500+``).

Sources: see ``FIELD.sources`` and ``_numbers``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("1.234 Mitarbeiter", NO_HINTS).value
'1234'
"""

from __future__ import annotations

from decimal import Decimal

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._number_field import number_field

FIELD = number_field(
    "employees",
    Text("Employees", "Mitarbeiter"),
    "company",
    headers=header_names(
        """
        employees, number of employees, numberofemployees, no. of employees, no of employees, num employees,
        employee count, employeecount, # employees, headcount, head count, staff, staff size, company size,
        companysize, company size range, employee range, organization number of employees,
        organization people count, fte, size,
        mitarbeiter, mitarbeiterzahl, mitarbeiteranzahl, anzahl mitarbeiter, anzahl der mitarbeiter,
        anz. mitarbeiter, anz mitarbeiter, ma-anzahl, ma anzahl, anzahl ma, beschäftigte, beschäftigtenzahl,
        anzahl beschäftigte, mitarbeitende, anzahl mitarbeitende, unternehmensgröße, firmengröße, betriebsgröße,
        mitarbeiterklasse, größenklasse, mitarbeitergrößenklasse, itdanzahlma,
        effectif, effectifs, nombre d'employés, nombre de salariés, dipendenti, numero dipendenti,
        numero di dipendenti, empleados, número de empleados, num. empleados, werknemers, aantal werknemers,
        aantal medewerkers, liczba pracowników, pracownicy,
        """
    ),
    lowest=Decimal(0),
    plausible=Decimal(5_000_000),  # the largest employers of the world have a bit over two million
    whole=True,
    examples_good=("12", "1.234", "10-49", "10 bis 49", "500+", "> 500", "ca. 200 MA", "1'200", "<10", "12,5 FTE"),
    examples_bad=("viele", "-5", "10.49.200", "Okt 49", "12.000.000", "1,2E+04", "49-10"),
    sources=("Recommendation 2003/361/EC (size classes of enterprises)",),
)
