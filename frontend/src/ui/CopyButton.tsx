/** Copy a reference, as it stands, to wherever it is needed: the bank, a mail, a search. */
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./Button";
import { useMessages } from "./messages";

const SHOWN = 2_500;

export function CopyButton({ text, name }: { readonly text: string; readonly name: string }) {
  const t = useMessages();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true), () => setCopied(false));
  return (
    <>
      <Button kind="quiet" small icon aria-label={t.copy(name)} onPress={() => void copy()}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </Button>
      <span role="status" className="visually-hidden">
        {copied && t.copied}
      </span>
    </>
  );
}
