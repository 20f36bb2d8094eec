import type { InvariantName, TenantKind } from "../graphql/generated/graphql";
import { messages } from "../language/messages";

const outcomeEn: Readonly<Record<string, string>> = {
  issued: "Issued", refused: "Refused", failed: "Failed", replayed: "Repeated", sent: "Sent", deferred: "Put off", unknown: "Unknown", bounced: "Bounced",
  delivered: "Delivered", projections: "Read models", runs: "Runs", deliveries: "Deliveries", rebuilds: "Rebuilds",
}; // prettier-ignore
const outcomeSv: typeof outcomeEn = {
  issued: "Utställda", refused: "Nekade", failed: "Misslyckade", replayed: "Upprepade", sent: "Skickade", deferred: "Uppskjutna", unknown: "Okända", bounced: "Studsade",
  delivered: "Levererade", projections: "Läsmodeller", runs: "Körningar", deliveries: "Utskick", rebuilds: "Ombyggen",
}; // prettier-ignore
const outcomeFr: typeof outcomeEn = {
  issued: "Émises", refused: "Refusées", failed: "Échouées", replayed: "Répétées", sent: "Envoyés", deferred: "Différés", unknown: "Inconnus", bounced: "Rejetés",
  delivered: "Distribués", projections: "Modèles de lecture", runs: "Campagnes", deliveries: "Envois", rebuilds: "Reconstructions",
}; // prettier-ignore

const kindEn: Record<TenantKind, string> = { PLATFORM: "Platform", INTERNATIONAL: "International", NATIONAL: "National" };
const kindSv: Record<TenantKind, string> = { PLATFORM: "Plattform", INTERNATIONAL: "Internationellt", NATIONAL: "Nationellt" };
const kindFr: Record<TenantKind, string> = { PLATFORM: "Plateforme", INTERNATIONAL: "Internationale", NATIONAL: "Nationale" };

const invariantEn: Record<InvariantName, string> = { LEDGER_BALANCED: "The ledger is balanced in every currency", NUMBERING_GAPLESS: "No invoice number is missing, no date goes back", READ_MODELS_CURRENT: "Every read model stands at the head of the journal" };
const invariantSv: Record<InvariantName, string> = { LEDGER_BALANCED: "Huvudboken balanserar i varje valuta", NUMBERING_GAPLESS: "Inget fakturanummer saknas, inget datum går bakåt", READ_MODELS_CURRENT: "Varje läsmodell står vid journalens slut" };
const invariantFr: Record<InvariantName, string> = { LEDGER_BALANCED: "Le grand livre est équilibré dans chaque devise", NUMBERING_GAPLESS: "Aucun numéro ne manque, aucune date ne recule", READ_MODELS_CURRENT: "Chaque modèle de lecture est à la fin du journal" };

