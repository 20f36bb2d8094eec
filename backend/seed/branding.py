"""How the demo's invoices look: a small logo of our own, two colours, and texts in the six languages we write."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Branding:
    """What a template needs. `logo` is an SVG; texts are by ISO 639-1 language."""

    name: str
    primary: str
    secondary: str
    logo: str
    header: Mapping[str, str]
    footer: Mapping[str, str]
    payment: Mapping[str, str]


def boules_logo(primary: str, secondary: str) -> str:
    """Three boules around a jack, in the colours of the house. No text, so that no font is needed."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
        f'<rect width="96" height="96" rx="16" fill="{primary}"/>'
        '<g fill="none" stroke="#ffffff" stroke-width="4">'
        '<circle cx="34" cy="40" r="17"/><circle cx="64" cy="40" r="17"/><circle cx="49" cy="66" r="17"/></g>'
        f'<circle cx="49" cy="48" r="6" fill="{secondary}"/></svg>'
    )


def mark_logo(primary: str, secondary: str) -> str:
    """One boule that rests beside the jack: the carreau."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
        f'<circle cx="48" cy="48" r="46" fill="{primary}"/>'
        '<g fill="none" stroke="#ffffff" stroke-width="4"><circle cx="40" cy="52" r="20"/>'
        '<path d="M24 64 L56 40 M26 44 L54 60"/></g>'
        f'<circle cx="70" cy="34" r="8" fill="{secondary}"/></svg>'
    )


HEADER: Final[Mapping[str, str]] = {
    "sv": "Tack för att du är med i boulefamiljen.",
    "fr": "Merci de faire partie de la famille bouliste.",
    "en": "Thank you for being part of the boules family.",
    "fi": "Kiitos, että olet mukana petankkiperheessä.",
    "de": "Danke, dass Sie zur Boule-Familie gehören.",
    "es": "Gracias por formar parte de la familia de la petanca.",
}
FOOTER: Final[Mapping[str, str]] = {
    "sv": "Efter förfallodagen spärras licens och klubbyte tills fakturan är betald.",
    "fr": "Tant que la facture n'est pas réglée, licence et mutation restent bloquées.",
    "en": "Until the invoice is paid, licence renewal and club transfer stay blocked.",
    "fi": "Lisenssi ja seurasiirto ovat estettyinä, kunnes lasku on maksettu.",
    "de": "Bis zur Zahlung bleiben Lizenz und Vereinswechsel gesperrt.",
    "es": "Hasta el pago de la factura, la licencia y el cambio de club quedan bloqueados.",
}
BANKGIRO: Final[Mapping[str, str]] = {
    "sv": "Betala till bankgirot eller med Swish och ange OCR-numret.",
    "fr": "Réglez par virement en indiquant la référence.",
    "en": "Pay by bank transfer, bankgiro or Swish and quote the reference.",
    "fi": "Maksa tilisiirtona ja käytä viitettä.",
    "de": "Bitte überweisen Sie mit Angabe der Referenz.",
    "es": "Pague por transferencia indicando la referencia.",
}
TRANSFER: Final[Mapping[str, str]] = {
    "sv": "Betala med banköverföring och ange referensen.",
    "fr": "Réglez par virement en indiquant la référence.",
    "en": "Pay by bank transfer and quote the reference.",
    "fi": "Maksa tilisiirtona ja käytä viitettä.",
    "de": "Bitte überweisen Sie mit Angabe der Referenz.",
    "es": "Pague por transferencia indicando la referencia.",
}


def branding(name: str, primary: str, secondary: str, *, bankgiro: bool = False, mark: bool = False) -> Branding:
    """The branding of one issuer."""
    logo = mark_logo(primary, secondary) if mark else boules_logo(primary, secondary)
    return Branding(
        name=name,
        primary=primary,
        secondary=secondary,
        logo=logo,
        header=HEADER,
        footer=FOOTER,
        payment=BANKGIRO if bankgiro else TRANSFER,
    )
