/**
 * The figures of the season. Each leads to the invoices it is made of, and each of those explains itself: the origin of a
 * figure is three steps away. Several currencies or issuers are several lines: nothing is added up here.
 */
import { Link } from "react-router";
import { useSignedIn } from "../app/session";
import type { HomeQuery } from "../graphql/generated/graphql";
import { listAddress, OPEN } from "../invoices/list";
import type { IssuerChoice } from "../issuers/useIssuers";
import type { MoneyFields } from "../money/money";
import { Amount } from "../ui/parts";
import { useMessages } from "./messages";

interface FiguresProps {
  readonly data: HomeQuery;
  readonly issuers: readonly IssuerChoice[];
  readonly issuerId: string | null;
}

export function Figures({ data, issuers, issuerId }: FiguresProps) {
  const t = useMessages();
  const nameOf = useIssuerName(issuers);
  const { totals, season } = data.dashboard;
  const { rows } = data.agingReport;
  const severalIssuers = new Set(totals.map((each) => each.issuerOrgNodeId)).size > 1;
  const currency = (each: { readonly currency: string }) => (rows.length > 1 ? each.currency : "");
  // Issuers are told apart by their place in the tree; the tenant itself has none.
  const issuerAt = (node: string | null | undefined) => issuers.find((each) => (each.orgNodeId ?? null) === (node ?? null))?.id ?? issuerId;
  const under = (node: string | null | undefined) => (severalIssuers ? nameOf(node) : undefined);
  return (
    <dl className="cards">
      <Figure
        title={t.outstanding} none={t.nothingOpen}
        lines={rows.map((row) => ({
          amount: row.open, under: t.invoices(row.invoices), to: listAddress({ status: OPEN, issuer: issuerId, currency: currency(row), sort: "due" }),
        }))}
      />
      <Figure
        title={t.overdue} none={t.nothingOverdue}
        lines={rows
          .filter((row) => row.overdue.amountMinor !== "0")
          .map((row) => ({ amount: row.overdue, to: listAddress({ status: "OVERDUE", issuer: issuerId, currency: currency(row), sort: "due" }) }))}
      />
      <Figure
        title={t.collected} none={t.nothingCollected}
        lines={totals.map((each) => ({
          amount: each.collected, under: under(each.issuerOrgNodeId),
          to: listAddress({ paid: "1", season, issuer: issuerAt(each.issuerOrgNodeId), currency: currency(each) }),
        }))}
      />
      <Figure
        title={t.issued} none={t.nothingIssued}
        lines={totals.map((each) => ({
          amount: each.issued, under: under(each.issuerOrgNodeId) ?? t.invoices(each.issuedCount),
          to: listAddress({ status: [...OPEN, "PAID", "CANCELLED"], season, issuer: issuerAt(each.issuerOrgNodeId), currency: currency(each) }),
        }))}
      />
    </dl>
  ); // prettier-ignore
}

/** The name of the issuer at a place of the tree; at none it is the federation itself. */
function useIssuerName(issuers: readonly IssuerChoice[]): (node: string | null | undefined) => string {
  const signedIn = useSignedIn();
  const inside = signedIn.state === "signed-in" || signedIn.state === "expired";
  const tenant = (inside && signedIn.session?.tenant.name) || "–";
  return (node) => issuers.find((each) => (each.orgNodeId ?? null) === (node ?? null))?.name ?? tenant;
}

interface FigureProps {
  readonly title: string;
  readonly none: string;
  readonly lines: readonly { readonly amount: MoneyFields; readonly under?: string | undefined; readonly to: string }[];
}

function Figure({ title, none, lines }: FigureProps) {
  return (
    <div className="card stat">
      <dt>{title}</dt>
      {lines.length === 0 && <dd className="none">{none}</dd>}
      {lines.map(({ amount, under, to }) => (
        <dd key={to} {...(lines.length > 1 ? { className: "one-of-several" } : {})}>
          <Link to={to} className="figure">
            <Amount of={amount} />
          </Link>
          {under && <p className="under">{under}</p>}
        </dd>
      ))}
    </div>
  );
}
