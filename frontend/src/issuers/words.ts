import type { TaxCategory } from "../graphql/generated/graphql";
import { messages } from "../language/messages";

export const { useMessages: useTaxWords } = messages<Record<TaxCategory, string>>({
  en: { STANDARD: "Standard", REDUCED: "Reduced", SECOND_REDUCED: "Second reduced", SUPER_REDUCED: "Super-reduced", ZERO: "Zero", EXEMPT_SPORT: "Exempt (sport)" },
  sv: { STANDARD: "Normal", REDUCED: "Reducerad", SECOND_REDUCED: "Andra reducerad", SUPER_REDUCED: "Lägsta", ZERO: "Noll", EXEMPT_SPORT: "Undantagen (idrott)" },
  fr: { STANDARD: "Normal", REDUCED: "Réduit", SECOND_REDUCED: "Réduit intermédiaire", SUPER_REDUCED: "Super-réduit", ZERO: "Zéro", EXEMPT_SPORT: "Exonéré (sport)" },
});

export const { useMessages: useSeasonWords } = messages({
  en: { byInvoiceDate: "That of the invoice date" },
  sv: { byInvoiceDate: "Fakturadatumets" },
  fr: { byInvoiceDate: "Celle de la date de facture" },
});
