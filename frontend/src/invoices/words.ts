/** The words for states, actions and reasons of invoices. */
import type { AgingBucket, DeliveryState, InvoiceAction, InvoiceActionReason, InvoiceStatus, InvoiceType, PaymentMethod, StepLabel } from "../graphql/generated/graphql";
import { messages } from "../language/messages";

interface Words {
  readonly status: Record<InvoiceStatus, string>;
  readonly dueSoon: string;
  readonly type: Record<InvoiceType, string>;
  readonly delivery: Record<DeliveryState, string>;
  readonly action: Record<InvoiceAction, string>;
  readonly reason: Record<InvoiceActionReason, string>;
  readonly method: Record<PaymentMethod, string>;
  readonly step: Record<StepLabel, string>;
  readonly bucket: Record<AgingBucket, string>;
}

const en: Words = {
  status: {
    DRAFT: "Draft", ISSUED: "Issued", SENT: "Sent", VIEWED: "Viewed", PARTIALLY_PAID: "Partly paid", PAID: "Paid",
    OVERDUE: "Overdue", CANCELLED: "Cancelled",
  },
  dueSoon: "Due soon",
  type: { STANDARD: "Invoice", LICENCE_RENEWAL: "Licence renewal", AFFILIATION: "Affiliation" },
  delivery: {
    NONE: "Not sent", QUEUED: "Waiting", SENT: "Sent", DELIVERED: "Delivered", VIEWED: "Viewed", BOUNCED: "Bounced",
    FAILED: "Failed", UNKNOWN: "Unknown",
  },
  action: {
    ISSUE: "Issue", REVISE: "Edit", DISCARD: "Discard", DELIVER: "Send by e-mail", SHARE: "Link for the debtor", CANCEL: "Cancel invoice",
    REGISTER_PAYMENT: "Register payment", DOWNLOAD_PDF: "Download PDF",
  },
  reason: {
    INVOICE_ALREADY_POSTED: "It is issued already.", INVOICE_NOT_ISSUED: "It is not issued yet.",
    INVOICE_CANCELLED: "It is cancelled.",
    INVOICE_ALREADY_PAID: "It is paid already.",
    DELIVERY_IN_PROGRESS: "It is being sent right now.", FORBIDDEN: "Your role does not allow it.",
  },
  method: {
    BANK_TRANSFER: "Bank transfer", BANKGIRO: "Bankgiro", SWISH: "Swish", CARD: "Card", CASH: "Cash", CHECK: "Cheque",
    OTHER: "Other",
  },
  step: {
    LINE_AMOUNT: "Quantity × unit price", LINE_DISCOUNT: "Discount of the line", DOCUMENT_DISCOUNT: "Discount of the invoice",
    GROUP_BASE: "Taxable amount of the rate", GROUP_TAX: "Tax on it", LINE_TAX: "Tax given back to the line", TOTAL: "Total",
  },
  bucket: {
    NOT_DUE: "Not due", DAYS_0_30: "0–30 days", DAYS_31_60: "31–60 days", DAYS_61_90: "61–90 days", DAYS_OVER_90: "Over 90 days",
  },
}; // prettier-ignore

