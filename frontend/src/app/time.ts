/** What day and hour it is: by an issuer's wall clock for what it issues, by the federation's for what goes over several. */
import { todayIn } from "../dates/dates";
import { useIssuers } from "../issuers/useIssuers";
import { useSignedIn } from "./session";

/** The zone of an issuer's wall clock, or without one the federation's; whoever came by a token has that of the machine. */
export function useZone(issuerId?: string | null): string {
  const who = useSignedIn();
  const issuer = useIssuers()?.find((each) => each.id === issuerId);
  const tenant = who.state === "signed-in" || who.state === "expired" ? who.session?.tenant : undefined;
  return issuer?.timeZone ?? tenant?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Today, where the issuer is, or else the federation. */
export function useToday(issuerId?: string | null): string {
  return todayIn(useZone(issuerId));
}
