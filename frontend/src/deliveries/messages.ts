import type { DispatchState } from "../graphql/generated/graphql";
import { messages } from "../language/messages";

const stateEn: Record<DispatchState, string> = { QUEUED: "Waiting", SENT: "Sent", DELIVERED: "Delivered", BOUNCED: "Bounced", UNKNOWN: "Unknown", FAILED: "Failed" };
const stateSv: Record<DispatchState, string> = { QUEUED: "Väntar", SENT: "Skickat", DELIVERED: "Levererat", BOUNCED: "Studsade", UNKNOWN: "Okänt", FAILED: "Misslyckades" };
const stateFr: Record<DispatchState, string> = { QUEUED: "En attente", SENT: "Envoyé", DELIVERED: "Distribué", BOUNCED: "Rejeté", UNKNOWN: "Inconnu", FAILED: "Échoué" };

export const { useMessages } = messages({
  en: {
    title: "Deliveries",
    lead: "Every mail, with the last answer of the receiving server.",
    state: stateEn,
    invoice: "Invoice",
    to: "To",
    stateLabel: "State",
    answer: "Last answer",
    taken: "Accepted",
    queued: "Queued",
    attempts: "Attempts",
    resend: "Send again",
    resent: "It waits to be sent again.",
    emptyTitle: "Nothing sent",
    emptyText: "Invoices are e-mailed when you send them, or as soon as they are issued if the issuer is set so.",
    explain: {
      BOUNCED: "The receiving server refused it for good. Correct the address of the debtor, then send again.",
      UNKNOWN: "The machine stopped in between: it may or may not have arrived. Ask, or send again.",
      FAILED: "It was tried several times without success.",
    },
  },
  sv: {
    title: "Utskick",
    lead: "Varje mejl, med den mottagande serverns senaste svar.",
    state: stateSv,
    invoice: "Faktura",
    to: "Till",
    stateLabel: "Läge",
    answer: "Senaste svar",
    taken: "Mottaget",
    queued: "Köat",
    attempts: "Försök",
    resend: "Skicka igen",
    resent: "Det väntar på att skickas igen.",
    emptyTitle: "Inget skickat",
    emptyText: "Fakturor mejlas när du skickar dem, eller så snart de ställs ut om utställaren är inställd så.",
    explain: {
      BOUNCED: "Den mottagande servern nekade slutgiltigt. Rätta betalarens adress och skicka igen.",
      UNKNOWN: "Maskinen stannade mitt i: det kan ha kommit fram eller inte. Fråga, eller skicka igen.",
      FAILED: "Det har försökts flera gånger utan att lyckas.",
    },
  },
  fr: {
    title: "Envois",
    lead: "Chaque e-mail, avec la dernière réponse du serveur destinataire.",
    state: stateFr,
    invoice: "Facture",
    to: "À",
    stateLabel: "État",
    answer: "Dernière réponse",
    taken: "Accepté",
    queued: "Mis en file",
    attempts: "Essais",
    resend: "Renvoyer",
    resent: "En attente d’un nouvel envoi.",
    emptyTitle: "Rien d’envoyé",
    emptyText: "Les factures partent quand vous les envoyez, ou dès l’émission si l’émetteur est réglé ainsi.",
    explain: {
      BOUNCED: "Le serveur destinataire a refusé. Corrigez l’adresse du débiteur, puis renvoyez.",
      UNKNOWN: "La machine s’est arrêtée entre-temps : arrivé ou non. Demandez, ou renvoyez.",
      FAILED: "Plusieurs essais sans succès.",
    },
  },
});
