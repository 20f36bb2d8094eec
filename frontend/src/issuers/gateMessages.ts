import type { GateAction } from "../graphql/generated/graphql";
import { messages, plural } from "../language/messages";

type ByAction = Readonly<Record<GateAction, string>>;

interface GateMessages {
  readonly lead: string;
  readonly action: ByAction;
  readonly may: ByAction;
  readonly open: ByAction;
  readonly stops: string;
  readonly modes: { readonly any: string; readonly overdue: string; readonly open: string };
  readonly grace: string;
  readonly minimum: string;
  readonly minimumHint: string;
  readonly unpaid: string;
  readonly late: (days: number) => string;
  readonly least: (amount: string) => string;
  readonly sentence: (what: string, least: string, may: string) => string;
  readonly weigh: string;
  readonly weighFirst: string;
  readonly save: string;
  readonly saved: string;
  readonly whatIf: string;
  readonly now: string;
  readonly then: string;
  readonly newly: string;
  readonly ofDebtors: (count: number) => string;
  readonly tooMany: string;
}

const en: GateMessages = {
  lead: "Who owes money may be stopped from renewing a licence or changing clubs. The rules hold for the whole federation, from the moment they are set.",
  action: { LICENCE_RENEWAL: "Licence renewal", CLUB_TRANSFER: "Change of club" },
  may: { LICENCE_RENEWAL: "may not renew a licence", CLUB_TRANSFER: "may not change clubs" },
  open: { LICENCE_RENEWAL: "Everybody may renew a licence, whatever they owe.", CLUB_TRANSFER: "Everybody may change clubs, whatever they owe." },
  stops: "What stops a member",
  modes: { any: "Any unpaid invoice", overdue: "Only an overdue invoice", open: "Nothing" },
  grace: "Days after the due date",
  minimum: "From this sum",
  minimumHint: "In each currency by itself. 0: any sum.",
  unpaid: "an unpaid invoice",
  late: (days) => `an unpaid invoice more than ${plural("en", days, "day", "days")} overdue`,
  least: (amount) => `, of ${amount} or more in sum,`,
  sentence: (what, least, may) => `A member with ${what}${least} ${may}.`,
  weigh: "What would change?",
  weighFirst: "Look first at what would change.",
  save: "Set the rules",
  saved: "The rules hold from now on.",
  whatIf: "What would change today",
  now: "Stopped now",
  then: "Stopped then",
  newly: "Newly stopped",
  ofDebtors: (count) => `Of ${plural("en", count, "debtor", "debtors")} with something unpaid`,
  tooMany: "There are too many open invoices to weigh them one by one.",
};

const sv: GateMessages = {
  lead: "Den som är skyldig pengar kan hindras från att förnya sin licens eller byta klubb. Reglerna gäller hela förbundet från det att de sätts.",
  action: { LICENCE_RENEWAL: "Licensförnyelse", CLUB_TRANSFER: "Klubbyte" },
  may: { LICENCE_RENEWAL: "får inte förnya sin licens", CLUB_TRANSFER: "får inte byta klubb" },
  open: { LICENCE_RENEWAL: "Alla får förnya sin licens, vad de än är skyldiga.", CLUB_TRANSFER: "Alla får byta klubb, vad de än är skyldiga." },
  stops: "Vad som stoppar en medlem",
  modes: { any: "Varje obetald faktura", overdue: "Bara en förfallen faktura", open: "Ingenting" },
  grace: "Dagar efter förfallodagen",
  minimum: "Från detta belopp",
  minimumHint: "I varje valuta för sig. 0: vilket belopp som helst.",
  unpaid: "en obetald faktura",
  late: (days) => `en obetald faktura som är förfallen sedan mer än ${plural("sv", days, "dag", "dagar")}`,
  least: (amount) => `, på sammanlagt minst ${amount},`,
  sentence: (what, least, may) => `En medlem med ${what}${least} ${may}.`,
  weigh: "Vad skulle ändras?",
  weighFirst: "Se först efter vad som skulle ändras.",
  save: "Sätt reglerna",
  saved: "Reglerna gäller från och med nu.",
  whatIf: "Vad som skulle ändras i dag",
  now: "Stoppade nu",
  then: "Stoppade då",
  newly: "Nystoppade",
  ofDebtors: (count) => `Av ${plural("sv", count, "betalare", "betalare")} med något obetalt`,
  tooMany: "Det finns för många öppna fakturor för att pröva dem en och en.",
};

const fr: GateMessages = {
  lead: "Qui doit de l’argent peut être empêché de renouveler sa licence ou de changer de club. Les règles valent pour toute la fédération dès qu’elles sont fixées.",
  action: { LICENCE_RENEWAL: "Renouvellement de licence", CLUB_TRANSFER: "Changement de club" },
  may: { LICENCE_RENEWAL: "ne peut pas renouveler sa licence", CLUB_TRANSFER: "ne peut pas changer de club" },
  open: { LICENCE_RENEWAL: "Chacun peut renouveler sa licence, quoi qu’il doive.", CLUB_TRANSFER: "Chacun peut changer de club, quoi qu’il doive." },
  stops: "Ce qui arrête un membre",
  modes: { any: "Toute facture impayée", overdue: "Seulement une facture en retard", open: "Rien" },
  grace: "Jours après l’échéance",
  minimum: "À partir de cette somme",
  minimumHint: "Dans chaque devise séparément. 0 : toute somme.",
  unpaid: "une facture impayée",
  late: (days) => `une facture impayée en retard de plus de ${plural("fr", days, "jour", "jours")}`,
  least: (amount) => `, d’au moins ${amount} en tout,`,
  sentence: (what, least, may) => `Un membre avec ${what}${least} ${may}.`,
  weigh: "Qu’est-ce qui changerait ?",
  weighFirst: "Regardez d’abord ce qui changerait.",
  save: "Fixer les règles",
  saved: "Les règles valent dès maintenant.",
  whatIf: "Ce qui changerait aujourd’hui",
  now: "Arrêtés maintenant",
  then: "Arrêtés alors",
  newly: "Nouvellement arrêtés",
  ofDebtors: (count) => `Sur ${plural("fr", count, "débiteur", "débiteurs")} ayant un impayé`,
  tooMany: "Il y a trop de factures ouvertes pour les peser une à une.",
};

export const { useMessages: useGateMessages, spoken: gateMessages } = messages<GateMessages>({ en, sv, fr });