const sv: Words = {
  status: {
    DRAFT: "Utkast", ISSUED: "Utställd", SENT: "Skickad", VIEWED: "Läst", PARTIALLY_PAID: "Delbetald", PAID: "Betald",
    OVERDUE: "Förfallen", CANCELLED: "Makulerad",
  },
  dueSoon: "Förfaller snart",
  type: { STANDARD: "Faktura", LICENCE_RENEWAL: "Licensförnyelse", AFFILIATION: "Anslutningsavgift" },
  delivery: {
    NONE: "Inte skickad", QUEUED: "Väntar", SENT: "Skickad", DELIVERED: "Levererad", VIEWED: "Läst", BOUNCED: "Studsade",
    FAILED: "Misslyckades", UNKNOWN: "Okänt",
  },
  action: {
    ISSUE: "Ställ ut", REVISE: "Ändra", DISCARD: "Kasta", DELIVER: "Skicka med e-post", SHARE: "Länk till betalaren", CANCEL: "Makulera fakturan",
    REGISTER_PAYMENT: "Registrera betalning", DOWNLOAD_PDF: "Ladda ner PDF",
  },
  reason: {
    INVOICE_ALREADY_POSTED: "Den är redan utställd.", INVOICE_NOT_ISSUED: "Den är inte utställd än.",
    INVOICE_CANCELLED: "Den är makulerad.",
    INVOICE_ALREADY_PAID: "Den är redan betald.",
    DELIVERY_IN_PROGRESS: "Den håller på att skickas.", FORBIDDEN: "Din roll tillåter det inte.",
  },
  method: {
    BANK_TRANSFER: "Banköverföring", BANKGIRO: "Bankgiro", SWISH: "Swish", CARD: "Kort", CASH: "Kontant", CHECK: "Check",
    OTHER: "Annat",
  },
  step: {
    LINE_AMOUNT: "Antal × à-pris", LINE_DISCOUNT: "Radens rabatt", DOCUMENT_DISCOUNT: "Fakturans rabatt",
    GROUP_BASE: "Satsens momsunderlag", GROUP_TAX: "Moms på det", LINE_TAX: "Moms som faller på raden", TOTAL: "Summa",
  },
  bucket: {
    NOT_DUE: "Ej förfallet", DAYS_0_30: "0–30 dagar", DAYS_31_60: "31–60 dagar", DAYS_61_90: "61–90 dagar",
    DAYS_OVER_90: "Över 90 dagar",
  },
}; // prettier-ignore

const fr: Words = {
  status: {
    DRAFT: "Brouillon", ISSUED: "Émise", SENT: "Envoyée", VIEWED: "Consultée", PARTIALLY_PAID: "Payée en partie", PAID: "Payée",
    OVERDUE: "En retard", CANCELLED: "Annulée",
  },
  dueSoon: "Bientôt due",
  type: { STANDARD: "Facture", LICENCE_RENEWAL: "Renouvellement de licence", AFFILIATION: "Affiliation" },
  delivery: {
    NONE: "Non envoyée", QUEUED: "En attente", SENT: "Envoyée", DELIVERED: "Distribuée", VIEWED: "Consultée", BOUNCED: "Rejetée",
    FAILED: "Échouée", UNKNOWN: "Inconnu",
  },
  action: {
    ISSUE: "Émettre", REVISE: "Modifier", DISCARD: "Jeter", DELIVER: "Envoyer par e-mail", SHARE: "Lien pour le débiteur", CANCEL: "Annuler la facture",
    REGISTER_PAYMENT: "Enregistrer un paiement", DOWNLOAD_PDF: "Télécharger le PDF",
  },
  reason: {
    INVOICE_ALREADY_POSTED: "Elle est déjà émise.", INVOICE_NOT_ISSUED: "Elle n’est pas encore émise.",
    INVOICE_CANCELLED: "Elle est annulée.",
    INVOICE_ALREADY_PAID: "Elle est déjà payée.",
    DELIVERY_IN_PROGRESS: "Elle est en cours d’envoi.", FORBIDDEN: "Votre rôle ne le permet pas.",
  },
  method: {
    BANK_TRANSFER: "Virement", BANKGIRO: "Bankgiro", SWISH: "Swish", CARD: "Carte", CASH: "Espèces", CHECK: "Chèque", OTHER: "Autre",
  },
  step: {
    LINE_AMOUNT: "Quantité × prix unitaire", LINE_DISCOUNT: "Remise de la ligne", DOCUMENT_DISCOUNT: "Remise de la facture",
    GROUP_BASE: "Base imposable du taux", GROUP_TAX: "Taxe sur cette base", LINE_TAX: "Taxe rapportée à la ligne", TOTAL: "Total",
  },
  bucket: {
    NOT_DUE: "Non échu", DAYS_0_30: "0–30 jours", DAYS_31_60: "31–60 jours", DAYS_61_90: "61–90 jours", DAYS_OVER_90: "Plus de 90 jours",
  },
}; // prettier-ignore

export const { useMessages: useWords } = messages<Words>({ en, sv, fr });