const en = {
  navigation: "Console", places: { tenants: "Federations", invoices: "Invoices", health: "Health" },
  tenantsTitle: "Platform console", tenantsLead: "All federations in figures. That you look is noted in the platform’s journal.",
  federation: "Federation", searchTenant: "Name or short name", stateLabel: "State", well: "Well", behindWord: "Behind", stopped: "Stopped", issuers: "Issuers", members: "Members",
  debtors: "Debtors", issued: "Invoices this season", outstanding: "Outstanding", head: "Journal", lastActivity: "Last activity", noTenants: "No such federation",
  noTenantsText: "None of this platform’s federations has this name.", kind: kindEn, kindLabel: "Kind",
  openTenant: "Open a federation", openLead: "It gets its own journal, the tax rates in force, and an administrator, who is invited by mail.", name: "Name",
  slug: "Short name", slugHint: "Small letters, digits and hyphens: people type it when they sign in", firstAdmin: "First administrator", adminName: "Their name", adminEmail: "E-mail",
  adminEmailHint: "The invitation goes here", language: "Language", opened: (email: string) => `The federation is open. The invitation to ${email} is on its way.`,
  lookTitle: "Looking at invoices", lookText: "Figures are below. To see invoices and names, enter the federation: it will read who looked, and why.", lookUntil: "You may look until",
  toInvoices: "See its invoices", enter: "Enter", enterOf: (name: string) => `Enter ${name}`, enterAll: "Enter all federations",
  enterText: "For a quarter of an hour you can see this federation’s invoices. Its own activity list shows that you looked, with your reason.",
  enterAllText: "For a quarter of an hour you can search the invoices of all federations. Each of them reads in its own activity list that you looked, with your reason.",
  enterHint: "Such as the number of a support case. Name no person.", entered: "You may look now", reason: "Reason", reasonHint: "The federation reads it.",
  reasonHintAll: "Whoever is on call next reads it.", figures: "In figures", signed: "Journal signed up to", never: "Not yet", deliveries: "Deliveries", outgoingOn: "Mails go out",
  due: "Waiting to be sent", stop: "Stop", start: "Let it go on", stopOf: (name: string) => `Stop the mails of ${name}`, startOf: (name: string) => `Let the mails of ${name} go on`,
  stopText: "Nothing of this federation is sent until somebody lets it go on. Nothing is lost.", startText: "What waited is sent now, in the order in which it was due.",
  started: "Mails go out again", stoppedToast: "Stopped. Nothing is lost.", nobody: "nobody yet",
  haltAll: "Stop everything now", goOnAll: "Let everything go on", haltedTitle: "Everything outgoing is stopped.",
  haltAllText: "No federation sends anything: invoices, invitations and password mails wait. A mail that is being handed over at this moment may still arrive.",
  goOnAllText: "What waited in all federations is sent now, in the order in which it was due.",
  readModels: "Read models", readModel: "Read model", position: "Position", behind: "Events behind", seconds: "Seconds behind", rebuild: "Rebuild", rebuilding: "Being rebuilt",
  rebuildWaits: "Waits for a worker", rebuildFailed: "Could not be rebuilt", halted: "Halted", current: "Current", rebuildAsked: (name: string) => `${name} is computed anew`,
  problems: "Mails that need a person", noProblems: "None.", number: "Number", attempts: "Attempts", said: "What was said", when: "When",
  invariants: "What must always be true", invariant: invariantEn, holds: "True", broken: "Broken", checked: "Checked", verifyText: "The hash chain is checked by “carreau verify”.",
  brokenText: "Stop writing to this federation, keep the evidence, and follow the operator’s guide.",
  invoicesTitle: "Invoices of all federations", invoicesLead: "Only of federations you have entered. Each of them reads that you looked.", inside: (count: number, of: number) => `You may look into ${count} of ${of} federations now.`,
  outside: "You have not entered any federation", outsideText: "Say why you must look, and every federation will read it. Or enter a single one from its page.",
  searchInvoice: "Number or debtor", allEntered: "All I have entered", anyStatus: "Any state", currency: "Currency", currencyHint: "For amounts, such as SEK", amountFrom: "Amount from", amountTo: "Amount to",
  debtor: "Debtor", issuer: "Issuer", issuedOn: "Issued", total: "Total", open: "Open", noMatch: "No invoice matches", noMatchText: "Drafts are shown only when you choose them.",
  healthTitle: "Health", healthLead: "For whoever is on call. It is asked again every ten seconds.", outgoing: "Everything outgoing", queues: "Calls waiting", issuing: "Issuing", rendering: "Rendering",
  rendered: "Rendered", dispatching: "Sending", queuesUnknown: "Valkey does not answer: how many calls wait is not known. Rows are the truth; work goes on by the sweep.", nothingYet: "Nothing yet.",
  sinceStart: "Counts are since the service was started.", perTenant: "By federation", unknown: "Unknown", failed: "Failed", bounced: "Bounced", outcome: outcomeEn,
  lag: (name: string, events: string, seconds: number) => `${name}: ${events} events, ${seconds} s`,
}; // prettier-ignore

