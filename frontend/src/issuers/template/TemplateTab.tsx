/** Templates of an issuer: which one, what it says, and what the debtor gets from it while it is typed. */
import { useState } from "react";
import { useClient, useQuery } from "urql";
import { QueryFailed } from "../../ui/failures";
import { Select } from "../../ui/fields";
import { Notice, SkeletonLines } from "../../ui/parts";
import type { IssuerSettings } from "../settings";
import { useMessages } from "./messages";
import { TEMPLATES } from "./operations";
import { TemplateEditor } from "./TemplateEditor";
import { formOf, type Template, type TemplateForm } from "./templateForm";

const NEW_OWN = "new own";
const NEW_SHARED = "new shared";
const EMPTY: TemplateForm = {
  name: "", primaryColour: "#1f3a5f", secondaryColour: "#c8a24a", logo: "", logoMediaType: "", taxCategory: "STANDARD", termsDays: "",
  header: {}, footer: {}, paymentInstructions: {},
}; // prettier-ignore

export function TemplateTab({ issuer }: { readonly issuer: IssuerSettings }) {
  const t = useMessages();
  const [{ data, error }, again] = useQuery({ query: TEMPLATES, variables: { issuerId: issuer.id } });
  const [wanted, setWanted] = useState("");
  const [begun, setBegun] = useState(0);
  const client = useClient();
  // A refused part comes with the rest: an error beside an issuer that is null is as final as one alone.
  if (error && !data?.issuer) return <QueryFailed error={error} onAgain={() => again({ requestPolicy: "network-only" })} />;
  if (data && !data.issuer) return <Notice>{t.noIssuer}</Notice>;
  if (!data?.issuer) return <SkeletonLines lines={6} />;
  const own = data.templates.find((each) => each.issuerId === issuer.id);
  const shared = data.templates.filter((each) => !each.issuerId);
  const serving = own ?? shared.find((each) => each.isDefault) ?? shared[0];
  const chosen = wanted || (serving?.id ?? NEW_SHARED);
  const template = data.templates.find((each) => each.id === chosen) ?? null;
  const label = (each: Template) => `${each.name} (${each.issuerId ? t.own : t.shared}${each.isDefault ? `, ${t.isDefault}` : ""})`;
  const options = [...(own ? [own] : []), ...shared].map((each) => ({ value: each.id, label: label(each) }));
  if (!own) options.push({ value: NEW_OWN, label: t.newOwn });
  options.push({ value: NEW_SHARED, label: t.newShared });
  const begin = template ? formOf(template) : serving ? { ...formOf(serving), name: "" } : EMPTY;
  return (
    <div className="stack">
      <div className="cluster bottom">
        <div className="grow">
          <Select label={t.which} value={chosen} onChange={setWanted} options={options} />
        </div>
      </div>
      {!own && chosen === serving?.id && <Notice>{t.served}</Notice>}
      <TemplateEditor
        key={`${template?.id ?? chosen} ${begun}`} template={template} begin={begin} issuer={issuer}
        owner={chosen === NEW_OWN ? issuer.id : null} previewUrl={data.issuer.templatePreviewUrl}
        invoices={data.invoices.edges.map((edge) => edge.node)}
        onReload={async () => {
          const came = await client.query(TEMPLATES, { issuerId: issuer.id }, { requestPolicy: "network-only" }).toPromise();
          if (!came.error) setBegun((count) => count + 1);
        }}
        onSaved={(id) => {
          setWanted(id);
          again({ requestPolicy: "network-only" });
        }}
      />
    </div>
  );
}
