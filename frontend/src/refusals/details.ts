/**
 * What exactly is wrong with a value. The server says it in one English sentence and points at the field; the common
 * sentences are said here in the app's language, and `tests/architecture/test_refusal_details.py` holds both together.
 */
import { messages } from "../language/messages";
import { sentences } from "./sentences";

export interface Detail {
  readonly message: string;
  readonly path: readonly string[];
}

type Said = (given: string) => string;
type Sentence = keyof typeof sentences;

const en: Record<Sentence, Said> = {
  empty: () => "it may not be empty.",
  tooLong: (limit) => `at most ${limit} characters are possible.`,
  controlCharacters: () => "it holds characters that cannot be printed. Type it anew instead of pasting it.",
  oneLine: () => "it must stand on one line, without tabs.",
  code: () => "only letters, digits and . / - _ are possible.",
  language: () => "this is not a language code of two letters, such as sv or fr.",
  country: () => "this is not a country code of two letters, such as SE or FR.",
  website: () => "this is not a web address.",
  email: () => "this is not exactly one e-mail address.",
  colour: () => "a colour is written #rrggbb, for example #1f3a5f.",
  terms: (limit) => `payment terms are 0 to ${limit} days.`,
  discount: () => "a discount is not negative.",
  discountPercent: () => "a discount is 0 to 100 percent.",
  quantity: () => "a quantity is not zero, and not that large.",
  decimals: (limit) => `at most ${limit} decimals are possible.`,
  number: () => "this is not a number.",
  revised: () => "somebody else changed this draft meanwhile. Load the page again, then make your change.",
  seasonDays: () => "a season ends after it begins, and within four years.",
  seasonCode: () => "a season is named by capital letters A–Z, digits and hyphens.",
  account: () => "enter an IBAN, a bankgiro or a Swish number.",
  iban: () => "the IBAN is wrong: a digit is missing or mistyped.",
  bic: () => "a BIC has 8 or 11 letters and digits.",
  bankgiro: () => "the bankgiro number is wrong: a digit is missing or mistyped.",
  swish: () => "a Swish number is 123 and seven digits, or a mobile number.",
  payment: () => "a payment is more than nothing.",
  arrived: (today) => `money cannot have arrived after today, ${today}.`,
  arrivedEarly: () => "money cannot have arrived more than a year before the invoice.",
  zone: () => "this is not a time zone, such as Europe/Stockholm.",
  slug: () => "small letters, digits and hyphens inside, at most 63.",
  node: () => "there is no such district or club.",
  logo: () => "the logo is not there. Upload it again.",
  twice: () => "a debtor is named twice: everybody gets one invoice.",
  fees: () => "two fees have the same name.",
  negativeFee: () => "a fee is not negative.",
  roles: (limit) => `one person has at most ${limit} roles.`,
  days: (limit) => `1 to ${limit} days are possible.`,
  reason: (limit) => `a reason has at most ${limit} characters.`,
  prefix: () => "the prefix is made of capital letters A–Z, digits and hyphens inside.",
};

const sv: Record<Sentence, Said> = {
  empty: () => "får inte vara tomt.",
  tooLong: (limit) => `högst ${limit} tecken går.`,
  controlCharacters: () => "innehåller tecken som inte kan skrivas ut. Skriv in det på nytt i stället för att klistra in.",
  oneLine: () => "måste stå på en rad, utan tabbar.",
  code: () => "bara bokstäver, siffror och . / - _ går.",
  language: () => "det är ingen språkkod med två bokstäver, som sv eller fr.",
  country: () => "det är ingen landskod med två bokstäver, som SE eller FR.",
  website: () => "det är ingen webbadress.",
  email: () => "det är inte precis en e-postadress.",
  colour: () => "en färg skrivs #rrggbb, till exempel #1f3a5f.",
  terms: (limit) => `betalningsvillkoret är 0 till ${limit} dagar.`,
  discount: () => "en rabatt är inte negativ.",
  discountPercent: () => "en rabatt är 0 till 100 procent.",
  quantity: () => "antalet får inte vara noll, och inte så stort.",
  decimals: (limit) => `högst ${limit} decimaler går.`,
  number: () => "det är inget tal.",
  revised: () => "någon annan ändrade utkastet under tiden. Ladda om sidan och gör sedan din ändring.",
  seasonDays: () => "en säsong slutar efter att den börjar, och inom fyra år.",
  seasonCode: () => "en säsong heter något med versaler A–Z, siffror och bindestreck.",
  account: () => "ange IBAN, bankgiro eller ett Swishnummer.",
  iban: () => "IBAN stämmer inte: en siffra saknas eller är fel.",
  bic: () => "en BIC har 8 eller 11 bokstäver och siffror.",
  bankgiro: () => "bankgironumret stämmer inte: en siffra saknas eller är fel.",
  swish: () => "ett Swishnummer är 123 och sju siffror, eller ett mobilnummer.",
  payment: () => "en betalning är mer än noll.",
  arrived: (today) => `pengarna kan inte ha kommit efter i dag, ${today}.`,
  arrivedEarly: () => "pengarna kan inte ha kommit mer än ett år före fakturan.",
  zone: () => "det är ingen tidszon, som Europe/Stockholm.",
  slug: () => "små bokstäver, siffror och bindestreck inuti, högst 63.",
  node: () => "det finns inget sådant distrikt och ingen sådan klubb.",
  logo: () => "logotypen finns inte. Ladda upp den igen.",
  twice: () => "en betalare nämns två gånger: var och en får en faktura.",
  fees: () => "två avgifter har samma namn.",
  negativeFee: () => "en avgift är inte negativ.",
  roles: (limit) => `en person har högst ${limit} roller.`,
  days: (limit) => `1 till ${limit} dagar går.`,
  reason: (limit) => `ett skäl har högst ${limit} tecken.`,
  prefix: () => "prefixet består av versaler A–Z, siffror och bindestreck inuti.",
};

