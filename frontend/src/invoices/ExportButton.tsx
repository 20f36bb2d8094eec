/** What the filters show, as a file: read page by page from the same list. */
import { Download } from "lucide-react";
import { useState } from "react";
import { useClient } from "urql";
import { todayIn } from "../dates/dates";
import type { InvoiceFilterInput, InvoiceSortInput } from "../graphql/generated/graphql";
import { useZone } from "../issuers/useIssuers";
import { useLanguage } from "../language/language";
import { decimalOf, money } from "../money/money";
import { Button } from "../ui/Button";
import { type Cell, csv, download } from "../ui/csv";
import { Notice } from "../ui/parts";
import { useMessages as useUi } from "../ui/messages";
import { type InvoiceRow, LIST } from "./list";
import { useMessages } from "./messages";
import { useWords } from "./words";

// The largest page the server gives, and a bound for one file.
const PAGE = 100;
const MAX_PAGES = 1_200;

interface ExportButtonProps {
  readonly filter: InvoiceFilterInput;
  readonly sort: InvoiceSortInput | null;
}

export function ExportButton({ filter, sort }: ExportButtonProps) {
  const t = useMessages();
  const ui = useUi();
  const words = useWords();
  const spoken = useLanguage();
  const client = useClient();
  const zone = useZone();
  const [state, setState] = useState<"ready" | "busy" | "failed">("ready");
  const run = async () => {
    setState("busy");
    const rows: (readonly Cell[])[] = [[t.number, t.debtor, t.member, t.status, t.delivery, t.issuedOn, t.dueOn, t.season, t.total, t.open, "ISO 4217"]];
    const written = (row: InvoiceRow): readonly Cell[] => [
      row.number, row.debtorName, row.debtorReference, words.status[row.status], words.delivery[row.deliveryState], row.issuedOn ?? "",
      row.dueOn ?? "", row.season, { decimal: decimalOf(money(row.total)) }, { decimal: decimalOf(money(row.open)) }, row.total.currency,
    ]; // prettier-ignore
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { data }: { data?: typeof LIST extends { __apiType?: (v: never) => infer D } ? D : never } = await client
        .query(LIST, { filter, sort, first: PAGE, after }, { requestPolicy: "network-only" })
        .toPromise();
      if (!data) {
        setState("failed");
        return;
      }
      rows.push(...data.invoices.edges.map(({ node }) => written(node)));
      if (!data.invoices.pageInfo.hasNextPage) break;
      after = data.invoices.pageInfo.endCursor ?? null;
    }
    download(`carreau-${t.title.toLowerCase()}-${todayIn(zone)}.csv`, csv(rows, spoken), "text/csv;charset=utf-8");
    setState("ready");
  };
  return (
    <>
      <Button isDisabled={state === "busy"} onPress={() => void run()}>
        <Download aria-hidden /> {state === "busy" ? t.exporting : t.exportCsv}
      </Button>
      {state === "failed" && <Notice tone="bad">{ui.unreachable}</Notice>}
    </>
  );
}
