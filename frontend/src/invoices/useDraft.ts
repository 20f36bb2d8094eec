/**
 * A draft being written: created once (its key survives a reload), then revised with the version it had, so that two
 * people never overwrite each other. Only the key and the draft's id are kept in this tab; what was typed is on the server.
 */
import { useCallback, useRef, useState } from "react";
import type { DebtorChoice } from "../debtors/DebtorPicker";
import { type Failure, useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { DraftToEditQuery, InvoiceContentInput } from "../graphql/generated/graphql";
import { newKey, useIdempotencyKey } from "../graphql/idempotency";
import type { IssuerChoice } from "../issuers/useIssuers";
import { language } from "../language/language";
import { typedDecimal } from "../money/money";
import { DRAFT, REVISE } from "./commands";
import { contentOf, type DraftForm, EMPTY } from "./draft";

export const DRAFT_TO_EDIT = graphql(`
  query DraftToEdit($id: ID!) {
    invoice(id: $id) {
      id
      issuerId
      debtorId
      debtorName
      debtorReference
      currency
      season
      draftVersion
      document {
        termsDays
        notes
        lines {
          description
          component
          quantity
          unitPrice
          discountPercent
          recipient
          taxCategory
        }
      }
    }
  }
`);

export type Begun = NonNullable<DraftToEditQuery["invoice"]>;

export function useDraft(issuers: readonly IssuerChoice[], begun: Begun | null) {
  const [form, setForm] = useState<DraftForm>(() => (begun ? formOf(begun) : EMPTY));
  const [issuerId, setIssuerId] = useState(begun?.issuerId ?? issuers[0]?.id ?? null);
  const [debtor, setDebtor] = useState<DebtorChoice | null>(begun ? { id: begun.debtorId, name: begun.debtorName, reference: begun.debtorReference } : null);
  const [id, setId] = useState<string | null>(begun?.id ?? null);
  const [keptAt, setKeptAt] = useState("");
  const { key, renew } = useIdempotencyKey("draft new");
  const create = useCommand(DRAFT);
  const revise = useCommand(REVISE);
  const version = useRef(begun?.draftVersion ?? 0);
  const known = useRef(begun ? JSON.stringify(contentOf(formOf(begun)).content) : "");
  const { run: creating } = create;
  const { run: revising } = revise;

  const keep = useCallback(
    async (content: InvoiceContentInput) => {
      const written = JSON.stringify(content);
      if (written === known.current || issuerId === null || debtor === null) return;
      known.current = written;
      if (id === null) {
        const made = await creating({ issuerId, debtorId: debtor.id, content, type: "STANDARD", idempotencyKey: key });
        if (made.kind === "done" && made.answer.invoice) {
          renew();
          version.current = made.answer.invoice.draftVersion;
          setId(made.answer.invoice.id);
          setKeptAt(clock());
        } else {
          // A changed form under the same key would be refused; a lost answer keeps it.
          if (made.kind !== "lost") renew();
          known.current = "";
        }
        return;
      }
      const changed = await revising({ invoiceId: id, content, expectedVersion: version.current, idempotencyKey: newKey() });
      if (changed.kind === "done") {
        version.current = changed.answer.version;
        setKeptAt(clock());
      } else {
        known.current = "";
      }
    },
    [id, issuerId, debtor, key, renew, creating, revising],
  );
  /** Does the server have exactly this? Only then may it be issued. */
  const isKept = (content: InvoiceContentInput) => id !== null && known.current === JSON.stringify(content);
  const failed = (outcome: Failure | { readonly kind: "done" } | null) => (outcome && outcome.kind !== "done" ? outcome : null);
  return {
    form, setForm, id, keptAt, keep, isKept, debtor,
    issuer: issuers.find((each) => each.id === issuerId) ?? null,
    chooseIssuer: setIssuerId,
    chooseDebtor: setDebtor,
    busy: create.busy || revise.busy,
    outcome: id === null ? failed(create.outcome) : failed(revise.outcome),
  }; // prettier-ignore
}

function formOf(begun: Begun): DraftForm {
  const spoken = language();
  const { document } = begun;
  return {
    currency: begun.currency,
    season: begun.season,
    termsDays: document?.termsDays == null ? "" : String(document.termsDays),
    notes: document?.notes ?? "",
    lines:
      document?.lines.map(({ __typename, ...line }) => ({
        ...line,
        quantity: typedDecimal(line.quantity, spoken),
        unitPrice: typedDecimal(line.unitPrice, spoken),
        discountPercent: typedDecimal(line.discountPercent, spoken),
      })) ?? EMPTY.lines,
  };
}

function clock(): string {
  return new Date().toTimeString().slice(0, 5);
}
