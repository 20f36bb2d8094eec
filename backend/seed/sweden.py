"""A Swedish federation: districts that issue by themselves, bankgiro and Swish, 25 % MOMS."""

from typing import Final

from backend.seed.branding import branding
from backend.seed.people import swedish_members
from backend.seed.world import DemoDebtor, DemoIssuer, DemoNode, DemoTenant, DemoUser, bill
from backend.tenants.capabilities import Role
from backend.values.parties import Address, Identity, PaymentAccount

SLUG: Final = "svenska-boule"
NAME: Final = "Svenska Bouleförbundet (demo)"

# Account numbers are the ones banks print in examples: they pass every check and belong to nobody.
_FEDERATION: Final = DemoIssuer(
    key="federation",
    issuer_type="tenant",
    currency="SEK",
    language="sv",
    time_zone="Europe/Stockholm",
    identity=Identity(
        name="Svenska Bouleförbundet (demo)",
        organisation_number="802400-1235",
        vat_number="SE802400123501",
        email="kansli@boule.example",
        website="boule.example",
        address=Address(street="Idrottens hus 1", postal_code="115 73", city="Stockholm", country="SE"),
    ),
    account=PaymentAccount(
        account_id="SBF-BG",
        holder="Svenska Bouleförbundet",
        iban="SE3550000000054910000003",
        bic="ESSESESS",
        bankgiro="540-29681",
        swish="1230000003",
        reference="ocr",
    ),
    branding=branding("Förbundet", "#0b4f8a", "#ffcd00", bankgiro=True),
)
_STOCKHOLM: Final = DemoIssuer(
    key="stockholm",
    issuer_type="org_node",
    node="STO",
    currency="SEK",
    language="sv",
    time_zone="Europe/Stockholm",
    identity=Identity(
        name="Stockholms Bouledistrikt",
        organisation_number="802401-4576",
        vat_number="SE802401457601",
        email="kassor@stockholm.boule.example",
        phone="08-000 00 00",
        website="stockholm.boule.example",
        address=Address(street="Bouleplan 1", postal_code="111 22", city="Stockholm", country="SE"),
    ),
    account=PaymentAccount(
        account_id="STO-BG",
        holder="Stockholms Bouledistrikt",
        iban="SE4550000000058398257466",
        bic="ESSESESS",
        bankgiro="5050-1055",
        swish="1234679304",
        reference="ocr",
    ),
    branding=branding("Stockholm", "#123a6b", "#e0b040", bankgiro=True),
)
_SKANE: Final = DemoIssuer(
    key="skane",
    issuer_type="org_node",
    node="SKA",
    currency="SEK",
    language="sv",
    time_zone="Europe/Stockholm",
    identity=Identity(
        name="Skånes Bouledistrikt",
        organisation_number="802402-8915",
        vat_number="SE802402891501",
        email="kassor@skane.boule.example",
        website="skane.boule.example",
        address=Address(street="Grusgången 4", postal_code="211 22", city="Malmö", country="SE"),
    ),
    account=PaymentAccount(
        account_id="SKA-BG",
        holder="Skånes Bouledistrikt",
        iban="SE7280000810340009783242",
        bic="SWEDSESS",
        bankgiro="5391-0238",
        swish="1230000011",
        reference="ocr",
    ),
    branding=branding("Skåne", "#9b1c31", "#f2c14e", bankgiro=True),
)

_NODES: Final = (
    DemoNode(code="STO", name="Stockholms Bouledistrikt", kind="district"),
    DemoNode(code="SKA", name="Skånes Bouledistrikt", kind="district"),
    DemoNode(code="STO-STOCKHOLM", name="Stockholm Boule Club", kind="club", parent="STO"),
    DemoNode(code="STO-SODERTALJE", name="Södertälje Boule Club", kind="club", parent="STO"),
    DemoNode(code="SKA-MALMO", name="Malmö Boule Club", kind="club", parent="SKA"),
    DemoNode(code="SKA-LUND", name="Lunds Bouleklubb", kind="club", parent="SKA"),
    DemoNode(code="SKA-HELSINGBORG", name="Helsingborgs Boulesällskap", kind="club", parent="SKA"),
)

