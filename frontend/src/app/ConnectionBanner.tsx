/** What the app has to say when the server is not there: that what one sees stays, and that nothing need be pressed. */
import { WifiOff } from "lucide-react";
import { useNavigation } from "react-router";
import { useConnected } from "./connection";
import { useMessages } from "./messages";

export function ConnectionBanner() {
  const t = useMessages();
  const there = useConnected();
  const opening = useNavigation().state !== "idle";
  return (
    <div role="status" className="connection">
      {!there && (
        <p className="banner">
          <WifiOff aria-hidden /> {t.offline} {opening && t.offlineOpening}
        </p>
      )}
    </div>
  );
}
