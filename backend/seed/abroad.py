"""The platform itself, and an international federation in Switzerland: both bill federations, in English."""

from typing import Final

from backend.seed.branding import branding
from backend.seed.france import NAME as FRENCH_NAME
from backend.seed.france import SLUG as FRENCH_SLUG
from backend.seed.sweden import NAME as SWEDISH_NAME
from backend.seed.sweden import SLUG as SWEDISH_SLUG
from backend.seed.world import PLATFORM_SLUG, DemoDebtor, DemoIssuer, DemoTenant, DemoUser, bill
from backend.tenants.capabilities import Role
from backend.values.parties import Address, Identity, PaymentAccount

WORLD_SLUG: Final = "world-petanque"

_SWEDISH: Final = DemoDebtor(
    reference="SE",
    slug=SWEDISH_SLUG,
    name=SWEDISH_NAME,
    email="kansli@boule.example",
    language="sv",
    vat_number="SE802400123501",
    organisation_number="802400-1235",
    address=Address(street="Idrottens hus 1", postal_code="115 73", city="Stockholm", country="SE"),
)
_FRENCH: Final = DemoDebtor(
    reference="FR",
    slug=FRENCH_SLUG,
    name=FRENCH_NAME,
    email="tresor@boules.example",
    language="fr",
    vat_number="FR83404833048",
    address=Address(street="13 rue du Boulodrome", postal_code="13002", city="Marseille", country="FR"),
)

PLATFORM: Final = DemoTenant(
    slug=PLATFORM_SLUG,
    kind="platform",
    name="Carreau (demo)",
    issuers=(
        DemoIssuer(
            key="platform",
            issuer_type="platform",
            currency="EUR",
            language="en",
            time_zone="Europe/Stockholm",
            accounting_currency="SEK",
            identity=Identity(
                name="Carreau AB (demo)",
                organisation_number="559400-1231",
                vat_number="SE559400123101",
                email="billing@carreau.example",
                website="carreau.example",
                address=Address(street="Jackvägen 1", postal_code="118 20", city="Stockholm", country="SE"),
            ),
            account=PaymentAccount(
                account_id="CARREAU-IBAN", holder="Carreau AB", iban="DE89370400440532013000", bic="COBADEFF"
            ),
            branding=branding("Carreau", "#1f2a37", "#d97706", mark=True),
        ),
    ),
    debtors=(_SWEDISH, _FRENCH),
    users=(DemoUser(name="Operator", email="operator@carreau.example", role=Role.PLATFORM_OPERATOR),),
    bills=(
        bill("platform", "SE", "Carreau subscription, third quarter", "249.00", days_ago=51, fate="paid"),
        bill("platform", "FR", "Carreau subscription, third quarter", "249.00", days_ago=51, fate="open"),
        bill("platform", "SE", "Carreau subscription, fourth quarter", "249.00", days_ago=6, fate="open"),
    ),
)

WORLD: Final = DemoTenant(
    slug=WORLD_SLUG,
    kind="international",
    name="World Pétanque Union (demo)",
    issuers=(
        DemoIssuer(
            key="union",
            issuer_type="tenant",
            currency="EUR",
            language="en",
            time_zone="Europe/Zurich",
            accounting_currency="CHF",
            identity=Identity(
                name="World Pétanque Union (demo)",
                organisation_number="CHE-000.000.003",
                vat_number="CHE-000.000.003 MWST",
                email="treasury@union.example",
                website="union.example",
                address=Address(street="Avenue de la Boule 3", postal_code="1007", city="Lausanne", country="CH"),
            ),
            account=PaymentAccount(
                account_id="UNION-IBAN", holder="World Pétanque Union", iban="CH9300762011623852957", bic="POFICHBE"
            ),
            branding=branding("Union", "#14532d", "#f59e0b"),
        ),
    ),
    debtors=(_SWEDISH, _FRENCH),
    users=(
        DemoUser(name="Treasury", email="treasury@union.example", role=Role.FEDERATION_ADMIN),
        DemoUser(name="External auditor", email="auditor@union.example", role=Role.AUDITOR),
    ),
    bills=(
        bill("union", "SE", "Annual affiliation fee", "2400.00", days_ago=40, fate="open", terms_days=60),
        bill("union", "FR", "Annual affiliation fee", "4800.00", days_ago=40, fate="paid", terms_days=60),
        bill("union", "SE", "World championship, entry of three teams", "180.00", quantity=3, days_ago=5, fate="open"),
    ),
)
