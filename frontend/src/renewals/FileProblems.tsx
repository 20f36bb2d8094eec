/** What is wrong with a member file: each kind once, with the rows and what stands in them. */
import { gathered, type GatheredProblem, type RowProblem } from "./fileProblems";
import { useFileMessages } from "./fileMessages";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";

// The first rows tell what is wrong; the file itself shows the others.
const ROWS_SHOWN = 8;

export function FileProblems({ title, problems }: { readonly title: string; readonly problems: readonly RowProblem[] }) {
  const t = useMessages();
  const words = useFileMessages();
  return (
    <Table
      label={title} limited rows={gathered(problems)} keyOf={({ column, code }) => `${column}/${code}`}
      columns={[
        { head: t.column, names: true, cell: ({ column }) => words.columnNames[column] ?? column },
        {
          head: t.problem,
          cell: (each) => (
            <>
              <Said problem={each} /> <span className="soft small">({words.rows(each.found.length)})</span>
            </>
          ),
        },
        { head: t.row, cell: (each) => <Rows problem={each} /> },
      ]}
    />
  );
}

function Said({ problem }: { readonly problem: GatheredProblem }) {
  const word = useFileMessages().problems[problem.code];
  return word === undefined ? <span lang="en">{problem.message}</span> : <>{word}</>;
}

function Rows({ problem }: { readonly problem: GatheredProblem }) {
  const words = useFileMessages();
  const more = problem.found.length - ROWS_SHOWN;
  return (
    <ul className="plain small">
      {problem.found.slice(0, ROWS_SHOWN).map((each) => (
        <li key={each.row}>
          <span className="numeric">{each.row}</span> {each.value && <span className="soft">{each.value}</span>}
        </li>
      ))}
      {more > 0 && <li className="soft">{words.moreRows(more)}</li>}
    </ul>
  );
}
