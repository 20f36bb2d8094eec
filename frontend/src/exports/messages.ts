import { messages, plural } from "../language/messages";

export const { useMessages } = messages({
  en: {
    exportAs: "Export",
    preparing: "Preparing…",
    percent: (share: string) => `${share} loaded`,
    format: { xlsx: "Excel workbook", pdf: "PDF report", excel: "CSV for Excel", csv: "CSV for machines" },
    saved: (rows: number) => `The file is saved: ${plural("en", rows, "row", "rows")}.`,
    tooLarge: (limit: string) => `This is more than the ${limit} rows that one file of this kind holds. Filter the list first, by season or by issuer.`,
    statementTooLong: "This period has too many entries for one file. Choose a shorter one.",
    unavailable: "The file cannot be made right now. Try again in half a minute, or filter the list first.",
    forbidden: "Your role does not allow this export.",
  },
  sv: {
    exportAs: "Exportera",
    preparing: "Förbereder…",
    percent: (share) => `${share} hämtat`,
    format: { xlsx: "Excel-arbetsbok", pdf: "PDF-rapport", excel: "CSV för Excel", csv: "CSV för maskiner" },
    saved: (rows) => `Filen är sparad: ${plural("sv", rows, "rad", "rader")}.`,
    tooLarge: (limit) => `Det här är fler än de ${limit} rader som ryms i en sådan fil. Filtrera listan först, på säsong eller utställare.`,
    statementTooLong: "Perioden har för många poster för en fil. Välj en kortare.",
    unavailable: "Filen kan inte skapas just nu. Försök igen om en halv minut, eller filtrera listan först.",
    forbidden: "Din roll tillåter inte den här exporten.",
  },
  fr: {
    exportAs: "Exporter",
    preparing: "Préparation…",
    percent: (share) => `${share} reçus`,
    format: { xlsx: "Classeur Excel", pdf: "Rapport PDF", excel: "CSV pour Excel", csv: "CSV pour machines" },
    saved: (rows) => `Le fichier est enregistré : ${plural("fr", rows, "ligne", "lignes")}.`,
    tooLarge: (limit) => `C’est plus que les ${limit} lignes qu’un tel fichier contient. Filtrez d’abord la liste, par saison ou par émetteur.`,
    statementTooLong: "Cette période a trop d’écritures pour un fichier. Choisissez-en une plus courte.",
    unavailable: "Le fichier ne peut pas être préparé pour l’instant. Réessayez dans trente secondes, ou filtrez d’abord la liste.",
    forbidden: "Votre rôle ne permet pas cet export.",
  },
});
