/** The lines of an invoice, and the tax as it is printed: one row for each rate. */
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { useLanguage } from "../language/language";
import { Amount, Card } from "../ui/parts";
import { Table } from "../ui/Table";
import { useMessages } from "./detailMessages";

const LINES = graphql(`
  fragment InvoiceLines_invoice on Invoice {
    language
    net {
      amountMinor
      currency
    }
    total {
      amountMinor
      currency
    }
    document {
      lines {
        description
        quantity
        unitPrice
        discountPercent
        net {
          amountMinor
          currency
        }
      }
      discount {
        amountMinor
        currency
      }
      taxGroups {
        percent
        exemptionReason
        base {
          amountMinor
          currency
        }
        tax {
          amountMinor
          currency
        }
      }
    }
  }
`);

export function InvoiceLines({ invoice: ref, plain = false }: { readonly invoice: FragmentType<typeof LINES>; readonly plain?: boolean }) {
  const t = useMessages();
  const spoken = useLanguage();
  const invoice = readFragment(LINES, ref);
  const document = invoice.document;
  if (!document) return null;
  const number = (decimal: string, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(spoken, { maximumFractionDigits: 6, ...options }).format(decimal as unknown as number);
  const table = (
    <Table
      label={t.lines} rows={document.lines} keyOf={(_, at) => at}
      columns={[
        {
          head: t.description, names: true,
          cell: ({ description, discountPercent }) => (
            <>
              <span lang={invoice.language || undefined}>{description}</span>
              {discountPercent !== "0" && (
                <div className="small soft">
                  {t.discount} {number(discountPercent)} %
                </div>
              )}
            </>
          ),
        },
        { head: t.quantity, end: true, cell: ({ quantity }) => number(quantity) },
        { head: t.unitPrice, end: true, cell: ({ unitPrice }) => number(unitPrice, { minimumFractionDigits: 2 }) },
        { head: t.net, end: true, cell: ({ net }) => net && <Amount of={net} /> },
      ]}
      foot={
        <>
          {document.discount.amountMinor !== "0" && <Foot name={t.discount} amount={<Amount of={document.discount} />} />}
          {document.taxGroups.map((group, at) => (
            <tr key={at}>
              <td colSpan={3} className="soft">
                {t.taxAt(number(group.percent))} · <Amount of={group.base} /> {group.exemptionReason}
              </td>
              <td className="end">
                <Amount of={group.tax} />
              </td>
            </tr>
          ))}
          <Foot name={t.total} amount={<Amount of={invoice.total} />} />
        </>
      }
    />
  );
  return plain ? table : <Card flush>{table}</Card>;
}

function Foot({ name, amount }: { readonly name: string; readonly amount: React.ReactNode }) {
  return (
    <tr>
      <th scope="row" colSpan={3}>
        {name}
      </th>
      <td className="end">{amount}</td>
    </tr>
  );
}