const fr: Record<Sentence, Said> = {
  empty: () => "ne peut pas rester vide.",
  tooLong: (limit) => `${limit} caractères au plus.`,
  controlCharacters: () => "contient des caractères non imprimables. Saisissez-le au lieu de le coller.",
  oneLine: () => "doit tenir sur une ligne, sans tabulation.",
  code: () => "seuls lettres, chiffres et . / - _ sont possibles.",
  language: () => "ce n’est pas un code de langue à deux lettres, comme sv ou fr.",
  country: () => "ce n’est pas un code de pays à deux lettres, comme SE ou FR.",
  website: () => "ce n’est pas une adresse web.",
  email: () => "ce n’est pas une seule adresse e-mail.",
  colour: () => "une couleur s’écrit #rrggbb, par exemple #1f3a5f.",
  terms: (limit) => `le délai de paiement va de 0 à ${limit} jours.`,
  discount: () => "une remise n’est pas négative.",
  discountPercent: () => "une remise va de 0 à 100 %.",
  quantity: () => "la quantité n’est ni nulle, ni si grande.",
  decimals: (limit) => `${limit} décimales au plus.`,
  number: () => "ce n’est pas un nombre.",
  revised: () => "quelqu’un a modifié ce brouillon entre-temps. Rechargez la page, puis refaites votre modification.",
  seasonDays: () => "une saison finit après son début, et dans les quatre ans.",
  seasonCode: () => "une saison se nomme en capitales A–Z, chiffres et tirets.",
  account: () => "indiquez un IBAN, un bankgiro ou un numéro Swish.",
  iban: () => "l’IBAN est faux : un chiffre manque ou est erroné.",
  bic: () => "un BIC compte 8 ou 11 lettres et chiffres.",
  bankgiro: () => "le numéro bankgiro est faux : un chiffre manque ou est erroné.",
  swish: () => "un numéro Swish, c’est 123 et sept chiffres, ou un numéro de mobile.",
  payment: () => "un paiement est supérieur à zéro.",
  arrived: (today) => `l’argent ne peut pas être arrivé après aujourd’hui, ${today}.`,
  arrivedEarly: () => "l’argent ne peut pas être arrivé plus d’un an avant la facture.",
  zone: () => "ce n’est pas un fuseau horaire, comme Europe/Paris.",
  slug: () => "minuscules, chiffres et tirets intérieurs, 63 au plus.",
  node: () => "ce district ou ce club n’existe pas.",
  logo: () => "le logo n’est pas là. Déposez-le à nouveau.",
  twice: () => "un débiteur est nommé deux fois : chacun reçoit une facture.",
  fees: () => "deux cotisations portent le même nom.",
  negativeFee: () => "une cotisation n’est pas négative.",
  roles: (limit) => `une personne a ${limit} rôles au plus.`,
  days: (limit) => `de 1 à ${limit} jours.`,
  reason: (limit) => `un motif compte ${limit} caractères au plus.`,
  prefix: () => "le préfixe se compose de capitales A–Z, de chiffres et de tirets intérieurs.",
};

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

const { useMessages } = messages<{ said: Record<Sentence, Said>; fields: Readonly<Record<string, string>>; colon: string }>({
  en: { said: en, fields: fieldsEn, colon: ": " },
  sv: { said: sv, fields: fieldsSv, colon: ": " },
  fr: { said: fr, fields: fieldsFr, colon: " : " },
});

/** The detail in the app's language, beginning with its field; null for a sentence that is not among these. */
export function useDetail(): (detail: Detail) => string | null {
  const { said, fields, colon } = useMessages();
  return ({ message, path }) => {
    for (const [name, pattern] of Object.entries(sentences)) {
      const found = pattern.exec(message);
      if (!found) continue;
      const sentence = said[name as Sentence](found[1] ?? "");
      const field = fields[[...path].reverse().find((step) => !/^\d+$/.test(step)) ?? ""];
      return field ? `${field}${colon}${sentence}` : sentence.charAt(0).toUpperCase() + sentence.slice(1);
    }
    return null;
  };
}
