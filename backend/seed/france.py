"""A French federation: comités that issue FACTURE-2026-27-…, in euro, by bank transfer with an RF reference."""

from typing import Final

from backend.seed.branding import branding
from backend.seed.people import french_members
from backend.seed.world import DemoDebtor, DemoIssuer, DemoNode, DemoTenant, DemoUser, bill
from backend.tenants.capabilities import Role
from backend.values.parties import Address, Identity, PaymentAccount

SLUG: Final = "boules-france"
NAME: Final = "Fédération des boules de France (démo)"

_FEDERATION: Final = DemoIssuer(
    key="federation",
    issuer_type="tenant",
    currency="EUR",
    language="fr",
    time_zone="Europe/Paris",
    seasons="autumn",
    identity=Identity(
        name=NAME,
        organisation_number="000 000 018 00016",
        vat_number="FR83404833048",
        email="tresor@boules.example",
        website="boules.example",
        address=Address(street="13 rue du Boulodrome", postal_code="13002", city="Marseille", country="FR"),
    ),
    account=PaymentAccount(
        account_id="FBF-IBAN", holder="Fédération des boules", iban="FR1420041010050500013M02606", bic="PSSTFRPPMAR"
    ),
    branding=branding("Fédération", "#1d3c78", "#e63946"),
)
_PROVENCE: Final = DemoIssuer(
    key="provence",
    issuer_type="org_node",
    node="CD13",
    currency="EUR",
    language="fr",
    time_zone="Europe/Paris",
    seasons="autumn",
    identity=Identity(
        name="Comité des Bouches-du-Rhône",
        organisation_number="000 000 026 00013",
        vat_number="FR40303265045",
        email="tresorier@cd13.boules.example",
        address=Address(street="4 allée des Platanes", postal_code="13001", city="Marseille", country="FR"),
    ),
    account=PaymentAccount(
        account_id="CD13-IBAN", holder="Comité des Bouches-du-Rhône", iban="FR7630006000011234567890189", bic="AGRIFRPP"
    ),
    branding=branding("Bouches-du-Rhône", "#7a4f01", "#2a9d8f"),
)

_NODES: Final = (
    DemoNode(code="CD13", name="Comité des Bouches-du-Rhône", kind="district"),
    DemoNode(code="CD75", name="Comité de Paris", kind="district"),
    DemoNode(code="CD13-CIOTAT", name="Boule Ciotadenne", kind="club", parent="CD13"),
    DemoNode(code="CD13-AIX", name="Les Amis du Cochonnet d'Aix", kind="club", parent="CD13"),
    DemoNode(code="CD75-LUTECE", name="Pétanque de Lutèce", kind="club", parent="CD75"),
)

_CLUB: Final = DemoDebtor(
    reference="CLUB-CIOTAT",
    name="Boule Ciotadenne",
    email="tresorier@ciotat.boules.example",
    language="fr",
    club="CD13-CIOTAT",
    address=Address(street="1 place du Boulodrome", postal_code="13600", city="La Ciotat", country="FR"),
)

_USERS: Final = (
    DemoUser(name="Claire Fédération", email="claire@boules.example", role=Role.FEDERATION_ADMIN),
    DemoUser(name="Paul Trésorier", email="paul@cd13.boules.example", role=Role.DISTRICT_TREASURER, node="CD13"),
    DemoUser(name="Contrôle des comptes", email="audit@boules.example", role=Role.AUDITOR),
)

_BILLS: Final = (
    bill("federation", "CLUB-CIOTAT", "Cotisation annuelle du club", "150.00", days_ago=58, fate="open"),
    bill("provence", "FBF-0001", "Licence senior", "39.00", days_ago=70, fate="paid"),
    bill("provence", "FBF-0002", "Licence senior", "39.00", days_ago=70, fate="open"),
    bill("provence", "FBF-0003", "Licence senior", "39.00", days_ago=15, fate="partly_paid"),
    bill("provence", "FBF-0004", "Stage d'arbitrage", "85.00", days_ago=2, fate="draft"),
)

FRANCE: Final = DemoTenant(
    slug=SLUG,
    kind="national",
    name=NAME,
    issuers=(_FEDERATION, _PROVENCE),
    nodes=_NODES,
    members=(
        *french_members("FBF", ("CD13-CIOTAT", "CD13-AIX"), first=0, count=16),
        *french_members("FBF-P", ("CD75-LUTECE",), first=16, count=8),
    ),
    debtors=(_CLUB,),
    users=_USERS,
    bills=_BILLS,
)
