/** Tabs whose choice stands in the address, so that back, reload and a shared link find it again. */
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";
import { useSearchParams } from "react-router";

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly title: string; readonly content: () => ReactNode }[];
}

export function Tabs({ label, tabs }: TabsProps) {
  const [params, setParams] = useSearchParams();
  const wanted = params.get("tab");
  const chosen = tabs.find((each) => each.id === wanted)?.id ?? tabs[0]?.id ?? "";
  const choose = (id: string) =>
    setParams((was) => {
      const next = new URLSearchParams(was);
      if (id === tabs[0]?.id) next.delete("tab");
      else next.set("tab", id);
      return next;
    });
  return (
    <AriaTabs className="tabs" selectedKey={chosen} onSelectionChange={(key) => choose(String(key))}>
      <TabList aria-label={label}>
        {tabs.map((each) => (
          <Tab key={each.id} id={each.id}>
            {each.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map((each) => (
        <TabPanel key={each.id} id={each.id}>
          {each.id === chosen && each.content()}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
