/** What somebody may be allowed to do, as the server names it. tests/api/test_frontend.py compares them. */
export const CAPABILITIES = [
  "issuers.manage", "issuers.read", "debtors.manage", "debtors.read", "tax.manage", "invoices.draft", "invoices.issue",
  "invoices.cancel", "invoices.read", "runs.start", "payments.register", "deliveries.send", "deliveries.switch",
  "gate.check", "gate.manage", "reports.read", "activity.read", "access.manage", "personal_data.erase", "history.import",
  "platform.operate",
] as const; // prettier-ignore

export type Capability = (typeof CAPABILITIES)[number];
