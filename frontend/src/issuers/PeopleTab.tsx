/** Who may do what, and where. */
import { useEffect, useState } from "react";
import { getJson } from "../app/rest";
import { isRole, useRoleWords } from "../access/roles";
import { Card, Notice, SkeletonLines } from "../ui/parts";
import { useMessages } from "./messages";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly invited: boolean;
  readonly second_factor: boolean;
  readonly roles: readonly { readonly role: string; readonly org_node: { readonly name: string } }[];
}

export function PeopleTab() {
  const t = useMessages();
  const roles = useRoleWords();
  const [people, setPeople] = useState<readonly Person[] | "refused" | null>(null);
  useEffect(() => {
    getJson<{ users: Person[] }>("/auth/users").then(
      ({ users }) => setPeople(users),
      () => setPeople("refused"),
    );
  }, []);
  if (people === null) return <SkeletonLines lines={5} />;
  if (people === "refused") return <Notice>{t.noPeople}</Notice>;
  return (
    <div className="stack">
      <p className="soft">{t.peopleLead}</p>
      <Card flush>
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t.tabs.people}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.name}</th>
                <th scope="col">{t.role}</th>
                <th scope="col">{t.second}</th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <tr key={person.id}>
                  <th scope="row">
                    {person.name}
                    <div className="small soft">
                      {person.email} {person.invited && `· ${t.invited}`}
                    </div>
                  </th>
                  <td>
                    <ul className="stack tight">
                      {person.roles.map((each) => (
                        <li key={each.role + each.org_node.name}>
                          {isRole(each.role) ? roles[each.role] : each.role} <span className="soft">{each.org_node.name}</span>
                        </li>
                      ))}
                    </ul>
                  </td>
                  <td>{person.second_factor ? t.yes : t.no}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
    </div>
  );
}
