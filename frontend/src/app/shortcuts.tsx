/** What the keyboard does everywhere: find or do (`/`, Ctrl-K), this help (`?`), and `g` then a letter goes to a page. */
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { Dialog } from "../ui/Dialog";
import { Checkbox } from "../ui/fields";
import { useMessages } from "./messages";
import { type Place, placesOf } from "./navigation";
import { may } from "./session";

/** What lies over the page. */
export type Over = "palette" | "help";

const GO: readonly { readonly key: string; readonly place: Place }[] = [
  { key: "h", place: "home" },
  { key: "i", place: "invoices" },
  { key: "r", place: "renewals" },
  { key: "d", place: "debtors" },
  { key: "o", place: "receivables" },
  { key: "b", place: "gate" },
];
// `g` waits this long for its letter.
const SECOND_KEY = 1_500;

// Who speaks to the machine, or shakes, turns keys without Ctrl off (WCAG 2.1.4); this browser remembers it.
const KEPT = "carreau.single-keys";

/** A letter alone never acts while somebody types, or in a dialog, or when it is turned off; with Ctrl or ⌘ it does. */
export function useShortcuts(open: (over: Over) => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    let going = 0;
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && key === "k") {
        event.preventDefault();
        open("palette");
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !areOn() || isTyping(event.target)) return;
      const place = Date.now() - going < SECOND_KEY ? reachable().find((each) => each.key === key) : undefined;
      going = key === "g" ? Date.now() : 0;
      if (place) void navigate(place.path);
      else if (key === "/") open("palette");
      else if (key === "?") open("help");
      else if (key === "n" && may("invoices.draft")) void navigate("/invoices/new");
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [open, navigate]);
}

/** The pages with a letter of their own that whoever is signed in may see. */
function reachable() {
  return GO.flatMap(({ key, place }) => placesOf(may).filter((each) => each.place === place).map(({ path }) => ({ key, place, path })));
}

function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null) return true;
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"));
}

export function ShortcutsHelp({ onClose }: { readonly onClose: () => void }) {
  const t = useMessages();
  const [on, setOn] = useState(areOn);
  const turn = (wanted: boolean) => {
    setOn(wanted);
    keep(wanted);
  };
  return (
    <Dialog title={t.shortcuts} onClose={onClose}>
      <dl className="shortcuts">
        <Row keys={["/"]} text={t.shortcutsJump} />
        <Row keys={["Ctrl K"]} text={t.shortcutsJump} />
        {may("invoices.draft") && <Row keys={["n"]} text={t.shortcutsNew} />}
        {reachable().map(({ key, place }) => (
          <Row key={key} keys={["g", key]} text={t.shortcutsGo(t[place])} />
        ))}
        <Row keys={["Tab"]} text={t.shortcutsRows} />
        <Row keys={["Esc"]} text={t.shortcutsClose} />
        <Row keys={["?"]} text={t.shortcutsHelp} />
      </dl>
      <Checkbox selected={on} onChange={turn}>
        {t.shortcutsSingle}
      </Checkbox>
    </Dialog>
  );
}

function Row({ keys, text }: { readonly keys: readonly string[]; readonly text: string }) {
  const t = useMessages();
  return (
    <div>
      <dt>{text}</dt>
      <dd>
        {keys.map((key, at) => (
          <span key={key}>
            {at > 0 && ` ${t.shortcutsThen} `}
            <kbd>{key}</kbd>
          </span>
        ))}
      </dd>
    </div>
  );
}

function areOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

function keep(on: boolean): void {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // Storage may be forbidden; then they are on.
  }
}
