/** Signed out: the sign-in screen. Signed in: the pages, each loaded when it is first opened. */
import { useEffect, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { createBrowserRouter, type LoaderFunction, type RouteObject, RouterProvider } from "react-router";
import { Provider } from "urql";
import { createClient } from "../graphql/client";
import { refreshLists } from "../graphql/keyset";
import { isLanguage, speak, useLanguage } from "../language/language";
import type { Capability } from "./capabilities";
import { patiently } from "./connection";
import { NotFound, PageFailed } from "./failures";
import { InvitationPage, ResetPage } from "./LinkPages";
import { Only } from "./Only";
import { Shell } from "./Shell";
import { SignInPage } from "./SignIn";
import { useSignedIn } from "./session";

const page = (path: string, load: () => Promise<{ Component: React.ComponentType; loader?: LoaderFunction }>): RouteObject => ({
  path,
  lazy: patiently(load),
});

/** Pages that show nothing to whoever lacks the capability: instead they say whom to ask. */
const only = (needs: Capability, ...children: RouteObject[]): RouteObject => ({ element: <Only needs={needs} />, children });

const routes: RouteObject[] = [
  {
    path: "/",
    element: <Shell />,
    errorElement: <PageFailed />,
    hydrateFallbackElement: <div className="page" />,
    children: [
      {
        errorElement: <PageFailed />,
        children: [
          { index: true, lazy: patiently(() => import("../dashboards/HomePage")) },
          page("sign-in", () => import("../dashboards/HomePage")),
          page("security", () => import("../security/SecurityPage")),
          only("invoices.read", page("invoices", () => import("../invoices/InvoicesPage")), page("invoices/:id", () => import("../invoices/InvoicePage"))),
          only("invoices.draft", page("invoices/new", () => import("../invoices/NewInvoicePage")), page("invoices/:id/edit", () => import("../invoices/NewInvoicePage"))),
          only("reports.read", page("renewals", () => import("../renewals/RunsPage")), page("renewals/:id", () => import("../renewals/RunPage"))),
          only("runs.start", page("renewals/new", () => import("../renewals/NewRunPage"))),
          only("debtors.read", page("debtors", () => import("../debtors/DebtorsPage")), page("debtors/:id", () => import("../debtors/DebtorPage"))),
          only("debtors.manage", page("debtors/new", () => import("../debtors/DebtorFormPage")), page("debtors/:id/edit", () => import("../debtors/DebtorFormPage"))),
          only("reports.read", page("receivables", () => import("../receivables/ReceivablesPage")), page("deliveries", () => import("../deliveries/DeliveriesPage"))),
          only("gate.check", page("gate", () => import("../gate/GatePage"))),
          only("activity.read", page("activity", () => import("../activity/ActivityPage"))),
          only("access.manage", page("people", () => import("../access/PeoplePage"))),
          only("issuers.read", page("settings", () => import("../issuers/SettingsPage"))),
          only(
            "platform.operate", page("platform", () => import("../platform/TenantsPage")), page("platform/tenants/new", () => import("../platform/OpenTenantPage")),
            page("platform/tenants/:id", () => import("../platform/TenantPage")), page("platform/invoices", () => import("../platform/InvoicesPage")),
            page("platform/health", () => import("../platform/HealthPage")),
          ),
          { path: "*", element: <NotFound /> },
        ],
      },
    ],
  },
];

export function App() {
  const spoken = useLanguage();
  return (
    <I18nProvider locale={spoken}>
      <Entrance />
    </I18nProvider>
  );
}

function Entrance() {
  const signedIn = useSignedIn();
  const inside = signedIn.state === "signed-in" || signedIn.state === "expired";
  const who = inside ? (signedIn.session?.user.id ?? signedIn.bearer) : null;
  const wanted = inside ? signedIn.session?.user.language : undefined;
  // Another person gets another client and another router: nothing of the one before is left.
  const app = useMemo(() => (who === null ? null : { client: createClient(), router: createBrowserRouter(routes) }), [who]);
  useEffect(() => {
    // Signed in again after the session had expired: what could not be read then is read now.
    if (signedIn.state === "signed-in") refreshLists();
  }, [signedIn.state]);
  useEffect(() => {
    // The language is the person's: what was spoken at the door, or by whoever sat here before, ends with it.
    if (isLanguage(wanted)) speak(wanted);
  }, [wanted, who]);
  if (location.pathname === "/reset" && !inside) return <LinkRouter element={<ResetPage />} />;
  if (location.pathname === "/invitation" && !inside) return <LinkRouter element={<InvitationPage />} />;
  if (signedIn.state === "unknown") return null;
  if (app === null) return <SignInPage />;
  return (
    <Provider value={app.client}>
      <RouterProvider router={app.router} />
    </Provider>
  );
}

/** A page that needs nobody to be signed in. */
function LinkRouter({ element }: { readonly element: React.ReactElement }) {
  const [router] = useState(() => createBrowserRouter([{ path: "*", element }]));
  return <RouterProvider router={router} />;
}
