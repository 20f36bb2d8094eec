/** The places of the app, in the order of the menu, and what somebody must be allowed so that they show anything. */
import {
  Activity, Building2, Coins, DoorClosed, FilePlus2, House, type LucideIcon, ReceiptText, RefreshCw, Send, Settings, UserCog, Users,
} from "lucide-react"; // prettier-ignore
import type { Capability } from "./capabilities";

export type Place =
  | "home" | "invoices" | "renewals" | "debtors" | "receivables" | "gate" | "deliveries" | "activity" | "people" | "settings" | "platform"; // prettier-ignore

export interface Destination {
  readonly place: Place;
  readonly path: string;
  readonly icon: LucideIcon;
  /** Null: for everybody who is signed in. */
  readonly needs: Capability | null;
}

export const DESTINATIONS: readonly Destination[] = [
  { place: "home", path: "/", icon: House, needs: null },
  { place: "invoices", path: "/invoices", icon: ReceiptText, needs: "invoices.read" },
  // Runs and mails are an issuer's: who reads no reports of one would find these lists empty.
  { place: "renewals", path: "/renewals", icon: RefreshCw, needs: "reports.read" },
  { place: "debtors", path: "/debtors", icon: Users, needs: "debtors.read" },
  { place: "receivables", path: "/receivables", icon: Coins, needs: "reports.read" },
  { place: "gate", path: "/gate", icon: DoorClosed, needs: "gate.check" },
  { place: "deliveries", path: "/deliveries", icon: Send, needs: "reports.read" },
  { place: "activity", path: "/activity", icon: Activity, needs: "activity.read" },
  { place: "people", path: "/people", icon: UserCog, needs: "access.manage" },
  { place: "settings", path: "/settings", icon: Settings, needs: "issuers.read" },
  { place: "platform", path: "/platform", icon: Building2, needs: "platform.operate" },
];

export function placesOf(may: (capability: Capability) => boolean): readonly Destination[] {
  return DESTINATIONS.filter(({ needs }) => needs === null || may(needs));
}

/** What can be begun from anywhere. */
export const ACTIONS = [
  { action: "newInvoice", path: "/invoices/new", icon: FilePlus2, needs: "invoices.draft" },
  { action: "newRun", path: "/renewals/new", icon: RefreshCw, needs: "runs.start" },
] as const satisfies readonly { action: string; path: string; icon: LucideIcon; needs: Capability }[];
