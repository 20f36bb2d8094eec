/** The list of invoices as a file: the same filters, the same order. */
import { ExportMenu } from "../exports/ExportMenu";
import type { InvoiceFilterInput, InvoiceSortInput } from "../graphql/generated/graphql";
import { exportParameters } from "./list";

interface ExportButtonProps {
  readonly filter: InvoiceFilterInput;
  readonly sort: InvoiceSortInput | null;
}

export function ExportButton({ filter, sort }: ExportButtonProps) {
  return <ExportMenu path="/api/v1/invoices/export" asked={exportParameters(filter, sort)} />;
}
