/** Asking and doing over REST in a component: what came, what failed and why, the password first where the server wants it. */
import { useCallback, useEffect, useState } from "react";
import type { Why } from "../graphql/generated/graphql";
import { messages } from "../language/messages";
import { type Detail, useDetail } from "../refusals/details";
import { useRefusals } from "../refusals/refusals";
import { useMessages as useUi } from "../ui/messages";
import { askFresh } from "./fresh";
import { usePasswordFault } from "./passwordFaults";
import { getJson, Problem } from "./rest";

const { useMessages } = messages({
  en: {
    tooMany: (seconds: number) => `Too many attempts. Wait ${seconds} seconds.`,
    wrong: "The password or the code is wrong.",
    code: "This is not the code of now. Check the clock of the phone, then enter the next code.",
    passkey: "The passkey was not registered. Try once more.",
    invalid: (detail: string) => `This cannot be accepted: ${detail}`,
  },
  sv: {
    tooMany: (seconds) => `För många försök. Vänta ${seconds} sekunder.`,
    wrong: "Lösenordet eller koden är fel.",
    code: "Det är inte koden som gäller nu. Kontrollera telefonens klocka och ange nästa kod.",
    passkey: "Passnyckeln registrerades inte. Försök en gång till.",
    invalid: (detail) => `Detta kan inte godtas: ${detail}`,
  },
  fr: {
    tooMany: (seconds) => `Trop d’essais. Attendez ${seconds} secondes.`,
    wrong: "Le mot de passe ou le code est faux.",
    code: "Ce n’est pas le code du moment. Vérifiez l’heure du téléphone, puis saisissez le code suivant.",
    passkey: "La clé d’accès n’a pas été enregistrée. Réessayez.",
    invalid: (detail) => `Cela ne peut pas être accepté : ${detail}`,
  },
});

/** What went wrong, in the language of the app. */
export function useProblemText(): (error: unknown) => string {
  const t = useMessages();
  const ui = useUi();
  const fault = usePasswordFault();
  const refusals: Readonly<Record<string, string>> = useRefusals();
  const detail = useDetail();
  return (error) => {
    // What a passkey prompt throws when it is closed, or when the device has none.
    if (error instanceof DOMException) return t.passkey;
    if (!(error instanceof Problem)) return ui.unreachable;
    switch (error.code) {
      case "TOO_MANY_ATTEMPTS":
        return t.tooMany(error.retryAfter ?? 60);
      case "SIGN_IN_REFUSED":
        return t.wrong;
      case "CODE_REFUSED":
        return t.code;
      case "PASSKEY_REFUSED":
        return t.passkey;
      case "FORBIDDEN":
        return ui.forbidden;
      case "PASSWORD_REFUSED":
        return fault(error.errors[0]?.detail ?? error.message);
      case "INVALID_VALUE":
        return detail(toldBy(error)) ?? t.invalid(error.errors[0]?.detail ?? error.message);
      default:
        return refusals[error.code] ?? (error.message || ui.broken);
    }
  };
}

/** `#/admin/postal_code` is the path `admin`, `postalCode`. */
function toldBy(error: Problem): Detail {
  const steps = (error.errors[0]?.pointer ?? "").split("/").slice(1);
  const { why, params } = error.body as { why?: Why; params?: Readonly<Record<string, string | number>> };
  return {
    why: why ?? null,
    params: Object.entries(params ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    path: steps.map((step) => step.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())),
  };
}

export interface Asked<T> {
  readonly data: T | null;
  readonly error: unknown;
  readonly again: () => void;
}

/** What the server answers at `path`; `again` asks once more and keeps the old answer until then. */
export function useAsked<T>(path: string): Asked<T> {
  const [came, setCame] = useState<{ readonly data: T | null; readonly error: unknown }>({ data: null, error: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    getJson<T>(path).then(
      (data) => current && setCame({ data, error: null }),
      (error: unknown) => current && setCame((was) => ({ ...was, error })),
    );
    return () => {
      current = false;
    };
  }, [path, turn]);
  return { ...came, again: useCallback(() => setTurn((was) => was + 1), []) };
}

/** The same request once more after the password, where the server asks whether it is really you. */
export async function insist<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof Problem && error.code === "FRESH_SIGN_IN_REQUIRED" && (await askFresh())) return request();
    throw error;
  }
}

export interface Doing {
  readonly busy: boolean;
  readonly failed: string | null;
  /** True once it is done. Whoever closes the question for the password wanted nothing: that is no failure. */
  readonly attempt: (work: () => Promise<void>) => Promise<boolean>;
}

export function useDoing(): Doing {
  const text = useProblemText();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailed(null);
    try {
      await insist(work);
      return true;
    } catch (error) {
      if (!(error instanceof Problem && error.code === "FRESH_SIGN_IN_REQUIRED")) setFailed(text(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failed, attempt };
}
