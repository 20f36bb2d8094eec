/** Ctrl-K: to any page, to an invoice or a debtor by the beginning of a word, or straight to something to do. */
import { Keyboard, ReceiptText, Search, User } from "lucide-react";
import { useState } from "react";
import { Autocomplete, Dialog, Header, Input, Menu, MenuItem, MenuSection, Modal, ModalOverlay, TextField, useFilter } from "react-aria-components";
import { useNavigate } from "react-router";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import { Amount } from "../ui/parts";
import { useSettled } from "../ui/useSettled";
import { useMessages } from "./messages";
import { ACTIONS, placesOf } from "./navigation";
import { may } from "./session";

// No address: it opens over whatever is on the screen.
const HELP = "?";

const FIND = graphql(`
  query PaletteFind($search: String!, $invoices: Boolean!, $debtors: Boolean!) {
    invoices(filter: { search: $search }, first: 5) @include(if: $invoices) {
      edges {
        node {
          id
          number
          debtorName
          total {
            amountMinor
            currency
          }
        }
      }
    }
    debtors(search: $search, first: 5) @include(if: $debtors) {
      edges {
        node {
          id
          name
          reference
        }
      }
    }
  }
`);

interface CommandPaletteProps {
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

export function CommandPalette({ onClose, onHelp }: CommandPaletteProps) {
  const t = useMessages();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const [{ data }] = useQuery({ query: FIND, variables: { search, invoices: may("invoices.read"), debtors: may("debtors.read") }, pause: search.length < 2 });
  const { contains } = useFilter({ sensitivity: "base" });
  const found = search.length < 2 ? undefined : data;
  const go = (path: string) => {
    if (path === HELP) return onHelp();
    onClose();
    void navigate(path);
  };
  const matches = (text: string) => typed.trim() === "" || contains(text, typed.trim());
  const places = placesOf(may).filter((each) => matches(t[each.place]));
  const actions = [
    ...ACTIONS.filter((each) => may(each.needs)).map(({ path, icon, action }) => ({ path, icon, text: t[action] })),
    { path: HELP, icon: Keyboard, text: t.shortcuts },
  ].filter((each) => matches(each.text));
  return (
    <ModalOverlay className="overlay top" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="palette">
        <Dialog aria-label={t.jump}>
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <TextField aria-label={t.palettePlaceholder} autoFocus className="with-icon">
              <Search aria-hidden />
              <Input placeholder={t.palettePlaceholder} />
            </TextField>
            <Menu aria-label={t.jump} onAction={(key) => go(String(key))}>
              {places.length > 0 && (
                <MenuSection>
                  <Header>{t.palettePages}</Header>
                  {places.map(({ place, path, icon: Icon }) => (
                    <MenuItem key={path} id={path} className="option" textValue={t[place]}>
                      <Icon aria-hidden /> {t[place]}
                    </MenuItem>
                  ))}
                </MenuSection>
              )}
              {actions.length > 0 && (
                <MenuSection>
                  <Header>{t.paletteActions}</Header>
                  {actions.map(({ path, text, icon: Icon }) => (
                    <MenuItem key={path} id={path} className="option" textValue={text}>
                      <Icon aria-hidden /> {text}
                    </MenuItem>
                  ))}
                </MenuSection>
              )}
              {found?.invoices && found.invoices.edges.length > 0 && (
                <MenuSection>
                  <Header>{t.invoices}</Header>
                  {found.invoices.edges.map(({ node }) => (
                    <MenuItem key={node.id} id={`/invoices/${node.id}`} className="option" textValue={node.number || node.debtorName}>
                      <ReceiptText aria-hidden />
                      <span className="grow">
                        {node.number} {node.debtorName}
                      </span>
                      <Amount of={node.total} />
                    </MenuItem>
                  ))}
                </MenuSection>
              )}
              {found?.debtors && found.debtors.edges.length > 0 && (
                <MenuSection>
                  <Header>{t.debtors}</Header>
                  {found.debtors.edges.map(({ node }) => (
                    <MenuItem key={node.id} id={`/debtors/${node.id}`} className="option" textValue={node.name}>
                      <User aria-hidden />
                      <span className="grow">{node.name}</span>
                      <span className="soft">{node.reference}</span>
                    </MenuItem>
                  ))}
                </MenuSection>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
