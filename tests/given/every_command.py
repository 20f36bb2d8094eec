"""One sample of every command, aimed at the things of one federation: what the walls are tried with.

A new command without a sample here fails `tests/walls`.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from backend.rules.history_csv import HistoricalRow
from backend.values.dates import Season
from backend.values.identifiers import (
    CreditNoteId,
    DebtorId,
    DeliveryId,
    InvoiceId,
    IssuerId,
    OrgNodeId,
    PaymentId,
    RunId,
    TemplateId,
    TenantId,
    UserId,
    derived_id,
)
from backend.values.tax import TaxRate
from backend.write.access.prune import PruneAccessBook
from backend.write.access.roles import GrantRole, RevokeRole
from backend.write.access.tokens import CreateToken, RevokeToken
from backend.write.credit_notes import CancelInvoice
from backend.write.debtors.erase import ErasePersonalData
from backend.write.debtors.import_members import ImportedMember, ImportMembers
from backend.write.debtors.register import RegisterDebtor
from backend.write.debtors.revise import ReviseDebtor
from backend.write.deliveries.deliver import DeliverInvoice
from backend.write.deliveries.record import Dispatch, RecordDispatches, RecordDocument, StoredDocument
from backend.write.deliveries.switch import TurnDeliverySwitch
from backend.write.execute import execute
from backend.write.gate import SetGatePolicy, WantedRule
from backend.write.history import ImportHistoricalInvoices
from backend.write.identity.clients import IssueAccessToken, RegisterApiClient, RevokeApiClient
from backend.write.identity.invitations import AcceptInvitation, InviteUser
from backend.write.identity.letters import Link
from backend.write.identity.passkeys import AddPasskey, RemovePasskey
from backend.write.identity.passwords import RequestPasswordReset, ResetPassword, SetPassword
from backend.write.identity.providers import AddIdentityProvider, LinkIdentity, RemoveIdentityProvider
from backend.write.identity.second_factors import ConfirmTotp, RemoveTotp, RenewRecoveryCodes
from backend.write.identity.sessions import CloseSessions, OpenSession, RefreshSession, RefuseAccess, RefuseSignIn
from backend.write.invoices.discard import DiscardDraft
from backend.write.invoices.draft import DraftInvoice, WantedContent, WantedLine
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.revise import ReviseDraft
from backend.write.issuers.account import SetPaymentAccount
from backend.write.issuers.delivery import SetAutoDelivery
from backend.write.issuers.identity import ChangeIssuerIdentity
from backend.write.issuers.register import RegisterIssuer
from backend.write.issuers.seasons import DefineSeason
from backend.write.issuers.series import ConfigureNumberSeries
from backend.write.issuers.templates import ChooseDefaultTemplate, DefineTemplate, ReviseTemplate
from backend.write.links import MakeInvoiceLink, RecordInvoiceViewed, RevokeInvoiceLinks
from backend.write.mirrors import ReceiveDocument, UpdateReceivedDocument
from backend.write.org import CreateClubs, CreateOrgNode, RenameOrgNode, SetTimeZone, WantedClub
from backend.write.payments import RegisterPayment
from backend.write.platform import EnterTenant, OpenTenant, RequestRebuild, TurnPlatformSwitch
from backend.write.renewals.issue_chunk import IssueRunChunk
from backend.write.renewals.start import StartRun, WantedComponent
from backend.write.renewals.stop import StopRun
from backend.write.tax import AdoptTaxRates
from tests.given.federation import Federation
from tests.given.parties import a_template, an_account, an_identity, some_particulars
from tests.given.scene import Scene

SOURCE = TenantId(UUID(int=7))
CONTENT = WantedContent(lines=(WantedLine(description="Licens senior", unit_price=Decimal("400")),))
DOCUMENT = StoredDocument(
    digest="0" * 64,
    size=1,
    media_type="application/pdf",
    language="sv",
    template="standard",
    template_digest="0" * 64,
    fonts_digest="0" * 64,
    renderer="x",
    fallback=False,
)
FEE = WantedComponent(name="Licens", amount=Decimal("400"))

# What a command aims at is always taken from the scene; what it makes has a new id.
SAMPLES: dict[str, Callable[[Scene], Any]] = {
    "DraftInvoice": lambda s: DraftInvoice(
        invoice_id=InvoiceId(uuid4()), issuer_id=s.issuer_id, debtor_id=s.debtor_id, content=CONTENT
    ),
    "ReviseDraft": lambda s: ReviseDraft(invoice_id=s.draft_id, content=CONTENT),
    "DiscardDraft": lambda s: DiscardDraft(invoice_id=s.draft_id),
    "IssueInvoice": lambda s: IssueInvoice(invoice_id=s.draft_id),
    "CancelInvoice": lambda s: CancelInvoice(
        credit_note_id=CreditNoteId(uuid4()), invoice_id=s.issued_id, reason="wrong club"
    ),
    "RegisterPayment": lambda s: RegisterPayment(
        payment_id=PaymentId(uuid4()),
        invoice_id=s.issued_id,
        amount_minor=100,
        currency="SEK",
        method="bankgiro",
        received_on=date(2026, 11, 20),
    ),
    "DeliverInvoice": lambda s: DeliverInvoice(
        invoice_id=s.issued_id, delivery_id=DeliveryId(uuid4()), to_address="someone@else.example"
    ),
    "RecordDispatches": lambda s: RecordDispatches(
        dispatches=(
            Dispatch(delivery_id=s.delivery_id, invoice_id=s.issued_id, attempt=1, outcome="sent", reply="250"),
        )
    ),
    "RecordDocument": lambda s: RecordDocument(invoice_id=s.issued_id, document=DOCUMENT),
    "MakeInvoiceLink": lambda s: MakeInvoiceLink(invoice_id=s.issued_id),
    "RevokeInvoiceLinks": lambda s: RevokeInvoiceLinks(invoice_id=s.issued_id),
    "RecordInvoiceViewed": lambda s: RecordInvoiceViewed(invoice_id=s.issued_id),
    "StartRun": lambda s: StartRun(
        run_id=RunId(uuid4()), issuer_id=s.issuer_id, kind="licence_renewal", components=(FEE,), debtors=(s.debtor_id,)
    ),
    "IssueRunChunk": lambda s: IssueRunChunk(run_id=s.run_id, chunk=0),
    "StopRun": lambda s: StopRun(run_id=s.run_id, reason="mistake"),
    "RegisterDebtor": lambda s: RegisterDebtor(
        debtor_id=DebtorId(uuid4()),
        kind="member",
        reference=f"R-{uuid4().hex[:8]}",
        particulars=some_particulars(),
        org_node_id=s.node,
        language="sv",
    ),
    "ReviseDebtor": lambda s: ReviseDebtor(
        debtor_id=s.debtor_id, particulars=some_particulars(name="Another Name"), org_node_id=s.node
    ),
    "ImportMembers": lambda s: ImportMembers(
        members=(ImportedMember(reference="IMP-1", org_node_id=s.node, particulars=some_particulars()),)
    ),
    "ErasePersonalData": lambda s: ErasePersonalData(debtor_id=s.debtor_id, ground="GDPR 17"),
    "ChangeIssuerIdentity": lambda s: ChangeIssuerIdentity(issuer_id=s.issuer_id, identity=an_identity(name="New")),
    "SetPaymentAccount": lambda s: SetPaymentAccount(issuer_id=s.issuer_id, account=an_account()),
    "DefineSeason": lambda s: DefineSeason(
        issuer_id=s.issuer_id, season=Season(code="2027", first_day=date(2027, 1, 1), last_day=date(2027, 12, 31))
    ),
    "ConfigureNumberSeries": lambda s: ConfigureNumberSeries(issuer_id=s.issuer_id, prefix="NY"),
    "SetAutoDelivery": lambda s: SetAutoDelivery(issuer_id=s.issuer_id, enabled=False),
    "RegisterIssuer": lambda s: RegisterIssuer(
        issuer_id=IssuerId(uuid4()),
        issuer_type="org_node",
        identity=an_identity(),
        jurisdiction="SE",
        currency="SEK",
        time_zone="Europe/Stockholm",
        language="sv",
        org_node_id=s.node,
    ),
    "DefineTemplate": lambda s: DefineTemplate(
        template_id=TemplateId(uuid4()), design=a_template(), issuer_id=s.issuer_id
    ),
    "ReviseTemplate": lambda s: ReviseTemplate(template_id=s.template_id, design=a_template()),
    "ChooseDefaultTemplate": lambda s: ChooseDefaultTemplate(template_id=s.template_id),
    "GrantRole": lambda s: GrantRole(user_id=s.user_id, role="club_admin", org_node_id=s.node),
    "RevokeRole": lambda s: RevokeRole(user_id=s.user_id, role="club_admin", org_node_id=s.node),
    "CreateToken": lambda s: CreateToken(token_id=uuid4(), user_id=s.user_id, digest=uuid4().bytes * 2, label="x"),
    "RevokeToken": lambda s: RevokeToken(user_id=s.user_id, token_id=s.token_id),
    "CreateOrgNode": lambda s: CreateOrgNode(
        org_node_id=OrgNodeId(uuid4()), parent_id=s.node, kind="club", name="Ny klubb"
    ),
    "CreateClubs": lambda s: CreateClubs(clubs=(WantedClub(parent_id=s.node, name="Ännu en klubb"),)),
    "RenameOrgNode": lambda s: RenameOrgNode(org_node_id=s.node, name="Nytt namn"),
    "OpenSession": lambda s: OpenSession(
        session_id=uuid4(), user_id=s.user_id, digest=a_digest(), method="password", agent="a test"
    ),
    "RefreshSession": lambda s: RefreshSession(
        session_id=s.session_id, user_id=s.user_id, digest=a_digest(), method="password"
    ),
    "CloseSessions": lambda s: CloseSessions(user_id=s.user_id, session_id=s.session_id),
    "RefuseSignIn": lambda s: RefuseSignIn(user_id=s.user_id, cause="password"),
    "SetPassword": lambda s: SetPassword(user_id=s.user_id, password_hash="x", cause="changed"),
    "ResetPassword": lambda s: ResetPassword(user_id=s.user_id, digest=a_digest(), password_hash="x"),
    "RequestPasswordReset": lambda s: RequestPasswordReset(user_id=s.user_id, link=a_link()),
    "ConfirmTotp": lambda s: ConfirmTotp(user_id=s.user_id, recovery_digests=(a_digest(),)),
    "RemoveTotp": lambda s: RemoveTotp(user_id=s.user_id),
    "RenewRecoveryCodes": lambda s: RenewRecoveryCodes(user_id=s.user_id, recovery_digests=(a_digest(),)),
    "AddPasskey": lambda s: AddPasskey(
        passkey_id=uuid4(), user_id=s.user_id, credential_id=a_digest(), public_key=b"x", sign_count=0, label="phone"
    ),
    "RemovePasskey": lambda s: RemovePasskey(user_id=s.user_id, passkey_id=s.passkey_id),
    "LinkIdentity": lambda s: LinkIdentity(user_id=s.user_id, provider_id=s.provider_id, subject_digest=a_digest()),
    "InviteUser": lambda s: InviteUser(
        user_id=UserId(uuid4()),
        email=f"{uuid4()}@users.example",
        name="New",
        language="sv",
        role="club_admin",
        org_node_id=s.node,
        link=a_link(),
    ),
    "AcceptInvitation": lambda s: AcceptInvitation(user_id=s.user_id, digest=a_digest(), name="New", password_hash="x"),
    "RegisterApiClient": lambda s: RegisterApiClient(
        client_id=uuid4(),
        name="Licences",
        capabilities=("gate.check",),
        org_node_id=s.node,
        public_jwk="{}",
        thumbprint="x",
    ),
    "RevokeApiClient": lambda s: RevokeApiClient(client_id=s.client_id),
    "IssueAccessToken": lambda s: IssueAccessToken(
        client_id=s.client_id, capabilities=(), digest=a_digest(), jti=str(uuid4())
    ),
    "RemoveIdentityProvider": lambda s: RemoveIdentityProvider(provider_id=s.provider_id),
    "ImportHistoricalInvoices": lambda s: ImportHistoricalInvoices(
        issuer_id=s.issuer_id,
        source="old system",
        rows=(
            HistoricalRow(
                number="OLD-1",
                debtor_reference="R-1",
                debtor_name="Somebody",
                issued_on=date(2020, 1, 1),
                due_on=date(2020, 2, 1),
                currency="SEK",
                net_minor=100,
                tax_minor=0,
                total_minor=100,
                open_minor=100,
                debtor_country="SE",
            ),
        ),
    ),
}

# Commands that aim at nothing but the tenant the actor is in: there is no foreign id they could name.
OWN_TENANT_ONLY: dict[str, Callable[[Scene], Any]] = {
    "AdoptTaxRates": lambda s: AdoptTaxRates(
        rates=(
            TaxRate(
                code="SE-30",
                jurisdiction="SE",
                category="standard",
                percent=Decimal(30),
                en16931="S",
                valid_from=date(2030, 1, 1),
                source="a test",
            ),
        )
    ),
    "TurnDeliverySwitch": lambda s: TurnDeliverySwitch(enabled=False, reason="a test"),
    "OpenTenant": lambda s: OpenTenant(
        tenant_id=TenantId(uuid4()),
        slug=f"t-{uuid4().hex[:12]}",
        name="Norges Pétanqueforbund",
        kind="national",
        admin_name="Kari Nordmann",
        admin_email="kari@petanque.example",
        language="sv",
    ),
    "TurnPlatformSwitch": lambda s: TurnPlatformSwitch(enabled=False, reason="a test"),
    "EnterTenant": lambda s: EnterTenant(operator_id=UserId(uuid4()), reason="a test"),
    # Nothing of it is so old: whether anything is let go of, the tests of the access book say.
    "PruneAccessBook": lambda s: PruneAccessBook(signed_before=date(2026, 1, 1)),
    "RequestRebuild": lambda s: RequestRebuild(projection="invoices"),
    "RefuseAccess": lambda s: RefuseAccess(principal="user:somebody", capability="tax.manage"),
    "AddIdentityProvider": lambda s: a_provider(uuid4()),
    "SetTimeZone": lambda s: SetTimeZone(time_zone="Pacific/Auckland"),
    "SetGatePolicy": lambda s: SetGatePolicy(rules=(WantedRule(action="club_transfer", overdue_only=True),)),
    "ReceiveDocument": lambda s: ReceiveDocument(
        source_tenant_id=SOURCE,
        source_position=1,
        source_invoice_id=s.issued_id,
        issuer_name="World",
        number="INV-1",
        issued_on=date(2026, 11, 1),
        due_on=date(2026, 12, 1),
        currency="EUR",
        net_minor=100,
        tax_minor=0,
        total_minor=100,
    ),
    "UpdateReceivedDocument": lambda s: UpdateReceivedDocument(
        source_tenant_id=SOURCE, source_position=2, source_invoice_id=s.issued_id, open_minor=0, state="paid"
    ),
}


def a_digest() -> bytes:
    return uuid4().bytes * 2


def a_link() -> Link:
    return Link(letter_id=uuid4(), digest=a_digest(), sealed="sealed")


def a_provider(provider_id: UUID) -> AddIdentityProvider:
    return AddIdentityProvider(
        provider_id=provider_id,
        name="Idrottens ID",
        issuer="https://id.example",
        client_id="carreau",
        client_secret_sealed="sealed",
    )


async def a_scene(federation: Federation) -> Scene:
    """Make one of everything in `federation`."""
    write, system = federation.write, federation.system
    debtor = await federation.a_member()
    draft, issued, run = InvoiceId(write.new_id()), InvoiceId(write.new_id()), RunId(write.new_id())
    user, token = UserId(write.new_id()), write.new_id()
    for invoice in (draft, issued):
        await execute(
            write,
            system,
            DraftInvoice(invoice_id=invoice, issuer_id=federation.issuer_id, debtor_id=debtor, content=CONTENT),
        )
    await execute(write, system, IssueInvoice(invoice_id=issued, deliver=True))
    await execute(
        write,
        system,
        StartRun(run_id=run, issuer_id=federation.issuer_id, kind="affiliation", components=(FEE,), debtors=(debtor,)),
    )
    async with write.database.scope(federation.tenant_id) as connection:
        await connection.execute(
            b"INSERT INTO users (tenant_id, user_id, name, email, created_at) VALUES (%b, %b, 'A', %b, %b)",
            (federation.tenant_id, user, f"{user}@users.example", write.clock.now()),
        )
    await execute(write, system, GrantRole(user_id=user, role="club_admin", org_node_id=federation.club))
    await execute(write, system, CreateToken(token_id=token, user_id=user, digest=token.bytes * 2, label="test"))
    session, passkey, client, provider = (uuid4() for _ in range(4))
    for command in (
        OpenSession(session_id=session, user_id=user, digest=a_digest(), method="password", agent=""),
        AddPasskey(
            passkey_id=passkey, user_id=user, credential_id=a_digest(), public_key=b"x", sign_count=0, label="phone"
        ),
        RegisterApiClient(
            client_id=client,
            name="Licences",
            capabilities=("gate.check",),
            org_node_id=federation.district,
            public_jwk="{}",
            thumbprint="x",
        ),
        a_provider(provider),
    ):
        await execute(write, system, command)
    return Scene(
        issuer_id=federation.issuer_id,
        debtor_id=debtor,
        draft_id=draft,
        issued_id=issued,
        delivery_id=DeliveryId(derived_id(issued, "delivery")),
        run_id=run,
        template_id=federation.template_id,
        node=federation.district,
        club=federation.club,
        user_id=user,
        token_id=token,
        session_id=session,
        passkey_id=passkey,
        client_id=client,
        provider_id=provider,
    )
