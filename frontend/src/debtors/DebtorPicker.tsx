/** Choose a debtor by the beginning of a name, an e-mail address or a number. */
import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import { ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import { useQuery } from "urql";
import { useSettled } from "../ui/useSettled";
import { graphql } from "../graphql/generated";
import type { DebtorChoicesQuery } from "../graphql/generated/graphql";
import { useMessages as useUi } from "../ui/messages";

const FIND = graphql(`
  query DebtorChoices($search: String!) {
    debtors(search: $search, first: 12) {
      edges {
        node {
          id
          name
          reference
          email
          language
          erased
        }
      }
    }
  }
`);

export type DebtorChoice = Pick<DebtorChoicesQuery["debtors"]["edges"][number]["node"], "id" | "name" | "reference">;

interface DebtorPickerProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null | undefined;
  readonly value: DebtorChoice | null;
  readonly onChange: (debtor: DebtorChoice | null) => void;
  readonly autoFocus?: boolean;
}

export function DebtorPicker({ label, hint, error, value, onChange, autoFocus }: DebtorPickerProps) {
  const ui = useUi();
  const [typed, setTyped] = useState(value ? nameOf(value) : "");
  const search = useSettled(value && typed === nameOf(value) ? "" : typed.trim());
  const [{ data, fetching }] = useQuery({ query: FIND, variables: { search } });
  useEffect(() => {
    if (value) setTyped(nameOf(value));
  }, [value]);
  // What is offered always answers what stands in the field: nobody is billed because an old answer was still there.
  const answered = !fetching && (search === typed.trim() || (value !== null && typed === nameOf(value)));
  const choices = answered ? (data?.debtors.edges ?? []).map(({ node }) => node).filter((node) => !node.erased) : [];
  return (
    <ComboBox
      className="field" items={choices} inputValue={typed} selectedKey={value?.id ?? null} allowsEmptyCollection
      defaultFilter={() => true} isInvalid={Boolean(error)}
      onInputChange={(now) => {
        setTyped(now);
        // Nobody is billed whose name does not stand in the field any more.
        if (value && now !== nameOf(value)) onChange(null);
      }}
      onSelectionChange={(key) => {
        // Leaving the field says null where an older choice was none: only what is typed takes a choice back.
        const found = choices.find((each) => each.id === key);
        if (!found) return;
        // At once: a field that still shows what was typed would open its list again.
        setTyped(nameOf(found));
        onChange(found);
      }}
    >
      <Label>{label}</Label>
      <Input autoFocus={autoFocus ?? false} placeholder={hint ?? ""} />
      <FieldError className="error">{error}</FieldError>
      {hint && (
        <Text slot="description" className="visually-hidden">
          {hint}
        </Text>
      )}
      <Popover className="popover">
        <ListBox<(typeof choices)[number]> renderEmptyState={() => <p className="option soft">{answered ? ui.nothingFound : `${ui.loading}…`}</p>}>
          {(debtor) => (
            <ListBoxItem id={debtor.id} className="option" textValue={nameOf(debtor)}>
              {({ isSelected }) => (
                <>
                  <span className="grow">
                    {debtor.name} <span className="soft small">{debtor.reference}</span>
                    <br />
                    <span className="soft small">{debtor.email}</span>
                  </span>
                  {isSelected && <Check aria-hidden />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function nameOf(debtor: DebtorChoice): string {
  return debtor.name || debtor.reference;
}
