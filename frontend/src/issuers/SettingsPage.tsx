/** Settings of one issuer, and what holds for the whole tenant. */
import { Building2 } from "lucide-react";
import { useSearchParams } from "react-router";
import { useQuery } from "urql";
import { useMayEverywhere } from "../app/session";
import { QueryFailed } from "../ui/failures";
import { Select } from "../ui/fields";
import { Empty, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { Tabs } from "../ui/Tabs";
import { AccountTab } from "./AccountTab";
import { FederationTab } from "./FederationTab";
import { GateTab } from "./GateTab";
import { IdentityTab } from "./IdentityTab";
import { NumbersTab } from "./NumbersTab";
import { TaxTab } from "./TaxTab";
import { TemplateTab } from "./template/TemplateTab";
import { useMessages } from "./messages";
import { ISSUER_SETTINGS } from "./settings";
import { useIssuers } from "./useIssuers";

export function Component() {
  const t = useMessages();
  const issuers = useIssuers();
  const [params, setParams] = useSearchParams();
  const id = params.get("issuer") ?? issuers?.[0]?.id ?? "";
  const [{ data, error }, again] = useQuery({ query: ISSUER_SETTINGS, variables: { id }, pause: id === "", requestPolicy: "cache-and-network" });
  const issuer = data?.issuer?.id === id ? data.issuer : undefined;
  const gate = useMayEverywhere("gate.manage");
  const federation = useMayEverywhere("access.manage");
  const choose = (chosen: string) =>
    setParams((was) => {
      const next = new URLSearchParams(was);
      next.set("issuer", chosen);
      return next;
    });
  return (
    <Page>
      <PageHeader title={t.title}>
        {issuers && issuers.length > 1 && (
          <Select label={t.issuer} value={id} onChange={choose} options={issuers.map((each) => ({ value: each.id, label: each.name }))} />
        )}
      </PageHeader>
      {error && <QueryFailed error={error} onAgain={() => again({ requestPolicy: "network-only" })} />}
      {issuers?.length === 0 && <Empty icon={Building2} title={t.noIssuers} />}
      {!issuer && !error && issuers?.length !== 0 && <SkeletonLines lines={8} />}
      {issuer && (
        <Tabs
          key={issuer.id} label={t.title}
          tabs={[
            { id: "identity", title: t.tabs.identity, content: () => <IdentityTab issuer={issuer} /> },
            { id: "account", title: t.tabs.account, content: () => <AccountTab issuer={issuer} /> },
            { id: "template", title: t.tabs.template, content: () => <TemplateTab issuer={issuer} /> },
            { id: "numbers", title: t.tabs.numbers, content: () => <NumbersTab issuer={issuer} /> },
            ...(gate ? [{ id: "gate", title: t.tabs.gate, content: () => <GateTab /> }] : []),
            ...(federation ? [{ id: "federation", title: t.tabs.federation, content: () => <FederationTab /> }] : []),
            { id: "tax", title: t.tabs.tax, content: () => <TaxTab /> },
          ]}
        />
      )}
    </Page>
  );
}