const sv: typeof en = {
  navigation: "Konsol", places: { tenants: "Förbund", invoices: "Fakturor", health: "Drift" },
  tenantsTitle: "Plattformens konsol", tenantsLead: "Alla förbund i siffror. Att du tittar noteras i plattformens journal.",
  federation: "Förbund", searchTenant: "Namn eller kortnamn", stateLabel: "Läge", well: "Bra", behindWord: "Efter", stopped: "Stoppat", issuers: "Utställare", members: "Medlemmar",
  debtors: "Betalare", issued: "Fakturor i säsongen", outstanding: "Utestående", head: "Journal", lastActivity: "Senaste händelse", noTenants: "Inget sådant förbund",
  noTenantsText: "Inget av plattformens förbund heter så.", kind: kindSv, kindLabel: "Slag",
  openTenant: "Öppna ett förbund", openLead: "Det får en egen journal, gällande momssatser och en administratör, som bjuds in med mejl.", name: "Namn",
  slug: "Kortnamn", slugHint: "Små bokstäver, siffror och bindestreck: man skriver det när man loggar in", firstAdmin: "Första administratör", adminName: "Namn", adminEmail: "E-post",
  adminEmailHint: "Hit går inbjudan", language: "Språk", opened: (email) => `Förbundet är öppet. Inbjudan till ${email} är på väg.`,
  lookTitle: "Titta på fakturor", lookText: "Siffrorna står nedan. För att se fakturor och namn, gå in i förbundet: det läser vem som tittade, och varför.", lookUntil: "Du får titta till",
  toInvoices: "Se fakturorna", enter: "Gå in", enterOf: (name) => `Gå in i ${name}`, enterAll: "Gå in i alla förbund",
  enterText: "I en kvart kan du se förbundets fakturor. I förbundets egen händelselista står att du tittade, med ditt skäl.",
  enterAllText: "I en kvart kan du söka bland alla förbunds fakturor. Vart och ett läser i sin egen händelselista att du tittade, med ditt skäl.",
  enterHint: "Till exempel ett ärendenummer. Nämn ingen person.", entered: "Du får titta nu", reason: "Skäl", reasonHint: "Förbundet läser det.",
  reasonHintAll: "Nästa jour läser det.", figures: "I siffror", signed: "Journalen signerad till", never: "Inte än", deliveries: "Utskick", outgoingOn: "Mejl går ut",
  due: "Väntar på att skickas", stop: "Stoppa", start: "Låt det gå vidare", stopOf: (name) => `Stoppa mejlen från ${name}`, startOf: (name) => `Låt mejlen från ${name} gå vidare`,
  stopText: "Inget från förbundet skickas förrän någon låter det gå vidare. Inget går förlorat.", startText: "Det som väntat skickas nu, i den ordning det skulle ha gått.",
  started: "Mejl går ut igen", stoppedToast: "Stoppat. Inget går förlorat.", nobody: "ingen än",
  haltAll: "Stoppa allt nu", goOnAll: "Låt allt gå vidare", haltedTitle: "Allt utgående är stoppat.",
  haltAllText: "Inget förbund skickar något: fakturor, inbjudningar och lösenordsmejl väntar. Ett mejl som lämnas över just nu kan ändå komma fram.",
  goOnAllText: "Det som väntat i alla förbund skickas nu, i den ordning det skulle ha gått.",
  readModels: "Läsmodeller", readModel: "Läsmodell", position: "Position", behind: "Händelser efter", seconds: "Sekunder efter", rebuild: "Bygg om", rebuilding: "Byggs om",
  rebuildWaits: "Väntar på en arbetare", rebuildFailed: "Kunde inte byggas om", halted: "Står stilla", current: "Aktuell", rebuildAsked: (name) => `${name} räknas om`,
  problems: "Mejl som behöver en människa", noProblems: "Inga.", number: "Nummer", attempts: "Försök", said: "Vad som sades", when: "När",
  invariants: "Vad som alltid måste stämma", invariant: invariantSv, holds: "Stämmer", broken: "Brutet", checked: "Kontrollerat", verifyText: "Hashkedjan kontrolleras av ”carreau verify”.",
  brokenText: "Sluta skriva i förbundet, säkra bevisen och följ operatörens handledning.",
  invoicesTitle: "Alla förbunds fakturor", invoicesLead: "Bara från förbund du gått in i. Vart och ett läser att du tittade.", inside: (count, of) => `Du får titta i ${count} av ${of} förbund nu.`,
  outside: "Du har inte gått in i något förbund", outsideText: "Säg varför du måste titta, så läser alla förbund det. Eller gå in i ett enda från dess sida.",
  searchInvoice: "Nummer eller betalare", allEntered: "Alla jag gått in i", anyStatus: "Alla lägen", currency: "Valuta", currencyHint: "För belopp, till exempel SEK", amountFrom: "Belopp från", amountTo: "Belopp till",
  debtor: "Betalare", issuer: "Utställare", issuedOn: "Utställd", total: "Summa", open: "Öppet", noMatch: "Ingen faktura passar", noMatchText: "Utkast visas bara när du väljer dem.",
  healthTitle: "Drift", healthLead: "För den som har jour. Frågas om var tionde sekund.", outgoing: "Allt utgående", queues: "Väntande anrop", issuing: "Utställning", rendering: "Rendering",
  rendered: "Renderade", dispatching: "Utskick", queuesUnknown: "Valkey svarar inte: hur många anrop som väntar är okänt. Raderna är sanningen; arbetet går vidare ändå.", nothingYet: "Inget än.",
  sinceStart: "Räknat sedan tjänsten startade.", perTenant: "Per förbund", unknown: "Okända", failed: "Misslyckade", bounced: "Studsade", outcome: outcomeSv,
  lag: (name, events, seconds) => `${name}: ${events} händelser, ${seconds} s`,
}; // prettier-ignore

