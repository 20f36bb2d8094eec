/** Bearer tokens of scripts: each acts as a person, is shown once, and ends. */
import { KeySquare, Plus } from "lucide-react";
import { useState } from "react";
import { useAsked } from "../app/requests";
import { useSignedIn } from "../app/session";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { TokenListQuery } from "../graphql/generated/graphql";
import { useIdempotencyKey } from "../graphql/idempotency";
import { pageOf, useKeyset } from "../graphql/keyset";
import { useZone } from "../app/time";
import { Ask } from "../ui/Ask";
import { Button } from "../ui/Button";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { AmountField, Select, TextField } from "../ui/fields";
import { OneTime } from "../ui/OneTime";
import { Card, InstantText, SkeletonLines } from "../ui/parts";
import { toast } from "../ui/toasts";
import { tokenExample } from "./examples";
import { useMessages } from "./messages";
import type { Person } from "./person";
import { useProgramMessages } from "./programMessages";

const TOKENS = graphql(`
  query TokenList($first: Int!, $after: String) {
    tokens(first: $first, after: $after) {
      edges {
        node {
          id
          userId
          label
          createdAt
          expiresAt
          revokedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const CREATE = graphql(`
  mutation CreateToken($input: CreateTokenInput!) {
    createToken(input: $input) {
      ... on CreateTokenSuccess {
        token
      }
      ...Refusal @unmask
    }
  }
`);

const REVOKE = graphql(`
  mutation RevokeToken($input: RevokeTokenInput!) {
    revokeToken(input: $input) {
      ... on RevokeTokenSuccess {
        tokenId
      }
      ...Refusal @unmask
    }
  }
`);

type Token = TokenListQuery["tokens"]["edges"][number]["node"];
type Open = { readonly is: "new" } | { readonly is: "made"; readonly token: string } | { readonly is: "revoke"; readonly token: Token };

export function TokensCard() {
  const t = useProgramMessages();
  const { more } = useMessages();
  const list = useKeyset(TOKENS, { first: 50 }, (data) => pageOf(data.tokens));
  const { data } = useAsked<{ users: readonly Person[] }>("/auth/users");
  const [open, setOpen] = useState<Open | null>(null);
  const people = data?.users ?? [];
  const close = () => setOpen(null);
  return (
    <Card title={t.tokens}>
      <div className="stack">
        <p className="soft">{t.tokensLead}</p>
        {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
        {list.loading && list.rows.length === 0 && <SkeletonLines lines={3} />}
        {!list.loading && !list.error && list.rows.length === 0 && <p>{t.tokensNone}</p>}
        <ul className="stack">
          {list.rows.map((token) => (
            <Row key={token.id} token={token} owner={people.find((each) => each.id === token.userId)?.name ?? ""} onRevoke={() => setOpen({ is: "revoke", token })} />
          ))}
        </ul>
        <div className="cluster">
          <Button onPress={() => setOpen({ is: "new" })}>
            <Plus aria-hidden /> {t.newToken}
          </Button>
          {list.hasMore && <Button onPress={list.more}>{more}</Button>}
        </div>
      </div>
      {open?.is === "new" && <NewToken people={people} onClose={close} onMade={(token) => setOpen({ is: "made", token })} />}
      {open?.is === "made" && (
        <OneTime title={t.tokenTitle} text={open.token} file={{ name: "carreau-token.txt", text: `${open.token}\n`, mediaType: "text/plain;charset=utf-8" }} onClose={close}>
          <div className="example">
            <pre tabIndex={0} aria-label={t.example}>{tokenExample(location.origin)}</pre>
          </div>
        </OneTime>
      )}
      {open?.is === "revoke" && <Revoke token={open.token} onClose={close} />}
    </Card>
  );
}

function Row({ token, owner, onRevoke }: { readonly token: Token; readonly owner: string; readonly onRevoke: () => void }) {
  const t = useProgramMessages();
  const zone = useZone();
  const over = token.expiresAt <= new Date().toISOString();
  return (
    <li className="held">
      <span>
        <span className="cluster">
          <KeySquare aria-hidden size={18} /> <strong>{token.label}</strong> {owner && <span className="soft">{t.of(owner)}</span>}
        </span>
        <span className="small soft">
          {token.revokedAt ? (
            <>{t.wasRevoked} <InstantText at={token.revokedAt} zone={zone} /></>
          ) : (
            <>{over ? t.ended : t.until} <InstantText at={token.expiresAt} zone={zone} /></>
          )}
        </span>
      </span>
      {!token.revokedAt && !over && (
        <Button small aria-label={`${t.revoke} ${token.label}, ${owner}`} onPress={onRevoke}>
          {t.revoke}
        </Button>
      )}
    </li>
  );
}

interface NewTokenProps {
  readonly people: readonly Person[];
  readonly onClose: () => void;
  readonly onMade: (token: string) => void;
}

function NewToken({ people, onClose, onMade }: NewTokenProps) {
  const t = useProgramMessages();
  const signedIn = useSignedIn();
  const me = signedIn.state === "signed-in" ? (signedIn.session?.user.id ?? "") : "";
  const [userId, setUserId] = useState(me);
  const [label, setLabel] = useState("");
  const [days, setDays] = useState("30");
  const command = useCommand(CREATE);
  const submit = async () => {
    const outcome = await command.run({ userId, label: label.trim(), days: Number(days) });
    if (outcome.kind === "done") onMade(outcome.answer.token);
  };
  return (
    <Ask title={t.newToken} button={t.make} busy={command.busy} onClose={onClose} onSubmit={submit}>
      <TextField label={t.label} value={label} onChange={setLabel} required autoFocus maxLength={100} autoComplete="off" />
      <Select label={t.whose} value={userId} onChange={setUserId} options={people.map((each) => ({ value: each.id, label: `${each.name} (${each.email})` }))} />
      <AmountField label={t.days} value={days} onChange={setDays} required pattern="\d{1,3}" inputMode="numeric" />
      <CommandFailed outcome={command.outcome} />
    </Ask>
  );
}

function Revoke({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const t = useProgramMessages();
  const command = useCommand(REVOKE);
  const { key, renew } = useIdempotencyKey(`revoke token ${token.id}`);
  const submit = async () => {
    const outcome = await command.run({ userId: token.userId, tokenId: token.id, idempotencyKey: key });
    if (outcome.kind !== "lost") renew();
    if (outcome.kind !== "done") return;
    toast(t.revoked);
    onClose();
  };
  return (
    <Ask title={t.revokeTitle(token.label)} button={t.revoke} danger busy={command.busy} onClose={onClose} onSubmit={submit}>
      <p>{t.revokeTokenText}</p>
      <CommandFailed outcome={command.outcome} />
    </Ask>
  );
}
