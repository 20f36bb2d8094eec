/** A page that broke, and one that is not there. The menu stays usable beside both. */
import { Compass, Unplug } from "lucide-react";
import { useEffect } from "react";
import { useRouteError } from "react-router";
import { Button, LinkButton } from "../ui/Button";
import { Empty, Page } from "../ui/parts";
import { NeedsNewDocument, useConnected } from "./connection";
import { useMessages } from "./messages";

export function PageFailed() {
  const t = useMessages();
  const there = useConnected();
  const error = useRouteError();
  const again = error instanceof NeedsNewDocument;
  useEffect(() => {
    if (again) location.reload();
  }, [again]);
  if (again) return null;
  // After an update the server no longer has the old files.
  const outdated = error instanceof TypeError && /import|module|fetch/i.test(error.message);
  return (
    <Page>
      <Empty icon={Unplug} title={outdated && there ? t.updated : t.failedTitle} alone>
        {!outdated && <p>{t.failedText}</p>}
        {/* Without a connection a reload would lead to the browser's own error page. */}
        {!there && <p>{t.offline}</p>}
        <Button kind="primary" isDisabled={!there} onPress={() => location.reload()}>
          {t.reload}
        </Button>
      </Empty>
    </Page>
  );
}

export function NotFound() {
  const t = useMessages();
  return (
    <Page>
      <Empty icon={Compass} title={t.notFoundTitle} alone>
        <p>{t.notFoundText}</p>
        <LinkButton to="/" kind="primary">
          {t.goHome}
        </LinkButton>
      </Empty>
    </Page>
  );
}
