/** The places of the app, in the order of the menu. Capabilities to come find their place here. */
import {
  Activity, Coins, DoorClosed, House, type LucideIcon, ReceiptText, RefreshCw, Send, Settings, Users,
} from "lucide-react"; // prettier-ignore

export type Place =
  | "home" | "invoices" | "renewals" | "debtors" | "receivables" | "gate" | "deliveries" | "activity" | "settings"; // prettier-ignore

export interface Destination {
  readonly place: Place;
  readonly path: string;
  readonly icon: LucideIcon;
}

export const DESTINATIONS: readonly Destination[] = [
  { place: "home", path: "/", icon: House },
  { place: "invoices", path: "/invoices", icon: ReceiptText },
  { place: "renewals", path: "/renewals", icon: RefreshCw },
  { place: "debtors", path: "/debtors", icon: Users },
  { place: "receivables", path: "/receivables", icon: Coins },
  { place: "gate", path: "/gate", icon: DoorClosed },
  { place: "deliveries", path: "/deliveries", icon: Send },
  { place: "activity", path: "/activity", icon: Activity },
  { place: "settings", path: "/settings", icon: Settings },
];
