/** Clubs that a member file names and that are not there: made in one confirmed step, below their district. */
import { useState } from "react";
import { sendJson } from "../app/rest";
import { Button } from "../ui/Button";
import { RequestFailed } from "../ui/failures";
import { Notice } from "../ui/parts";
import { useFileMessages } from "./fileMessages";

export interface MissingClub {
  readonly parent_id: string;
  readonly parent: string;
  readonly name: string;
  readonly rows: number;
}

interface MissingClubsProps {
  readonly clubs: readonly MissingClub[];
  /** Called once they are there, with how many they were. */
  readonly onMade: (count: number) => void;
}

export function MissingClubs({ clubs, onMade }: MissingClubsProps) {
  const words = useFileMessages();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const make = async () => {
    setBusy(true);
    setError(null);
    try {
      const sent = clubs.map(({ parent_id, name }) => ({ parent_id, name }));
      onMade((await sendJson<{ created: number }>("POST", "/api/v1/org-nodes/clubs", { clubs: sent })).created);
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  };
  return (
    <Notice tone="warn">
      <div className="stack tight">
        <strong>{words.missingClubs(clubs.length, clubs.reduce((sum, each) => sum + each.rows, 0))}</strong>
        <p>{words.missingText}</p>
        <ul className="small">
          {clubs.map((each) => (
            <li key={`${each.parent_id}/${each.name}`}>
              {each.name} <span className="soft">{words.below(each.parent)}, {words.rows(each.rows)}</span>
            </li>
          ))}
        </ul>
        <RequestFailed error={error} />
        <div>
          <Button onPress={() => void make()} isDisabled={busy}>
            {words.createClubs(clubs.length)}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
