/** Words of an invoice that several of its screens say. */
const en = {
  issuedOn: "Issued",
  dueOn: "Due",
  total: "Total",
  open: "Open",
  draftNumber: "Draft",
  issuer: "Issuer",
  season: "Season",
  description: "Description",
  quantity: "Quantity",
  unitPrice: "Unit price",
  line: (line: number) => `Line ${line}`,
  notes: "Notes",
  wrongAmount: "This is not an amount.",
  issueDo: "Issue",
  nextNumber: "Number, if issued now",
};

const sv: typeof en = {
  issuedOn: "Utställd",
  dueOn: "Förfaller",
  total: "Summa",
  open: "Återstår",
  draftNumber: "Utkast",
  issuer: "Utställare",
  season: "Säsong",
  description: "Beskrivning",
  quantity: "Antal",
  unitPrice: "À-pris",
  line: (line) => `Rad ${line}`,
  notes: "Anteckningar",
  wrongAmount: "Det är inget belopp.",
  issueDo: "Ställ ut",
  nextNumber: "Nummer, om den ställs ut nu",
};

const fr: typeof en = {
  issuedOn: "Émise le",
  dueOn: "Échéance",
  total: "Total",
  open: "Solde",
  draftNumber: "Brouillon",
  issuer: "Émetteur",
  season: "Saison",
  description: "Description",
  quantity: "Quantité",
  unitPrice: "Prix unitaire",
  line: (line) => `Ligne ${line}`,
  notes: "Notes",
  wrongAmount: "Ce n’est pas un montant.",
  issueDo: "Émettre",
  nextNumber: "Numéro, si émise maintenant",
};

export const shared = { en, sv, fr };
