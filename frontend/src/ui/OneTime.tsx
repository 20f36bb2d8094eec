/** What is shown once and never again: recovery codes, a private key, a token. It is not closed by accident. */
import { Check, Copy, Download, Printer } from "lucide-react";
import { type ReactNode, useState } from "react";
import { messages } from "../language/messages";
import { Button } from "./Button";
import { download } from "./download";
import { Dialog } from "./Dialog";
import { Checkbox } from "./fields";
import { Notice } from "./parts";

const { useMessages } = messages({
  en: { once: "This is shown once. Nobody can show it to you again.", copy: "Copy", copied: "Copied", download: "Download", print: "Print", kept: "I have kept it in a safe place", done: "Done", cannot: "The browser does not allow copying. Mark the text and copy it yourself." },
  sv: { once: "Detta visas en gång. Ingen kan visa det för dig igen.", copy: "Kopiera", copied: "Kopierat", download: "Ladda ned", print: "Skriv ut", kept: "Jag har sparat det på ett säkert ställe", done: "Klart", cannot: "Webbläsaren tillåter inte kopiering. Markera texten och kopiera den själv." },
  fr: { once: "Affiché une seule fois. Personne ne pourra vous le montrer à nouveau.", copy: "Copier", copied: "Copié", download: "Télécharger", print: "Imprimer", kept: "Je l’ai conservé en lieu sûr", done: "Terminé", cannot: "Le navigateur n’autorise pas la copie. Sélectionnez le texte et copiez-le vous-même." },
}); // prettier-ignore

interface OneTimeProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** What is copied and kept. */
  readonly text: string;
  readonly file: { readonly name: string; readonly text: string; readonly mediaType: string };
  readonly printable?: boolean;
  readonly onClose: () => void;
  /** How to use it, below. */
  readonly children?: ReactNode;
}

export function OneTime({ title, lead, text, file, printable, onClose, children }: OneTimeProps) {
  const t = useMessages();
  const [copied, setCopied] = useState<boolean | null>(null);
  const [kept, setKept] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose} firm>
      <div className="stack one-time">
        {lead}
        <Notice tone="warn">{t.once}</Notice>
        <pre tabIndex={0} aria-label={title}>
          {text}
        </pre>
        <div className="cluster">
          <Button onPress={() => void copy()}>
            {copied ? <Check aria-hidden /> : <Copy aria-hidden />} {copied ? t.copied : t.copy}
          </Button>
          <Button onPress={() => download(file.name, file.text, file.mediaType)}>
            <Download aria-hidden /> {t.download}
          </Button>
          {printable && (
            <Button onPress={() => window.print()}>
              <Printer aria-hidden /> {t.print}
            </Button>
          )}
        </div>
        {copied === false && <Notice tone="bad">{t.cannot}</Notice>}
        {children}
        <Checkbox selected={kept} onChange={setKept}>
          {t.kept}
        </Checkbox>
        <div className="actions">
          <Button kind="primary" isDisabled={!kept} onPress={onClose}>
            {t.done}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
