/** Branding and texts in each language, what is not translated yet, and the last page that was printed. */
import { useState } from "react";
import { useQuery } from "urql";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { TemplatesQuery } from "../graphql/generated/graphql";
import { newKey } from "../graphql/idempotency";
import { InvoicePdf } from "../invoices/InvoicePdf";
import { Field, Select, TextArea, TextField } from "../ui/fields";
import { Card, Notice, SkeletonLines } from "../ui/parts";
import { toast } from "../ui/toasts";
import { REVISE_TEMPLATE } from "./commands";
import { useMessages } from "./messages";
import { SettingsForm } from "./SettingsForm";
import type { IssuerSettings } from "./SettingsPage";

const TEMPLATES = graphql(`
  query Templates($issuerId: ID!) {
    templates {
      id
      issuerId
      name
      revision
      isDefault
      primaryColour
      secondaryColour
      logo
      logoMediaType
      taxCategory
      termsDays
      header {
        language
        text
      }
      footer {
        language
        text
      }
      paymentInstructions {
        language
        text
      }
    }
    invoices(filter: { issuerId: $issuerId, status: [SENT, ISSUED, PAID, OVERDUE] }, first: 1) {
      edges {
        node {
          id
          number
          pdfUrl
        }
      }
    }
  }
`);

type Template = TemplatesQuery["templates"][number];
type Text = Template["header"];

// The languages that documents are printed in.
const PRINTED = ["sv", "fr", "en", "de", "fi", "nb"] as const;

export function TemplateTab({ issuer }: { readonly issuer: IssuerSettings }) {
  const t = useMessages();
  const [{ data }] = useQuery({ query: TEMPLATES, variables: { issuerId: issuer.id } });
  if (!data) return <SkeletonLines lines={6} />;
  const own = data.templates.find((each) => each.issuerId === issuer.id);
  const template = own ?? data.templates.find((each) => each.isDefault) ?? data.templates.find((each) => !each.issuerId);
  const printed = data.invoices.edges[0]?.node;
  return (
    <div className="columns">
      <div className="stack">
        {!own && <Notice>{t.templateNone}</Notice>}
        {template && <TemplateForm key={template.id + template.revision} template={template} />}
      </div>
      <div className="stack tight">
        <h3>{t.preview}</h3>
        {printed?.pdfUrl ? <InvoicePdf url={printed.pdfUrl} number={printed.number} digest="" /> : <Card>{t.noPreview}</Card>}
      </div>
    </div>
  );
}

function TemplateForm({ template }: { readonly template: Template }) {
  const t = useMessages();
  const command = useCommand(REVISE_TEMPLATE);
  const [colours, setColours] = useState({ primary: template.primaryColour, secondary: template.secondaryColour });
  const [language, setLanguage] = useState<string>("sv");
  const [texts, setTexts] = useState({ header: template.header, footer: template.footer, paymentInstructions: template.paymentInstructions });
  const missing = PRINTED.filter((each) => Object.values(texts).some((text) => text.length > 0 && !text.some((one) => one.language === each)));
  const save = async () => {
    const plain = (text: Text) => text.filter((each) => each.text.trim() !== "").map((each) => ({ language: each.language, text: each.text }));
    const outcome = await command.run({
      templateId: template.id, idempotencyKey: newKey(),
      design: {
        name: template.name, primaryColour: colours.primary, secondaryColour: colours.secondary, logo: template.logo,
        logoMediaType: template.logoMediaType, taxCategory: template.taxCategory, termsDays: template.termsDays ?? null,
        header: plain(texts.header), footer: plain(texts.footer), paymentInstructions: plain(texts.paymentInstructions),
      },
    }); // prettier-ignore
    if (outcome.kind === "done") toast(t.saved);
  };
  const area = (name: keyof typeof texts, label: string) => (
    <TextArea
      label={`${label} (${language})`} lang={language} value={texts[name].find((each) => each.language === language)?.text ?? ""}
      onChange={(text) =>
        setTexts((was) => ({ ...was, [name]: [...was[name].filter((each) => each.language !== language), { __typename: "LocalisedText" as const, language, text }] }))
      }
    />
  );
  return (
    <SettingsForm
      title={template.name} lead={`${t.templateLead} ${t.revision(template.revision)}${template.isDefault ? `, ${t.isDefault}` : ""}.`} busy={command.busy}
      outcome={command.outcome} onSave={save}
    >
      <div className="grid-fields">
        <Colour label={t.primary} value={colours.primary} onChange={(primary) => setColours((was) => ({ ...was, primary }))} />
        <Colour label={t.secondary} value={colours.secondary} onChange={(secondary) => setColours((was) => ({ ...was, secondary }))} />
      </div>
      <Select label={t.language} value={language} onChange={setLanguage} options={PRINTED.map((each) => ({ value: each, label: new Intl.DisplayNames([each], { type: "language" }).of(each) ?? each }))} />
      {area("header", t.header)}
      {area("footer", t.footer)}
      {area("paymentInstructions", t.payment)}
      {missing.length > 0 && <Notice tone="warn">{t.missing(missing.join(", "))}</Notice>}
    </SettingsForm>
  );
}

function Colour({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <div className="cluster bottom">
      <Field label={label}>{(control) => <input type="color" {...control} value={value} onChange={(event) => onChange(event.target.value)} className="colour" />}</Field>
      <div className="grow">
        <TextField label="#rrggbb" value={value} onChange={onChange} pattern="#[0-9a-fA-F]{6}" autoComplete="off" />
      </div>
    </div>
  );
}
