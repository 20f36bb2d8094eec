/** A link for the debtor, shown once and kept nowhere, and the end of all links there are. */
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { graphql } from "../../graphql/generated";
import { useCommand } from "../../graphql/command";
import { messages } from "../../language/messages";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { CommandFailed } from "../../ui/failures";
import { TextField } from "../../ui/fields";
import { InstantText } from "../../ui/parts";
import { toast } from "../../ui/toasts";
import { useZone } from "../../app/time";

const MAKE = graphql(`
  mutation MakeInvoiceLink($input: MakeInvoiceLinkInput!) {
    makeInvoiceLink(input: $input) {
      ... on MakeInvoiceLinkSuccess {
        link {
          url
          expiresAt
        }
      }
      ...Refusal @unmask
    }
  }
`);

const REVOKE = graphql(`
  mutation RevokeInvoiceLinks($input: RevokeInvoiceLinksInput!) {
    revokeInvoiceLinks(input: $input) {
      ... on RevokeInvoiceLinksSuccess {
        invoiceId
      }
      ...Refusal @unmask
    }
  }
`);

const { useMessages } = messages({
  en: {
    title: "Link for the debtor",
    lead: "The link opens this one invoice without an account, in the debtor’s language: what is owed, how to pay, and whether it is paid. Every mail brings one already.",
    make: "Make a link for the debtor",
    link: "Link for the debtor",
    once: "Give it to the debtor only: whoever has it sees the invoice. It is not kept; make another one if it is lost.",
    until: "It works until",
    copy: "Copy",
    copied: "Copied",
    revokeTitle: "Stop sharing",
    revokeLead: "Every link that was mailed or copied stops working at once, and open pages close. The debtor may ask for a new one, which goes to the known e-mail address.",
    revoke: "Stop all links",
    revoked: "No link from before opens the invoice any more.",
  },
  sv: {
    title: "Länk till betalaren",
    lead: "Länken öppnar just den här fakturan utan konto, på betalarens språk: vad som ska betalas, hur, och om det är betalt. Varje mejl har redan en.",
    make: "Skapa en länk till betalaren",
    link: "Länk till betalaren",
    once: "Ge den bara till betalaren: den som har länken ser fakturan. Den sparas inte; skapa en ny om den försvinner.",
    until: "Den fungerar till",
    copy: "Kopiera",
    copied: "Kopierad",
    revokeTitle: "Sluta dela",
    revokeLead: "Alla länkar som mejlats eller kopierats slutar fungera genast, och öppna sidor stängs. Betalaren kan be om en ny, som skickas till den kända e-postadressen.",
    revoke: "Stoppa alla länkar",
    revoked: "Ingen tidigare länk öppnar fakturan längre.",
  },
  fr: {
    title: "Lien pour le débiteur",
    lead: "Le lien ouvre cette seule facture sans compte, dans la langue du débiteur : le montant dû, comment payer et si c’est réglé. Chaque e-mail en contient déjà un.",
    make: "Créer un lien pour le débiteur",
    link: "Lien pour le débiteur",
    once: "À ne donner qu’au débiteur : quiconque a le lien voit la facture. Il n’est pas conservé ; créez-en un autre s’il est perdu.",
    until: "Il fonctionne jusqu’au",
    copy: "Copier",
    copied: "Copié",
    revokeTitle: "Cesser le partage",
    revokeLead: "Tous les liens envoyés ou copiés cessent aussitôt de fonctionner, et les pages ouvertes se ferment. Le débiteur peut en demander un nouveau, envoyé à l’adresse e-mail connue.",
    revoke: "Arrêter tous les liens",
    revoked: "Aucun ancien lien n’ouvre plus la facture.",
  },
});

interface ShareDialogProps {
  readonly id: string;
  readonly issuerId: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function ShareDialog({ id, issuerId, onClose, onDone }: ShareDialogProps) {
  const t = useMessages();
  const zone = useZone(issuerId);
  const making = useCommand(MAKE);
  const revoking = useCommand(REVOKE);
  const [copied, setCopied] = useState(false);
  const link = making.outcome?.kind === "done" ? making.outcome.answer.link : null;
  const make = async () => {
    setCopied(false);
    await making.run({ invoiceId: id });
  };
  const copy = async (url: string) => {
    // Without a clipboard the text field is there to copy from.
    await navigator.clipboard?.writeText(url).then(() => setCopied(true), () => undefined);
  };
  const revoke = async () => {
    if ((await revoking.run({ invoiceId: id })).kind !== "done") return;
    toast(t.revoked);
    onDone();
  };
  return (
    <Dialog title={t.title} onClose={onClose}>
      <div className="stack">
        <p>{t.lead}</p>
        {link ? (
          <div className="stack tight">
            <TextField label={t.link} hint={t.once} value={link.url} onChange={() => undefined} readOnly onFocus={(event) => event.target.select()} />
            <div className="cluster apart">
              <span className="small soft">
                {t.until} <InstantText at={link.expiresAt} zone={zone} />
              </span>
              <Button kind="primary" onPress={() => void copy(link.url)}>
                {copied ? <Check aria-hidden /> : <Copy aria-hidden />} {copied ? t.copied : t.copy}
              </Button>
            </div>
          </div>
        ) : (
          <div className="actions">
            <Button kind="primary" isPending={making.busy} onPress={() => void make()}>
              {t.make}
            </Button>
          </div>
        )}
        <CommandFailed outcome={making.outcome} />
        <div className="stack tight">
          <h3>{t.revokeTitle}</h3>
          <p className="small soft">{t.revokeLead}</p>
          <div className="actions">
            <Button kind="danger" isPending={revoking.busy} onPress={() => void revoke()}>
              {t.revoke}
            </Button>
          </div>
        </div>
        <CommandFailed outcome={revoking.outcome} />
      </div>
    </Dialog>
  );
}
