/** People and access: persons, programs, the federation's own sign-in. */
import { Page, PageHeader } from "../ui/parts";
import { Tabs } from "../ui/Tabs";
import { useMessages } from "./messages";
import { PeopleTab } from "./PeopleTab";

export function Component() {
  const t = useMessages();
  return (
    <Page>
      <PageHeader title={t.title} lead={t.lead} />
      <Tabs label={t.title} tabs={[{ id: "people", title: t.tabs.people, content: () => <PeopleTab /> }]} />
    </Page>
  );
}
