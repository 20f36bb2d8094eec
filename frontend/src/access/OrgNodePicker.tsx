/** Choose a federation, district or club in the tree, by scrolling or by typing a part of its name or code. */
import { Building2, Check, House, MapPinned } from "lucide-react";
import { useState } from "react";
import { ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text, useFilter } from "react-aria-components";
import { useMessages as useUi } from "../ui/messages";
import type { NodeKind } from "./person";
import { type TreeNode, useOrgNodes } from "./useOrgNodes";

// More than one reads; whoever seeks one of a thousand clubs types.
const SHOWN = 100;
const ICONS = { FEDERATION: Building2, DISTRICT: MapPinned, CLUB: House } as const;

interface OrgNodePickerProps {
  readonly label: string;
  readonly hint: string;
  readonly kinds: readonly NodeKind[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  readonly error?: string | null;
}

export function OrgNodePicker({ label, hint, kinds, value, onChange, error }: OrgNodePickerProps) {
  const ui = useUi();
  const nodes = useOrgNodes();
  const { contains } = useFilter({ sensitivity: "base" });
  const [typed, setTyped] = useState("");
  const offered = (nodes ?? []).filter((node) => kinds.includes(node.kind));
  const chosen = offered.find((node) => node.id === value);
  const text = chosen ? chosen.name : typed;
  const found = chosen || typed.trim() === "" ? offered : offered.filter((node) => contains(node.path, typed.trim()) || contains(node.code, typed.trim()));
  return (
    <ComboBox<TreeNode>
      className="field" items={found.slice(0, SHOWN)} inputValue={text} selectedKey={value} allowsEmptyCollection menuTrigger="focus"
      defaultFilter={() => true} isInvalid={Boolean(error)}
      onInputChange={(now) => {
        setTyped(now);
        if (chosen && now !== chosen.name) onChange(null);
      }}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
    >
      <Label>{label}</Label>
      <Input />
      <Text slot="description" className="hint">
        {hint}
      </Text>
      <FieldError className="error">{error}</FieldError>
      <Popover className="popover">
        <ListBox<TreeNode> renderEmptyState={() => <p className="option soft">{nodes ? ui.nothingFound : `${ui.loading}…`}</p>}>
          {(node) => {
            const Icon = ICONS[node.kind];
            return (
              <ListBoxItem id={node.id} className="option" textValue={node.name}>
                {({ isSelected }) => (
                  <>
                    <Icon aria-hidden style={{ marginInlineStart: `${node.depth}rem` }} />
                    <span className="grow">
                      {node.name} <span className="soft small">{node.above || node.code}</span>
                    </span>
                    {isSelected && <Check aria-hidden />}
                  </>
                )}
              </ListBoxItem>
            );
          }}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
