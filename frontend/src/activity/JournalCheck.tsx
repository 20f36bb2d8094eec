/** Is a book of the journal unbroken? The server hashes it again, piece by piece; the answer in words, and the checkpoint to keep. */
import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { type CombinedError, useClient } from "urql";
import { graphql } from "../graphql/generated";
import type { Book, CheckJournalQuery } from "../graphql/generated/graphql";
import { useZone } from "../app/time";
import { useLanguage } from "../language/language";
import { Button } from "../ui/Button";
import { QueryFailed } from "../ui/failures";
import { Notice, SkeletonLines } from "../ui/parts";
import { useMessages } from "./messages";

const CHECK = graphql(`
  query CheckJournal($book: Book!, $after: BigInt!) {
    journalCheck(book: $book, after: $after) {
      checkedTo
      head
      firstAt
      lastAt
      faults {
        check
        position
      }
      checkpoint {
        position
        signedOn
        exported
      }
    }
  }
`);

type Piece = NonNullable<CheckJournalQuery["journalCheck"]>;

interface Progress {
  readonly piece: Piece;
  readonly from: string | null;
  readonly broken: readonly string[];
  readonly foreign: readonly string[];
  readonly done: boolean;
}

/** How the server calls what it found about signatures; everything else concerns the chain itself. */
const SIGNATURES = "signatures";

function positions(piece: Piece, wanted: (check: string) => boolean): readonly string[] {
  return piece.faults.filter((each) => wanted(each.check)).map((each) => each.position ?? piece.head);
}

/** Asks piece after piece until the journal's end, for as long as somebody looks. */
function useCheck(book: Book): { readonly progress: Progress | null; readonly partly: boolean; readonly error: CombinedError | null } {
  const client = useClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [partly, setPartly] = useState(false);
  const [error, setError] = useState<CombinedError | null>(null);
  useEffect(() => {
    let looking = true;
    const check = async () => {
      let known = null as Progress | null;
      while (looking && !known?.done) {
        const after: string = known?.piece.checkedTo ?? "0";
        const { data, error: failed } = await client.query(CHECK, { book, after }, { requestPolicy: "network-only" }).toPromise();
        if (!looking) return;
        if (!data) return setError(failed ?? null);
        const piece = data.journalCheck;
        if (!piece) return setPartly(true);
        known = {
          piece: { ...piece, lastAt: piece.lastAt ?? known?.piece.lastAt ?? null },
          from: known?.from ?? piece.firstAt ?? null,
          broken: [...(known?.broken ?? []), ...positions(piece, (check) => check !== SIGNATURES)],
          foreign: [...(known?.foreign ?? []), ...positions(piece, (check) => check === SIGNATURES)],
          done: piece.checkedTo === piece.head,
        };
        setProgress(known);
      }
    };
    void check();
    return () => {
      looking = false;
    };
  }, [client, book]);
  return { progress, partly, error };
}

export function JournalCheck({ book }: { readonly book: Book }) {
  const t = useMessages();
  const spoken = useLanguage();
  const zone = useZone();
  const { progress, partly, error } = useCheck(book);
  if (error) return <QueryFailed error={error} />;
  if (partly) return <Notice tone="info">{t.chainPart}</Notice>;
  if (!progress) return <SkeletonLines lines={2} />;
  const { piece, from, broken, foreign, done } = progress;
  const bad = broken.length > 0 || foreign.length > 0;
  const number = (position: string) => Number(position).toLocaleString(spoken);
  const instant = (at: string | null | undefined) =>
    at ? new Intl.DateTimeFormat(spoken, { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(new Date(at)) : "";
  return (
    <Notice tone={bad ? "bad" : done ? "good" : "info"}>
      <strong>{t.chainTitle(book)}</strong>
      <div aria-live="polite">
        {broken.length > 0 && <p>{t.chainBad(some(broken, number))}</p>}
        {foreign.length > 0 && <p>{t.chainForeign(some(foreign, number))}</p>}
        {!done && <p>{t.chainProgress(number(piece.checkedTo), number(piece.head))}</p>}
        {done && !bad && <p>{t.chainGood(number(piece.head), instant(from), instant(piece.lastAt))}</p>}
      </div>
      {!done && <progress aria-label={t.chainTitle(book)} value={Number(piece.checkedTo)} max={Number(piece.head)} />}
      {done && (piece.checkpoint ? <Signed checkpoint={piece.checkpoint} number={number} /> : <p className="small soft">{t.chainUnsigned}</p>)}
    </Notice>
  );
}

const MAX_NAMED = 5;

function some(found: readonly string[], number: (position: string) => string): string {
  return [...new Set(found)].slice(0, MAX_NAMED).map(number).join(", ");
}

function Signed({ checkpoint, number }: { readonly checkpoint: NonNullable<Piece["checkpoint"]>; readonly number: (position: string) => string }) {
  const t = useMessages();
  return (
    <>
      <p className="small">
        {t.chainSigned(checkpoint.signedOn, number(checkpoint.position))} <span className="soft">{t.chainExportHelp}</span>
      </p>
      <Button small onPress={() => save(checkpoint.exported, `checkpoint-${checkpoint.signedOn}.json`)}>
        <Download aria-hidden /> {t.chainExport}
      </Button>
    </>
  );
}

function save(line: string, name: string) {
  const address = URL.createObjectURL(new Blob([`${line}\n`], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
