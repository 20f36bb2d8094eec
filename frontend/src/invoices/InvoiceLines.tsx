/** The lines of an invoice, and the tax as it is printed: one row for each rate. */
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { useLanguage } from "../language/language";
import { Amount, Card } from "../ui/parts";
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
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t.lines}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.description}</th>
            <th scope="col" className="end">
              {t.quantity}
            </th>
            <th scope="col" className="end">
              {t.unitPrice}
            </th>
            <th scope="col" className="end">
              {t.net}
            </th>
          </tr>
        </thead>
        <tbody>
          {document.lines.map((line, at) => (
            <tr key={at}>
              <th scope="row">
                <span lang={invoice.language || undefined}>{line.description}</span>
                {line.discountPercent !== "0" && (
                  <div className="small soft">
                    {t.discount} {number(line.discountPercent)} %
                  </div>
                )}
              </th>
              <td className="end">{number(line.quantity)}</td>
              <td className="end">{number(line.unitPrice, { minimumFractionDigits: 2 })}</td>
              <td className="end">{line.net && <Amount of={line.net} />}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
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
        </tfoot>
      </table>
    </div>
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
