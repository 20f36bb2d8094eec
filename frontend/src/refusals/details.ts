/**
 * What exactly is wrong with a value, in the app's language, and with which field. The server names it (`Why`) and gives what
 * varies; a name without its sentence in one of the languages does not compile.
 */
import type { Why } from "../graphql/generated/graphql";
import { messages } from "../language/messages";
import { wrong } from "./wrong";

export interface Detail {
  readonly why?: Why | null;
  readonly params?: readonly { readonly name: string; readonly value: string }[];
  readonly path: readonly string[];
}

type Field = keyof typeof fieldsEn;
const fieldsEn = {
  name: "Name", label: "Name", email: "E-mail", adminEmail: "E-mail", toAddress: "E-mail", street: "Street", postalCode: "Postal code", city: "City", country: "Country",
  phone: "Telephone", website: "Website", organisationNumber: "Organisation number", vatNumber: "VAT number", description: "Description", quantity: "Quantity",
  unitPrice: "Price", discountPercent: "Discount", notes: "Notes", reference: "Number", licenceType: "Licence", reason: "Reason", amount: "Amount", code: "Code", prefix: "Prefix", slug: "Short name",
}; // prettier-ignore
const fieldsSv: Record<Field, string> = {
  name: "Namn", label: "Namn", email: "E-post", adminEmail: "E-post", toAddress: "E-post", street: "Gata", postalCode: "Postnummer", city: "Ort", country: "Land",
  phone: "Telefon", website: "Webbplats", organisationNumber: "Organisationsnummer", vatNumber: "Momsnummer", description: "Beskrivning", quantity: "Antal",
  unitPrice: "À-pris", discountPercent: "Rabatt", notes: "Anteckningar", reference: "Nummer", licenceType: "Licens", reason: "Skäl", amount: "Belopp", code: "Kod", prefix: "Prefix", slug: "Kortnamn",
}; // prettier-ignore
const fieldsFr: Record<Field, string> = {
  name: "Nom", label: "Nom", email: "E-mail", adminEmail: "E-mail", toAddress: "E-mail", street: "Rue", postalCode: "Code postal", city: "Ville", country: "Pays",
  phone: "Téléphone", website: "Site web", organisationNumber: "Numéro d’organisation", vatNumber: "Numéro de TVA", description: "Description", quantity: "Quantité",
  unitPrice: "Prix unitaire", discountPercent: "Remise", notes: "Notes", reference: "Numéro", licenceType: "Licence", reason: "Motif", amount: "Montant", code: "Code", prefix: "Préfixe", slug: "Nom court",
}; // prettier-ignore

const { useMessages } = messages<{ said: (typeof wrong)["en"]; fields: Readonly<Record<string, string>>; colon: string }>({
  en: { said: wrong.en, fields: fieldsEn, colon: ": " },
  sv: { said: wrong.sv, fields: fieldsSv, colon: ": " },
  fr: { said: wrong.fr, fields: fieldsFr, colon: " : " },
});

/** The detail in the app's language, beginning with its field; null where nothing is known beyond the code. */
export function useDetail(): (detail: Detail) => string | null {
  const { said, fields, colon } = useMessages();
  return ({ why, params = [], path }) => {
    // A newer server may know more than this page.
    if (!why || !(why in said)) return null;
    const sentence = said[why](Object.fromEntries(params.map(({ name, value }) => [name, value])));
    const field = fields[[...path].reverse().find((step) => !/^\d+$/.test(step)) ?? ""];
    return field ? `${field}${colon}${sentence}` : sentence.charAt(0).toUpperCase() + sentence.slice(1);
  };
}
