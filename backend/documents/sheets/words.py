"""The words of files: column heads, states and filters, in the languages of the app."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

Language = Literal["sv", "fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_SV: Final[Mapping[str, str]] = {
    "numbering": "Nummerrapport", "series_kind": "Slag", "first_number": "Första nummer", "first_on": "Första datum",
    "last_number": "Sista nummer", "last_on": "Sista datum", "documents": "Antal", "cancelled_count": "Makulerade",
    "holes": "Saknas", "dated_back": "Bakdaterade", "series.invoice": "Fakturor",
    "series.credit_note": "Kreditfakturor",
    "invoices": "Fakturor", "debts": "Vem är skyldig", "aging": "Fordringar efter ålder", "statement": "Kontoutdrag",
    "number": "Nummer", "type": "Slag", "status": "Status", "delivery": "Leverans", "issuer": "Utställare",
    "debtor_reference": "Medlemsnr", "debtor": "Betalare", "season": "Säsong", "issued_on": "Fakturadatum",
    "due_on": "Förfaller", "currency": "Valuta", "net": "Netto", "tax": "Moms", "total": "Summa",
    "credited": "Krediterat", "open": "Utestående", "overdue": "Förfallet", "invoice_count": "Fakturor",
    "oldest_due_on": "Äldsta förfallodag", "as_of": "Per", "not_due": "Ej förfallet", "0-30": "0–30 dagar",
    "31-60": "31–60 dagar", "61-90": "61–90 dagar", "90+": "Över 90 dagar", "date": "Datum", "entry": "Händelse",
    "document": "Verifikat", "invoice_number": "Faktura", "amount": "Belopp", "balance": "Saldo",
    "search": "Sökning", "due": "Förfaller", "only_overdue": "Bara förfallet", "run": "Körning", "period": "Period",
    "everything": "Allt, utan filter", "yes": "Ja", "of": "från", "page": "Sida", "pages": "av", "rows": "Rader",
    "made_at": "Skapad", "position": "Journalposition", "rows_sha256": "SHA-256 över raderna", "sums": "Summor",
    "column": "Kolumn", "about": "Om filen", "publisher": "Utgivare", "filter": "Urval", "list": "Lista",
    "status.draft": "Utkast", "status.issued": "Utställd", "status.sent": "Skickad", "status.viewed": "Läst",
    "status.partially_paid": "Delbetald", "status.paid": "Betald", "status.overdue": "Förfallen",
    "status.cancelled": "Makulerad", "status.written_off": "Avskriven", "type.standard": "Faktura",
    "type.licence_renewal": "Licensförnyelse", "type.affiliation": "Anslutningsavgift",
    "delivery.none": "Inte skickad", "delivery.queued": "Väntar", "delivery.sent": "Skickad",
    "delivery.delivered": "Levererad", "delivery.viewed": "Läst", "delivery.bounced": "Studsade",
    "delivery.failed": "Misslyckades", "delivery.unknown": "Okänt", "entry.opening": "Ingående saldo",
    "entry.invoice": "Faktura", "entry.historical_invoice": "Faktura från tidigare system",
    "entry.settled_before": "Betalt före övertagandet", "entry.payment": "Betalning", "entry.credit": "Tillgodo",
    "entry.credit_note": "Kreditfaktura",
}  # fmt: skip

_FR: Final[Mapping[str, str]] = {
    "numbering": "Rapport de numérotation", "series_kind": "Nature", "first_number": "Premier numéro",
    "first_on": "Première date", "last_number": "Dernier numéro", "last_on": "Dernière date", "documents": "Nombre",
    "cancelled_count": "Annulées", "holes": "Manquants", "dated_back": "Antidatées", "series.invoice": "Factures",
    "series.credit_note": "Avoirs",
    "invoices": "Factures", "debts": "Qui doit", "aging": "Créances par ancienneté", "statement": "Relevé de compte",
    "number": "Numéro", "type": "Nature", "status": "État", "delivery": "Envoi", "issuer": "Émetteur",
    "debtor_reference": "Nº de membre", "debtor": "Débiteur", "season": "Saison", "issued_on": "Date de facture",
    "due_on": "Échéance", "currency": "Devise", "net": "Hors taxes", "tax": "TVA", "total": "Total",
    "credited": "Crédité", "open": "Ouvert", "overdue": "En retard", "invoice_count": "Factures",
    "oldest_due_on": "Échéance la plus ancienne", "as_of": "Au", "not_due": "Non échu", "0-30": "0–30 jours",
    "31-60": "31–60 jours", "61-90": "61–90 jours", "90+": "Plus de 90 jours", "date": "Date", "entry": "Écriture",
    "document": "Pièce", "invoice_number": "Facture", "amount": "Montant", "balance": "Solde",
    "search": "Recherche", "due": "Échéance", "only_overdue": "Seulement en retard", "run": "Campagne",
    "period": "Période", "everything": "Tout, sans filtre", "yes": "Oui", "of": "du", "page": "Page", "pages": "sur",
    "rows": "Lignes", "made_at": "Créé le", "position": "Position du journal", "rows_sha256": "SHA-256 des lignes",
    "sums": "Totaux", "column": "Colonne", "about": "À propos", "publisher": "Éditeur", "filter": "Sélection",
    "list": "Liste", "status.draft": "Brouillon", "status.issued": "Émise", "status.sent": "Envoyée",
    "status.viewed": "Consultée", "status.partially_paid": "Payée en partie", "status.paid": "Payée",
    "status.overdue": "En retard", "status.cancelled": "Annulée", "status.written_off": "Passée en perte",
    "type.standard": "Facture", "type.licence_renewal": "Renouvellement de licence", "type.affiliation": "Affiliation",
    "delivery.none": "Non envoyée", "delivery.queued": "En attente", "delivery.sent": "Envoyée",
    "delivery.delivered": "Distribuée", "delivery.viewed": "Consultée", "delivery.bounced": "Rejetée",
    "delivery.failed": "Échouée", "delivery.unknown": "Inconnu", "entry.opening": "Solde initial",
    "entry.invoice": "Facture", "entry.historical_invoice": "Facture d’un système antérieur",
    "entry.settled_before": "Payé avant la reprise", "entry.payment": "Paiement", "entry.credit": "Avoir du débiteur",
    "entry.credit_note": "Facture d’avoir",
}  # fmt: skip

_EN: Final[Mapping[str, str]] = {
    "numbering": "Numbering report", "series_kind": "Kind", "first_number": "First number", "first_on": "First date",
    "last_number": "Last number", "last_on": "Last date", "documents": "Documents", "cancelled_count": "Cancelled",
    "holes": "Missing", "dated_back": "Dated back", "series.invoice": "Invoices",
    "series.credit_note": "Credit notes",
    "invoices": "Invoices", "debts": "Who owes", "aging": "Receivables by age", "statement": "Account statement",
    "number": "Number", "type": "Kind", "status": "Status", "delivery": "Delivery", "issuer": "Issuer",
    "debtor_reference": "Member no.", "debtor": "Debtor", "season": "Season", "issued_on": "Invoice date",
    "due_on": "Due", "currency": "Currency", "net": "Net", "tax": "Tax", "total": "Total", "credited": "Credited",
    "open": "Open", "overdue": "Overdue", "invoice_count": "Invoices", "oldest_due_on": "Oldest due date",
    "as_of": "As of", "not_due": "Not due", "0-30": "0–30 days", "31-60": "31–60 days", "61-90": "61–90 days",
    "90+": "Over 90 days", "date": "Date", "entry": "Entry", "document": "Document", "invoice_number": "Invoice",
    "amount": "Amount", "balance": "Balance", "search": "Search", "due": "Due", "only_overdue": "Only overdue",
    "run": "Run", "period": "Period", "everything": "Everything, no filter", "yes": "Yes", "of": "from",
    "page": "Page", "pages": "of", "rows": "Rows", "made_at": "Made at", "position": "Journal position",
    "rows_sha256": "SHA-256 of the rows", "sums": "Sums", "column": "Column", "about": "About this file",
    "publisher": "Publisher", "filter": "Selection", "list": "List", "status.draft": "Draft",
    "status.issued": "Issued", "status.sent": "Sent", "status.viewed": "Viewed",
    "status.partially_paid": "Partly paid", "status.paid": "Paid", "status.overdue": "Overdue",
    "status.cancelled": "Cancelled", "status.written_off": "Written off", "type.standard": "Invoice",
    "type.licence_renewal": "Licence renewal", "type.affiliation": "Affiliation", "delivery.none": "Not sent",
    "delivery.queued": "Waiting", "delivery.sent": "Sent", "delivery.delivered": "Delivered",
    "delivery.viewed": "Viewed", "delivery.bounced": "Bounced", "delivery.failed": "Failed",
    "delivery.unknown": "Unknown", "entry.opening": "Opening balance", "entry.invoice": "Invoice",
    "entry.historical_invoice": "Invoice of an earlier system", "entry.settled_before": "Paid before the takeover",
    "entry.payment": "Payment", "entry.credit": "Credit", "entry.credit_note": "Credit note",
}  # fmt: skip

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {"sv": _SV, "fr": _FR, "en": _EN}


def label(name: str, language: Language) -> str:
    """The word for `name`."""
    return WORDS[language][name]
