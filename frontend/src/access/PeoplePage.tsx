/** People and access: persons, programs, the federation's own sign-in. */
import { Page, PageHeader } from "../ui/parts";
import { Tabs } from "../ui/Tabs";
import { useMessages } from "./messages";
import { ClientsCard } from "./ClientsCard";
import { PeopleTab } from "./PeopleTab";
import { ProvidersTab } from "./ProvidersTab";
import { TokensCard } from "./TokensCard";

export function Component() {
  const t = useMessages();
  return (
    <Page>
      <PageHeader title={t.title} lead={t.lead} />
      <Tabs
        label={t.title}
        tabs={[
          { id: "people", title: t.tabs.people, content: () => <PeopleTab /> },
          {
            id: "programs", title: t.tabs.programs,
            content: () => (
              <div className="stack wide">
                <ClientsCard />
                <TokensCard />
              </div>
            ),
          },
          { id: "sign-in", title: t.tabs.signIn, content: () => <ProvidersTab /> },
        ]}
      />
    </Page>
  );
}
