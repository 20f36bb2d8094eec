/** What stands above every page of the console: its places, and a warning while everything outgoing is halted. */
import type { ReactNode } from "react";
import { useLocation } from "react-router";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import { useZone } from "../app/time";
import { LinkButton } from "../ui/Button";
import { InstantText, Notice, PageHeader } from "../ui/parts";
import { useMessages } from "./messages";

const HALT = graphql(`
  query PlatformHalt {
    platformHealth {
      switch {
        enabled
        at
        reason
      }
    }
  }
`);

const PLACES = [
  { word: "tenants", path: "/platform" },
  { word: "invoices", path: "/platform/invoices" },
  { word: "health", path: "/platform/health" },
] as const;

interface ConsoleHeaderProps {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}

export function ConsoleHeader({ title, lead, children }: ConsoleHeaderProps) {
  const t = useMessages();
  const { pathname } = useLocation();
  return (
    <>
      <nav className="cluster" aria-label={t.navigation}>
        {PLACES.map(({ word, path }) => (
          <LinkButton key={path} to={path} small kind={pathname === path ? "secondary" : "quiet"} {...(pathname === path ? { "aria-current": "page" as const } : {})}>
            {t.places[word]}
          </LinkButton>
        ))}
      </nav>
      <PageHeader title={title} lead={lead}>
        {children}
      </PageHeader>
      <Halted />
    </>
  );
}

function Halted() {
  const t = useMessages();
  const zone = useZone();
  const [{ data }] = useQuery({ query: HALT, requestPolicy: "cache-and-network" });
  const halt = data?.platformHealth.switch;
  if (!halt || halt.enabled) return null;
  return (
    <Notice tone="bad">
      <strong>{t.haltedTitle}</strong> {halt.at && <InstantText at={halt.at} zone={zone} />} · {halt.reason}
    </Notice>
  );
}
