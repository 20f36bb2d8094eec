"""Command -> handler and capability: the table of contents of the product."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from backend.tenants.capabilities import Capability
from backend.write.access.roles import GrantRole, RevokeRole, grant_role, revoke_role
from backend.write.access.tokens import CreateToken, RevokeToken, create_token, revoke_token
from backend.write.credit_notes import CancelInvoice, cancel_invoice
from backend.write.debtors.erase import ErasePersonalData, erase_personal_data
from backend.write.debtors.import_members import ImportMembers, import_members
from backend.write.debtors.register import RegisterDebtor, register_debtor
from backend.write.debtors.revise import ReviseDebtor, revise_debtor
from backend.write.deliveries.deliver import DeliverInvoice, deliver_invoice
from backend.write.deliveries.record import RecordDispatches, RecordDocument, record_dispatches, record_document
from backend.write.deliveries.switch import TurnDeliverySwitch, turn_delivery_switch
from backend.write.gate import SetGatePolicy, set_gate_policy
from backend.write.history import ImportHistoricalInvoices, import_historical_invoices
from backend.write.identity.clients import (
    IssueAccessToken,
    RegisterApiClient,
    RevokeApiClient,
    issue_access_token,
    register_api_client,
    revoke_api_client,
)
from backend.write.identity.invitations import AcceptInvitation, InviteUser, accept_invitation, invite_user
from backend.write.identity.passkeys import AddPasskey, RemovePasskey, add_passkey, remove_passkey
from backend.write.identity.passwords import (
    RequestPasswordReset,
    ResetPassword,
    SetPassword,
    request_password_reset,
    reset_password,
    set_password,
)
from backend.write.identity.providers import (
    AddIdentityProvider,
    LinkIdentity,
    RemoveIdentityProvider,
    add_identity_provider,
    link_identity,
    remove_identity_provider,
)
from backend.write.identity.second_factors import (
    ConfirmTotp,
    RemoveTotp,
    RenewRecoveryCodes,
    confirm_totp,
    remove_totp,
    renew_recovery_codes,
)
from backend.write.identity.sessions import (
    CloseSessions,
    OpenSession,
    RefreshSession,
    RefuseAccess,
    RefuseSignIn,
    close_sessions,
    open_session,
    refresh_session,
    refuse_access,
    refuse_sign_in,
)
from backend.write.invoices.discard import DiscardDraft, discard_draft
from backend.write.invoices.draft import DraftInvoice, draft_invoice
from backend.write.invoices.issue import IssueInvoice, issue_invoice
from backend.write.invoices.revise import ReviseDraft, revise_draft
from backend.write.issuers.account import SetPaymentAccount, set_payment_account
from backend.write.issuers.delivery import SetAutoDelivery, set_auto_delivery
from backend.write.issuers.identity import ChangeIssuerIdentity, change_issuer_identity
from backend.write.issuers.register import RegisterIssuer, register_issuer
from backend.write.issuers.seasons import DefineSeason, define_season
from backend.write.issuers.series import ConfigureNumberSeries, configure_number_series
from backend.write.issuers.templates import (
    ChooseDefaultTemplate,
    DefineTemplate,
    ReviseTemplate,
    choose_default_template,
    define_template,
    revise_template,
)
from backend.write.links import (
    MakeInvoiceLink,
    RecordInvoiceViewed,
    RevokeInvoiceLinks,
    make_invoice_link,
    record_invoice_viewed,
    revoke_invoice_links,
)
from backend.write.mirrors import ReceiveDocument, UpdateReceivedDocument, receive_document, update_received_document
from backend.write.org import CreateClubs, CreateOrgNode, RenameOrgNode, create_clubs, create_org_node, rename_org_node
from backend.write.payments import RegisterPayment, register_payment
from backend.write.platform import (
    EnterTenant,
    OpenTenant,
    RequestRebuild,
    TurnPlatformSwitch,
    enter_tenant,
    open_tenant,
    request_rebuild,
    turn_platform_switch,
)
from backend.write.renewals.issue_chunk import IssueRunChunk, issue_run_chunk
from backend.write.renewals.start import StartRun, start_run
from backend.write.renewals.stop import StopRun, stop_run
from backend.write.tax import AdoptTaxRates, adopt_tax_rates
from backend.write.unit_of_work import UnitOfWork

Handler = Callable[[Any, UnitOfWork], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Handled:
    """Who carries a command out, and what its sender must be allowed to do. A person must have signed in freshly for a
    `dangerous` one, wherever it comes from: GraphQL, REST or a file."""

    handler: Handler
    capability: Capability
    dangerous: bool = False


COMMANDS: Final[dict[type, Handled]] = {
    GrantRole: Handled(grant_role, Capability.ACCESS_MANAGE, dangerous=True),
    RevokeRole: Handled(revoke_role, Capability.ACCESS_MANAGE, dangerous=True),
    CreateToken: Handled(create_token, Capability.ACCESS_MANAGE, dangerous=True),
    RevokeToken: Handled(revoke_token, Capability.ACCESS_MANAGE, dangerous=True),
    CreateOrgNode: Handled(create_org_node, Capability.ACCESS_MANAGE),
    CreateClubs: Handled(create_clubs, Capability.DEBTORS_MANAGE),
    RenameOrgNode: Handled(rename_org_node, Capability.ACCESS_MANAGE),
    OpenSession: Handled(open_session, Capability.SYSTEM),
    RefreshSession: Handled(refresh_session, Capability.SYSTEM),
    CloseSessions: Handled(close_sessions, Capability.SYSTEM),
    RefuseSignIn: Handled(refuse_sign_in, Capability.SYSTEM),
    RefuseAccess: Handled(refuse_access, Capability.SYSTEM),
    SetPassword: Handled(set_password, Capability.SYSTEM),
    ResetPassword: Handled(reset_password, Capability.SYSTEM),
    RequestPasswordReset: Handled(request_password_reset, Capability.SYSTEM),
    ConfirmTotp: Handled(confirm_totp, Capability.SYSTEM, dangerous=True),
    RemoveTotp: Handled(remove_totp, Capability.SYSTEM, dangerous=True),
    RenewRecoveryCodes: Handled(renew_recovery_codes, Capability.SYSTEM, dangerous=True),
    AddPasskey: Handled(add_passkey, Capability.SYSTEM, dangerous=True),
    RemovePasskey: Handled(remove_passkey, Capability.SYSTEM, dangerous=True),
    LinkIdentity: Handled(link_identity, Capability.SYSTEM),
    InviteUser: Handled(invite_user, Capability.ACCESS_MANAGE, dangerous=True),
    AcceptInvitation: Handled(accept_invitation, Capability.SYSTEM),
    RegisterApiClient: Handled(register_api_client, Capability.ACCESS_MANAGE, dangerous=True),
    RevokeApiClient: Handled(revoke_api_client, Capability.ACCESS_MANAGE, dangerous=True),
    IssueAccessToken: Handled(issue_access_token, Capability.SYSTEM),
    AddIdentityProvider: Handled(add_identity_provider, Capability.ACCESS_MANAGE, dangerous=True),
    RemoveIdentityProvider: Handled(remove_identity_provider, Capability.ACCESS_MANAGE, dangerous=True),
    RegisterIssuer: Handled(register_issuer, Capability.ISSUERS_MANAGE),
    ChangeIssuerIdentity: Handled(change_issuer_identity, Capability.ISSUERS_MANAGE),
    SetPaymentAccount: Handled(set_payment_account, Capability.ISSUERS_MANAGE),
    DefineSeason: Handled(define_season, Capability.ISSUERS_MANAGE),
    ConfigureNumberSeries: Handled(configure_number_series, Capability.ISSUERS_MANAGE),
    SetAutoDelivery: Handled(set_auto_delivery, Capability.ISSUERS_MANAGE),
    DefineTemplate: Handled(define_template, Capability.ISSUERS_MANAGE),
    ReviseTemplate: Handled(revise_template, Capability.ISSUERS_MANAGE),
    ChooseDefaultTemplate: Handled(choose_default_template, Capability.ISSUERS_MANAGE),
    AdoptTaxRates: Handled(adopt_tax_rates, Capability.TAX_MANAGE),
    RegisterDebtor: Handled(register_debtor, Capability.DEBTORS_MANAGE),
    ReviseDebtor: Handled(revise_debtor, Capability.DEBTORS_MANAGE),
    ImportMembers: Handled(import_members, Capability.DEBTORS_MANAGE),
    ErasePersonalData: Handled(erase_personal_data, Capability.PERSONAL_DATA_ERASE, dangerous=True),
    DraftInvoice: Handled(draft_invoice, Capability.INVOICES_DRAFT),
    ReviseDraft: Handled(revise_draft, Capability.INVOICES_DRAFT),
    DiscardDraft: Handled(discard_draft, Capability.INVOICES_DRAFT),
    IssueInvoice: Handled(issue_invoice, Capability.INVOICES_ISSUE),
    CancelInvoice: Handled(cancel_invoice, Capability.INVOICES_CANCEL),
    RegisterPayment: Handled(register_payment, Capability.PAYMENTS_REGISTER),
    DeliverInvoice: Handled(deliver_invoice, Capability.DELIVERIES_SEND),
    RecordDispatches: Handled(record_dispatches, Capability.SYSTEM),
    RecordDocument: Handled(record_document, Capability.SYSTEM),
    MakeInvoiceLink: Handled(make_invoice_link, Capability.DELIVERIES_SEND),
    RevokeInvoiceLinks: Handled(revoke_invoice_links, Capability.DELIVERIES_SEND),
    RecordInvoiceViewed: Handled(record_invoice_viewed, Capability.SYSTEM),
    SetGatePolicy: Handled(set_gate_policy, Capability.GATE_MANAGE),
    ImportHistoricalInvoices: Handled(import_historical_invoices, Capability.HISTORY_IMPORT),
    ReceiveDocument: Handled(receive_document, Capability.SYSTEM),
    UpdateReceivedDocument: Handled(update_received_document, Capability.SYSTEM),
    TurnDeliverySwitch: Handled(turn_delivery_switch, Capability.DELIVERIES_SWITCH, dangerous=True),
    OpenTenant: Handled(open_tenant, Capability.PLATFORM_OPERATE, dangerous=True),
    TurnPlatformSwitch: Handled(turn_platform_switch, Capability.PLATFORM_OPERATE, dangerous=True),
    EnterTenant: Handled(enter_tenant, Capability.PLATFORM_OPERATE),
    RequestRebuild: Handled(request_rebuild, Capability.PLATFORM_OPERATE),
    StartRun: Handled(start_run, Capability.RUNS_START),
    IssueRunChunk: Handled(issue_run_chunk, Capability.SYSTEM),
    StopRun: Handled(stop_run, Capability.RUNS_START),
}
