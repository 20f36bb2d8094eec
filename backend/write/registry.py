"""Command -> handler and capability: the table of contents of the product."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from backend.tenants.capabilities import Capability
from backend.write.access import commands as access
from backend.write.access.handlers import create_token, grant_role, revoke_role, revoke_token
from backend.write.credit_notes import commands as credit_notes
from backend.write.credit_notes.handlers import cancel_invoice
from backend.write.debtors import commands as debtors
from backend.write.debtors.handlers import erase_personal_data, import_members, register_debtor, revise_debtor
from backend.write.deliveries import commands as deliveries
from backend.write.deliveries.handlers import deliver_invoice, record_dispatches, record_document, turn_delivery_switch
from backend.write.gate import commands as gate
from backend.write.gate.handlers import set_gate_policy
from backend.write.history import commands as history
from backend.write.history.handlers import import_historical_invoices
from backend.write.identity import commands as identity
from backend.write.identity.clients import (
    add_identity_provider,
    issue_access_token,
    register_api_client,
    remove_identity_provider,
    revoke_api_client,
)
from backend.write.identity.credentials import (
    add_passkey,
    confirm_totp,
    link_identity,
    remove_passkey,
    remove_totp,
    renew_recovery_codes,
    reset_password,
    set_password,
)
from backend.write.identity.people import accept_invitation, invite_user, request_password_reset
from backend.write.identity.sessions import close_sessions, open_session, refresh_session, refuse_access, refuse_sign_in
from backend.write.invoices import commands as invoices
from backend.write.invoices.handlers import discard_draft, draft_invoice, issue_invoice, revise_draft
from backend.write.issuers import commands as issuers
from backend.write.issuers.handlers import (
    change_issuer_identity,
    choose_default_template,
    configure_number_series,
    define_season,
    define_template,
    register_issuer,
    revise_template,
    set_auto_delivery,
    set_payment_account,
)
from backend.write.links import commands as links
from backend.write.links.handlers import make_invoice_link, record_invoice_viewed, revoke_invoice_links
from backend.write.mirrors import commands as mirrors
from backend.write.mirrors.handlers import receive_document, update_received_document
from backend.write.org import commands as org
from backend.write.org.handlers import create_clubs, create_org_node, rename_org_node
from backend.write.payments import commands as payments
from backend.write.payments.handlers import register_payment
from backend.write.platform import commands as platform
from backend.write.platform.handlers import enter_tenant, open_tenant, request_rebuild, turn_platform_switch
from backend.write.renewals import commands as renewals
from backend.write.renewals.handlers import issue_run_chunk, start_run, stop_run
from backend.write.tax import commands as tax
from backend.write.tax.handlers import adopt_tax_rates
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
    access.GrantRole: Handled(grant_role, Capability.ACCESS_MANAGE, dangerous=True),
    access.RevokeRole: Handled(revoke_role, Capability.ACCESS_MANAGE, dangerous=True),
    access.CreateToken: Handled(create_token, Capability.ACCESS_MANAGE, dangerous=True),
    access.RevokeToken: Handled(revoke_token, Capability.ACCESS_MANAGE, dangerous=True),
    org.CreateOrgNode: Handled(create_org_node, Capability.ACCESS_MANAGE),
    org.CreateClubs: Handled(create_clubs, Capability.DEBTORS_MANAGE),
    org.RenameOrgNode: Handled(rename_org_node, Capability.ACCESS_MANAGE),
    identity.OpenSession: Handled(open_session, Capability.SYSTEM),
    identity.RefreshSession: Handled(refresh_session, Capability.SYSTEM),
    identity.CloseSessions: Handled(close_sessions, Capability.SYSTEM),
    identity.RefuseSignIn: Handled(refuse_sign_in, Capability.SYSTEM),
    identity.RefuseAccess: Handled(refuse_access, Capability.SYSTEM),
    identity.SetPassword: Handled(set_password, Capability.SYSTEM),
    identity.ResetPassword: Handled(reset_password, Capability.SYSTEM),
    identity.RequestPasswordReset: Handled(request_password_reset, Capability.SYSTEM),
    identity.ConfirmTotp: Handled(confirm_totp, Capability.SYSTEM, dangerous=True),
    identity.RemoveTotp: Handled(remove_totp, Capability.SYSTEM, dangerous=True),
    identity.RenewRecoveryCodes: Handled(renew_recovery_codes, Capability.SYSTEM, dangerous=True),
    identity.AddPasskey: Handled(add_passkey, Capability.SYSTEM, dangerous=True),
    identity.RemovePasskey: Handled(remove_passkey, Capability.SYSTEM, dangerous=True),
    identity.LinkIdentity: Handled(link_identity, Capability.SYSTEM),
    identity.InviteUser: Handled(invite_user, Capability.ACCESS_MANAGE, dangerous=True),
    identity.AcceptInvitation: Handled(accept_invitation, Capability.SYSTEM),
    identity.RegisterApiClient: Handled(register_api_client, Capability.ACCESS_MANAGE, dangerous=True),
    identity.RevokeApiClient: Handled(revoke_api_client, Capability.ACCESS_MANAGE, dangerous=True),
    identity.IssueAccessToken: Handled(issue_access_token, Capability.SYSTEM),
    identity.AddIdentityProvider: Handled(add_identity_provider, Capability.ACCESS_MANAGE, dangerous=True),
    identity.RemoveIdentityProvider: Handled(remove_identity_provider, Capability.ACCESS_MANAGE, dangerous=True),
    issuers.RegisterIssuer: Handled(register_issuer, Capability.ISSUERS_MANAGE),
    issuers.ChangeIssuerIdentity: Handled(change_issuer_identity, Capability.ISSUERS_MANAGE),
    issuers.SetPaymentAccount: Handled(set_payment_account, Capability.ISSUERS_MANAGE),
    issuers.DefineSeason: Handled(define_season, Capability.ISSUERS_MANAGE),
    issuers.ConfigureNumberSeries: Handled(configure_number_series, Capability.ISSUERS_MANAGE),
    issuers.SetAutoDelivery: Handled(set_auto_delivery, Capability.ISSUERS_MANAGE),
    issuers.DefineTemplate: Handled(define_template, Capability.ISSUERS_MANAGE),
    issuers.ReviseTemplate: Handled(revise_template, Capability.ISSUERS_MANAGE),
    issuers.ChooseDefaultTemplate: Handled(choose_default_template, Capability.ISSUERS_MANAGE),
    tax.AdoptTaxRates: Handled(adopt_tax_rates, Capability.TAX_MANAGE),
    debtors.RegisterDebtor: Handled(register_debtor, Capability.DEBTORS_MANAGE),
    debtors.ReviseDebtor: Handled(revise_debtor, Capability.DEBTORS_MANAGE),
    debtors.ImportMembers: Handled(import_members, Capability.DEBTORS_MANAGE),
    debtors.ErasePersonalData: Handled(erase_personal_data, Capability.PERSONAL_DATA_ERASE, dangerous=True),
    invoices.DraftInvoice: Handled(draft_invoice, Capability.INVOICES_DRAFT),
    invoices.ReviseDraft: Handled(revise_draft, Capability.INVOICES_DRAFT),
    invoices.DiscardDraft: Handled(discard_draft, Capability.INVOICES_DRAFT),
    invoices.IssueInvoice: Handled(issue_invoice, Capability.INVOICES_ISSUE),
    credit_notes.CancelInvoice: Handled(cancel_invoice, Capability.INVOICES_CANCEL),
    payments.RegisterPayment: Handled(register_payment, Capability.PAYMENTS_REGISTER),
    deliveries.DeliverInvoice: Handled(deliver_invoice, Capability.DELIVERIES_SEND),
    deliveries.RecordDispatches: Handled(record_dispatches, Capability.SYSTEM),
    deliveries.RecordDocument: Handled(record_document, Capability.SYSTEM),
    links.MakeInvoiceLink: Handled(make_invoice_link, Capability.DELIVERIES_SEND),
    links.RevokeInvoiceLinks: Handled(revoke_invoice_links, Capability.DELIVERIES_SEND),
    links.RecordInvoiceViewed: Handled(record_invoice_viewed, Capability.SYSTEM),
    gate.SetGatePolicy: Handled(set_gate_policy, Capability.GATE_MANAGE),
    history.ImportHistoricalInvoices: Handled(import_historical_invoices, Capability.HISTORY_IMPORT),
    mirrors.ReceiveDocument: Handled(receive_document, Capability.SYSTEM),
    mirrors.UpdateReceivedDocument: Handled(update_received_document, Capability.SYSTEM),
    deliveries.TurnDeliverySwitch: Handled(turn_delivery_switch, Capability.DELIVERIES_SWITCH, dangerous=True),
    platform.OpenTenant: Handled(open_tenant, Capability.PLATFORM_OPERATE, dangerous=True),
    platform.TurnPlatformSwitch: Handled(turn_platform_switch, Capability.PLATFORM_OPERATE, dangerous=True),
    platform.EnterTenant: Handled(enter_tenant, Capability.PLATFORM_OPERATE),
    platform.RequestRebuild: Handled(request_rebuild, Capability.PLATFORM_OPERATE),
    renewals.StartRun: Handled(start_run, Capability.RUNS_START),
    renewals.IssueRunChunk: Handled(issue_run_chunk, Capability.SYSTEM),
    renewals.StopRun: Handled(stop_run, Capability.RUNS_START),
}
