/** Each capability in a few words, for whoever lends it to a program. */
import type { Capability } from "../app/capabilities";
import { messages } from "../language/messages";

export const { useMessages: useCapabilityWords } = messages<Record<Capability, string>>({
  en: {
    "issuers.manage": "Change issuers, their accounts, templates and seasons", "issuers.read": "Read issuers, templates and tax rates",
    "debtors.manage": "Register and change debtors, import members", "debtors.read": "Read debtors, statements and the org tree",
    "tax.manage": "Change tax rates", "invoices.draft": "Write and discard drafts", "invoices.issue": "Issue invoices",
    "invoices.cancel": "Cancel by credit note", "invoices.read": "Read invoices, payments and deliveries", "runs.start": "Start and stop runs",
    "payments.register": "Register payments", "deliveries.send": "Send invoices", "deliveries.switch": "Switch all sending off and on",
    "gate.check": "Ask the gate", "gate.manage": "Change the gate’s policy", "reports.read": "Read reports and the ledger",
    "activity.read": "Read the audit trail", "access.manage": "Invite people and give roles", "personal_data.erase": "Erase personal data",
    "history.import": "Import history", "platform.operate": "Run the platform",
  },
  sv: {
    "issuers.manage": "Ändra utställare, konton, mallar och säsonger", "issuers.read": "Läsa utställare, mallar och momssatser",
    "debtors.manage": "Registrera och ändra betalare, importera medlemmar", "debtors.read": "Läsa betalare, kontoutdrag och organisationsträdet",
    "tax.manage": "Ändra momssatser", "invoices.draft": "Skriva och kasta utkast", "invoices.issue": "Ställa ut fakturor",
    "invoices.cancel": "Makulera med kreditnota", "invoices.read": "Läsa fakturor, betalningar och utskick", "runs.start": "Starta och stoppa körningar",
    "payments.register": "Registrera betalningar", "deliveries.send": "Skicka fakturor", "deliveries.switch": "Slå av och på alla utskick",
    "gate.check": "Fråga spärren", "gate.manage": "Ändra spärrens regler", "reports.read": "Läsa rapporter och huvudboken",
    "activity.read": "Läsa händelseloggen", "access.manage": "Bjuda in personer och ge roller", "personal_data.erase": "Radera personuppgifter",
    "history.import": "Importera historik", "platform.operate": "Driva plattformen",
  },
  fr: {
    "issuers.manage": "Modifier émetteurs, comptes, modèles et saisons", "issuers.read": "Lire émetteurs, modèles et taux de taxe",
    "debtors.manage": "Créer et modifier des débiteurs, importer des membres", "debtors.read": "Lire débiteurs, relevés et organigramme",
    "tax.manage": "Modifier les taux de taxe", "invoices.draft": "Écrire et jeter des brouillons", "invoices.issue": "Émettre des factures",
    "invoices.cancel": "Annuler par avoir", "invoices.read": "Lire factures, paiements et envois", "runs.start": "Lancer et arrêter des campagnes",
    "payments.register": "Enregistrer des paiements", "deliveries.send": "Envoyer des factures", "deliveries.switch": "Couper ou rétablir tous les envois",
    "gate.check": "Interroger le blocage", "gate.manage": "Modifier les règles du blocage", "reports.read": "Lire les rapports et le grand livre",
    "activity.read": "Lire le journal", "access.manage": "Inviter et donner des rôles", "personal_data.erase": "Effacer des données personnelles",
    "history.import": "Importer l’historique", "platform.operate": "Exploiter la plateforme",
  },
}); // prettier-ignore
