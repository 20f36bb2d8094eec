/** Why a password is refused, in the language of the app. The server says it in English; backend/rules/passwords.py has the texts. */
import { messages } from "../language/messages";

const { useMessages } = messages({
  en: {
    short: "A password has at least 12 characters.",
    long: "A password has at most 128 characters.",
    breached: "This password is known from breaches. Choose another.",
    about: "This password says little more than a name or an address. Choose other words.",
    easy: "This password is too easy to guess. Make it longer, or less like a name, a date or a pattern.",
  },
  sv: {
    short: "Ett lösenord har minst 12 tecken.",
    long: "Ett lösenord har högst 128 tecken.",
    breached: "Lösenordet är känt från dataläckor. Välj ett annat.",
    about: "Lösenordet säger knappt mer än ett namn eller en adress. Välj andra ord.",
    easy: "Lösenordet är för lätt att gissa. Gör det längre, eller mindre likt ett namn, ett datum eller ett mönster.",
  },
  fr: {
    short: "Un mot de passe compte au moins 12 caractères.",
    long: "Un mot de passe compte au plus 128 caractères.",
    breached: "Ce mot de passe figure dans des fuites connues. Choisissez-en un autre.",
    about: "Ce mot de passe ne dit guère plus qu’un nom ou une adresse. Choisissez d’autres mots.",
    easy: "Ce mot de passe est trop facile à deviner. Rallongez-le, ou éloignez-le d’un nom, d’une date ou d’un motif.",
  },
});

const SAID = { short: "at least", long: "at most", breached: "known from breaches", about: "a name or an address", easy: "easy to guess" } as const;

export function usePasswordFault(): (detail: string) => string {
  const t = useMessages();
  return (detail) => {
    const fault = (Object.keys(SAID) as (keyof typeof SAID)[]).find((each) => detail.includes(SAID[each]));
    return fault ? t[fault] : detail;
  };
}
