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
  const draftId = useRef(begun?.id ?? null);
  const [kept, setKept] = useState(begun ? JSON.stringify(contentOf(formOf(begun)).content) : "");
  const known = useRef(kept);
  const latest = useRef<InvoiceContentInput | null>(null);
  const saving = useRef(false);
  const { run: creating } = create;
  const { run: revising } = revise;

  /** One attempt to keep this content; false when it was refused, or nobody knows. */
  const saved = useCallback(
    async (content: InvoiceContentInput): Promise<boolean> => {
      if (issuerId === null || debtor === null) return false;
      if (draftId.current === null) {
        const made = await creating({ issuerId, debtorId: debtor.id, content, type: "STANDARD", idempotencyKey: key });
        // A changed form under the same key would be refused; only a lost answer asks again with it.
        if (made.kind !== "lost") renew();
        if (made.kind !== "done" || !made.answer.invoice) return false;
        version.current = made.answer.invoice.draftVersion;
        draftId.current = made.answer.invoice.id;
        setId(draftId.current);
        // A reload from here on finds the draft again, instead of an empty form.
        history.replaceState(history.state, "", `/invoices/${draftId.current}/edit`);
        return true;
      }
      const changed = await revising({ invoiceId: draftId.current, content, expectedVersion: version.current, idempotencyKey: newKey() });
      if (changed.kind !== "done") return false;
      version.current = changed.answer.version;
      return true;
    },
    [issuerId, debtor, key, renew, creating, revising],
  );

  /** Keep what is written now; what is typed meanwhile is kept right after, one at a time and in order. */
  const keep = useCallback(
    async (content: InvoiceContentInput) => {
      latest.current = content;
      if (saving.current) return;
      saving.current = true;
      try {
        for (let next = latest.current; JSON.stringify(next) !== known.current; next = latest.current) {
          if (!(await saved(next))) break;
          known.current = JSON.stringify(next);
          setKept(known.current);
          setKeptAt(new Date().toISOString());
        }
      } finally {
        saving.current = false;
      }
    },
    [saved],
  );
  /** Does the server have exactly this? Only then may it be issued. */
  const isKept = (content: InvoiceContentInput) => id !== null && kept === JSON.stringify(content);
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