const fr: typeof en = {
  navigation: "Console", places: { tenants: "Fédérations", invoices: "Factures", health: "Santé" },
  tenantsTitle: "Console de la plateforme", tenantsLead: "Toutes les fédérations en chiffres. Votre regard est noté dans le journal de la plateforme.",
  federation: "Fédération", searchTenant: "Nom ou nom court", stateLabel: "État", well: "Bien", behindWord: "En retard", stopped: "Arrêté", issuers: "Émetteurs", members: "Membres",
  debtors: "Débiteurs", issued: "Factures de la saison", outstanding: "Dû", head: "Journal", lastActivity: "Dernière activité", noTenants: "Aucune fédération de ce nom",
  noTenantsText: "Aucune fédération de cette plateforme ne porte ce nom.", kind: kindFr, kindLabel: "Type",
  openTenant: "Ouvrir une fédération", openLead: "Elle reçoit son journal, les taux en vigueur et un administrateur, invité par e-mail.", name: "Nom",
  slug: "Nom court", slugHint: "Minuscules, chiffres et traits d’union : on le saisit pour se connecter", firstAdmin: "Premier administrateur", adminName: "Son nom", adminEmail: "E-mail",
  adminEmailHint: "L’invitation part à cette adresse", language: "Langue", opened: (email) => `La fédération est ouverte. L’invitation pour ${email} est en route.`,
  lookTitle: "Voir les factures", lookText: "Les chiffres sont ci-dessous. Pour voir factures et noms, entrez dans la fédération : elle lira qui a regardé, et pourquoi.", lookUntil: "Vous pouvez regarder jusqu’à",
  toInvoices: "Voir ses factures", enter: "Entrer", enterOf: (name) => `Entrer dans ${name}`, enterAll: "Entrer dans toutes les fédérations",
  enterText: "Pendant un quart d’heure, vous voyez les factures de cette fédération. Sa liste d’activité montre votre regard et votre motif.",
  enterAllText: "Pendant un quart d’heure, vous cherchez dans les factures de toutes les fédérations. Chacune lit dans son activité que vous avez regardé, et pourquoi.",
  enterHint: "Un numéro de demande, par exemple. Ne nommez personne.", entered: "Vous pouvez regarder", reason: "Motif", reasonHint: "La fédération le lit.",
  reasonHintAll: "La prochaine astreinte le lit.", figures: "En chiffres", signed: "Journal signé jusqu’à", never: "Pas encore", deliveries: "Envois", outgoingOn: "Les e-mails partent",
  due: "En attente d’envoi", stop: "Arrêter", start: "Laisser repartir", stopOf: (name) => `Arrêter les e-mails de ${name}`, startOf: (name) => `Laisser repartir les e-mails de ${name}`,
  stopText: "Rien de cette fédération ne part jusqu’à nouvel ordre. Rien n’est perdu.", startText: "Ce qui attendait part maintenant, dans l’ordre prévu.",
  started: "Les e-mails repartent", stoppedToast: "Arrêté. Rien n’est perdu.", nobody: "personne encore",
  haltAll: "Tout arrêter maintenant", goOnAll: "Tout laisser repartir", haltedTitle: "Tous les envois sont arrêtés.",
  haltAllText: "Aucune fédération n’envoie rien : factures, invitations et mots de passe attendent. Un e-mail en cours de remise peut encore arriver.",
  goOnAllText: "Ce qui attendait dans toutes les fédérations part maintenant, dans l’ordre prévu.",
  readModels: "Modèles de lecture", readModel: "Modèle", position: "Position", behind: "Événements de retard", seconds: "Secondes de retard", rebuild: "Reconstruire", rebuilding: "En reconstruction",
  rebuildWaits: "Attend un ouvrier", rebuildFailed: "Reconstruction impossible", halted: "Arrêté", current: "À jour", rebuildAsked: (name) => `${name} est recalculé`,
  problems: "E-mails qui demandent quelqu’un", noProblems: "Aucun.", number: "Numéro", attempts: "Essais", said: "Ce qui a été dit", when: "Quand",
  invariants: "Ce qui doit toujours être vrai", invariant: invariantFr, holds: "Vrai", broken: "Rompu", checked: "Vérifié", verifyText: "La chaîne est vérifiée par « carreau verify ».",
  brokenText: "N’écrivez plus dans cette fédération, gardez les preuves et suivez le guide de l’opérateur.",
  invoicesTitle: "Factures de toutes les fédérations", invoicesLead: "Seulement de celles où vous êtes entré. Chacune lit que vous avez regardé.", inside: (count, of) => `Vous pouvez regarder dans ${count} fédérations sur ${of}.`,
  outside: "Vous n’êtes entré dans aucune fédération", outsideText: "Dites pourquoi vous devez regarder, et chaque fédération le lira. Ou entrez dans une seule, depuis sa page.",
  searchInvoice: "Numéro ou débiteur", allEntered: "Toutes celles où je suis entré", anyStatus: "Tout état", currency: "Devise", currencyHint: "Pour les montants, par exemple SEK", amountFrom: "Montant de", amountTo: "Montant à",
  debtor: "Débiteur", issuer: "Émetteur", issuedOn: "Émise", total: "Total", open: "Ouvert", noMatch: "Aucune facture", noMatchText: "Les brouillons ne sont montrés que si vous les choisissez.",
  healthTitle: "Santé", healthLead: "Pour l’astreinte. Redemandé toutes les dix secondes.", outgoing: "Tous les envois", queues: "Appels en attente", issuing: "Émission", rendering: "Rendu",
  rendered: "Rendus", dispatching: "Envoi", queuesUnknown: "Valkey ne répond pas : le nombre d’appels en attente est inconnu. Les lignes font foi ; le travail continue.", nothingYet: "Rien encore.",
  sinceStart: "Compté depuis le démarrage du service.", perTenant: "Par fédération", unknown: "Inconnus", failed: "Échoués", bounced: "Rejetés", outcome: outcomeFr,
  lag: (name, events, seconds) => `${name} : ${events} événements, ${seconds} s`,
}; // prettier-ignore

export const { useMessages } = messages({ en, sv, fr });
