/** One column for each month, drawn; the same numbers as a table beside it for who cannot see or wants them exact. */
import { scaleBand, scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import { formatMonth } from "../dates/dates";
import { useLanguage } from "../language/language";
import { formatMoney, money, type MoneyFields } from "../money/money";
import { Amount } from "../ui/parts";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";

interface RevenueChartProps {
  readonly months: readonly { readonly period: string; readonly net: MoneyFields }[];
}

const WIDTH = 560;
const HEIGHT = 190;
const FOOT = 24;

export function RevenueChart({ months }: RevenueChartProps) {
  const t = useMessages();
  const spoken = useLanguage();
  const across = scaleBand({ domain: months.map((each) => each.period), range: [0, WIDTH], padding: 0.35 });
  // Pixels may be floats; amounts never are.
  const height = (each: MoneyFields) => Math.max(0, Number(each.amountMinor));
  const up = scaleLinear({ domain: [0, Math.max(1, ...months.map((each) => height(each.net)))], range: [0, HEIGHT - FOOT - 8] });
  return (
    <figure className="stack tight">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        <line x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} stroke="var(--line)" />
        {months.map((each) => {
          const tall = up(height(each.net));
          return (
            <g key={each.period}>
              <Bar x={across(each.period) ?? 0} y={HEIGHT - FOOT - tall} width={across.bandwidth()} height={tall} rx={3} fill="var(--accent)">
                <title>{`${formatMonth(each.period, spoken)}: ${formatMoney(money(each.net), spoken)}`}</title>
              </Bar>
              <text x={(across(each.period) ?? 0) + across.bandwidth() / 2} y={HEIGHT - 7} textAnchor="middle" fontSize={11} fill="var(--ink-soft)">
                {formatMonth(each.period, spoken).replace(/\s.*$/, "")}
              </text>
            </g>
          );
        })}
      </svg>
      <details className="small">
        <summary>
          {t.revenue} {t.table}
        </summary>
        <Table
          label={t.revenue} rows={months} keyOf={({ period }) => period}
          columns={[
            { head: t.month, names: true, cell: ({ period }) => formatMonth(period, spoken) },
            { head: t.net, end: true, cell: ({ net }) => <Amount of={net} /> },
          ]}
        />
      </details>
    </figure>
  );
}