_CLUBS: Final = (
    DemoDebtor(
        reference="KLUBB-MALMO",
        name="Malmö Boule Club",
        email="kassor@malmo.boule.example",
        language="sv",
        club="SKA-MALMO",
        organisation_number="846000-1008",
        address=Address(street="Pildammsvägen 12", postal_code="214 66", city="Malmö", country="SE"),
    ),
    DemoDebtor(
        reference="KLUBB-LUND",
        name="Lunds Bouleklubb",
        email="kassor@lund.boule.example",
        language="sv",
        club="SKA-LUND",
        organisation_number="846000-2006",
        address=Address(street="Stadsparken 3", postal_code="223 50", city="Lund", country="SE"),
    ),
    DemoDebtor(
        reference="KLUBB-STOCKHOLM",
        name="Stockholm Boule Club",
        email="kassor@club.boule.example",
        language="sv",
        club="STO-STOCKHOLM",
        organisation_number="846000-3004",
        address=Address(street="Rålambshovsleden 1", postal_code="112 19", city="Stockholm", country="SE"),
    ),
)

_USERS: Final = (
    DemoUser(name="Annika Förbund", email="annika@boule.example", role=Role.FEDERATION_ADMIN),
    DemoUser(name="Tore Kassör", email="tore@stockholm.boule.example", role=Role.DISTRICT_TREASURER, node="STO"),
    DemoUser(name="Siv Kassör", email="siv@skane.boule.example", role=Role.DISTRICT_TREASURER, node="SKA"),
    DemoUser(name="Malin Klubb", email="malin@malmo.boule.example", role=Role.CLUB_ADMIN, node="SKA-MALMO"),
    DemoUser(name="Rune Revisor", email="rune@revision.example", role=Role.AUDITOR),
    DemoUser(name="Licenssystemet", email="licens@boule.example", role=Role.LICENCE_SYSTEM),
)

# Stockholm's series stays untouched: the run a visitor starts shall begin with FAKTURA-2026-000001.
_LICENCE: Final = "Licensavgift 2026"
_BILLS: Final = (
    bill("federation", "KLUBB-MALMO", "Föreningsavgift 2026", "1500.00", days_ago=96, fate="paid"),
    bill("federation", "KLUBB-LUND", "Föreningsavgift 2026", "1500.00", days_ago=96, fate="open"),
    bill("federation", "KLUBB-STOCKHOLM", "Anmälan SM i trippel", "350.00", quantity=3, days_ago=9, fate="open"),
    bill("skane", "SBF-0001", _LICENCE, "400.00", days_ago=81, fate="paid"),
    bill("skane", "SBF-0002", _LICENCE, "400.00", days_ago=81, fate="open"),
    bill("skane", "SBF-0003", _LICENCE, "400.00", days_ago=81, fate="cancelled"),
    bill("skane", "SBF-0004", _LICENCE, "400.00", days_ago=60, fate="partly_paid"),
    bill("skane", "SBF-0005", "Träningsläger i Ystad", "1250.00", days_ago=44, fate="open"),
    bill("skane", "SBF-0006", _LICENCE, "400.00", days_ago=12, fate="open"),
    bill("skane", "SBF-0028", _LICENCE, "400.00", days_ago=12, fate="paid"),
    bill("skane", "SBF-0007", "Domarutbildning steg 1", "600.00", days_ago=1, fate="draft"),
)

SWEDEN: Final = DemoTenant(
    slug=SLUG,
    kind="national",
    name=NAME,
    issuers=(_FEDERATION, _STOCKHOLM, _SKANE),
    nodes=_NODES,
    members=(
        *swedish_members("SBF", ("SKA-MALMO", "SKA-LUND", "SKA-HELSINGBORG"), first=0, count=30),
        *swedish_members("SBF-S", ("STO-STOCKHOLM", "STO-SODERTALJE"), first=30, count=6),
    ),
    debtors=_CLUBS,
    users=_USERS,
    bills=_BILLS,
)
