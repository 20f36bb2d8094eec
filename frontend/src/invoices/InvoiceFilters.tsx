/** The filters that are not always needed: on a wide window they open below the search, on a phone over the list. */
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { useIssuers } from "../issuers/useIssuers";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { DateField, Select } from "../ui/fields";
import { useMessages as useUi } from "../ui/messages";
import { usePhone } from "../ui/usePhone";
import type { FilterName } from "./list";
import { useMessages } from "./listMessages";

interface InvoiceFiltersProps {
  readonly params: URLSearchParams;
  readonly onSet: (name: FilterName, value: string) => void;
}

const NAMES: readonly FilterName[] = ["issuer", "season", "from", "to", "dueFrom", "dueTo"];

export function InvoiceFilters({ params, onSet }: InvoiceFiltersProps) {
  const t = useMessages();
  const ui = useUi();
  const phone = usePhone();
  const active = NAMES.filter((name) => params.has(name)).length;
  const [open, setOpen] = useState(active > 0 && !phone);
  return (
    <>
      <Button aria-expanded={open} aria-label={active > 0 ? `${t.filters} (${active})` : t.filters} onPress={() => setOpen(!open)}>
        <SlidersHorizontal aria-hidden /> {!phone && t.filters}
        {active > 0 && <span className="count">{active}</span>}
      </Button>
      {open && !phone && (
        <div className="grid-fields" style={{ flexBasis: "100%" }}>
          <Fields params={params} onSet={onSet} />
        </div>
      )}
      {open && phone && (
        <Dialog title={t.filters} onClose={() => setOpen(false)}>
          <div className="grid-fields two">
            <Fields params={params} onSet={onSet} />
          </div>
          <div className="actions">
            <Button kind="primary" onPress={() => setOpen(false)}>
              {ui.apply}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Fields({ params, onSet }: InvoiceFiltersProps) {
  const t = useMessages();
  const issuers = useIssuers() ?? [];
  const value = (name: FilterName) => params.get(name) ?? "";
  const seasons = new Set([...issuers.flatMap((issuer) => issuer.seasons.map((season) => season.code)), value("season")]);
  const codes = [...seasons].filter((code) => code !== "").sort().reverse();
  return (
    <>
      {issuers.length > 1 && (
        <Select
          label={t.issuer} value={value("issuer")} onChange={(id) => onSet("issuer", id)}
          options={[{ value: "", label: t.any }, ...issuers.map((each) => ({ value: each.id, label: each.name }))]}
        />
      )}
      <Select
        label={t.season} value={value("season")} onChange={(season) => onSet("season", season)}
        options={[{ value: "", label: t.any }, ...codes.map((code) => ({ value: code, label: code }))]}
      />
      <DateField label={t.issuedFrom} value={value("from")} onChange={(day) => onSet("from", day)} />
      <DateField label={t.issuedTo} value={value("to")} onChange={(day) => onSet("to", day)} />
      <DateField label={t.dueFrom} value={value("dueFrom")} onChange={(day) => onSet("dueFrom", day)} />
      <DateField label={t.dueTo} value={value("dueTo")} onChange={(day) => onSet("dueTo", day)} />
    </>
  );
}
