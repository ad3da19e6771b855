"""Section ``[lifecycle]``: from how many days on a relationship is in another phase, and how surveys answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmclean.core.language import Text


@dataclass(frozen=True, slots=True)
class LifecycleSection:
    """Limits of the phases in days, each exclusive: on the day itself the next phase begins.

    The phases are those of the customer life cycle (Stauss, Perspektivenwandel: Vom Produkt-Lebenszyklus zum
    Kundenbeziehungs-Lebenszyklus, Thexis 2/2000; Bruhn, Relationship Marketing, 2016). Neither gives days. Ours are for
    goods bought a few times a year: onboarding is the first quarter; "active" is who bought within twelve months, as
    retailers count; after two years without a purchase a customer is lost, and after three, when claims lapse
    (§ 195 BGB), nobody is asked back. Firms that sell machines or bread need others.

    Attributes:
        onboarding_days: since the first purchase; after it the relationship grows.
        growth_days: since the first purchase; after it the relationship is kept.
        at_risk_days: since the last purchase; after it the relationship is defended.
        lost_days: since the last purchase; after it the customer is to be won back.
        ended_days: since the last purchase or the end; after it the relationship is over.
        empty_is_no_purchase: whether an empty purchase date says that there was none, instead of nothing.
        csat_scale: highest answer about satisfaction; 0: found in the column.
        ces_scale: highest answer about effort; 0: found in the column.
        a_share: 0..1, of the revenue, that customers of class A make together.
        b_share: 0..1, that those of classes A and B make.
    """

    onboarding_days: int = 90
    growth_days: int = 365
    at_risk_days: int = 365
    lost_days: int = 730
    ended_days: int = 1095
    empty_is_no_purchase: bool = False
    csat_scale: int = 0
    ces_scale: int = 0
    a_share: float = 0.8
    b_share: float = 0.95


KEYS = {
    "onboarding_days": "days after the first purchase in which a customer is new",
    "growth_days": "days after the first purchase in which the relationship grows; then it is kept",
    "at_risk_days": "days without a purchase after which the relationship is to be defended",
    "lost_days": "days without a purchase after which the customer is to be won back",
    "ended_days": "days without a purchase, or since the end, after which the relationship is over",
    "empty_is_no_purchase": "true if an empty purchase date means that there was none",
    "csat_scale": "highest answer about satisfaction, e.g. 5; 0: found in the column",
    "ces_scale": "highest answer about effort, e.g. 7; 0: found in the column",
    "a_share": "share (0..1) of the revenue that customers of class A make together",
    "b_share": "share (0..1) that customers of classes A and B make together",
}


def wrong_in_lifecycle(given: LifecycleSection) -> Iterator[tuple[str, Text]]:
    """Keys whose value can't be, with what is wrong."""
    for low, high in (
        ("onboarding_days", "growth_days"),
        ("at_risk_days", "lost_days"),
        ("lost_days", "ended_days"),
        ("a_share", "b_share"),
    ):
        if getattr(given, low) > getattr(given, high):
            yield low, Text(f"{low} is larger than {high}", f"{low} ist größer als {high}")
    for name in ("onboarding_days", "at_risk_days"):
        if getattr(given, name) < 0:
            yield name, Text(f"{name} is negative", f"{name} ist negativ")
    for name in ("csat_scale", "ces_scale"):
        if getattr(given, name) < 0:
            yield name, Text(f"{name} is negative", f"{name} ist negativ")
    if given.a_share < 0:
        yield "a_share", Text("a_share is negative", "a_share ist negativ")
    if given.b_share > 1:
        yield "b_share", Text("b_share is larger than 1", "b_share ist größer als 1")
