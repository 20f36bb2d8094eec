/** What stands around every page: the menu, the way to the content, what the app itself has to say. */
import { Ellipsis, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { DialogTrigger, Popover } from "react-aria-components";
import { Link, NavLink, Outlet, useLocation, useNavigation } from "react-router";
import { Button } from "../ui/Button";
import { Toasts } from "../ui/toasts";
import { AccountMenu } from "./AccountMenu";
import { CommandPalette } from "./CommandPalette";
import { ConnectionBanner } from "./ConnectionBanner";
import { SessionDialogs } from "./SessionDialogs";
import { useMessages } from "./messages";
import { DESTINATIONS } from "./navigation";
import { useSignedIn } from "./session";
import { type Over, ShortcutsHelp, useShortcuts } from "./shortcuts";

export function Shell() {
  const t = useMessages();
  const [over, setOver] = useState<Over | null>(null);
  const main = useMainFocus();
  const busy = useNavigation().state !== "idle";
  useShortcuts(setOver);
  return (
    <>
      <a className="skip" href="#content">
        {t.skip}
      </a>
      <div className="shell">
        <aside>
          <Brand />
          <div className="jump">
            <Button small onPress={() => setOver("palette")} aria-keyshortcuts="Control+K">
              <Search aria-hidden /> {t.jump} <kbd>Ctrl K</kbd>
            </Button>
          </div>
          <nav aria-label={t.navigation} className="nav">
            {DESTINATIONS.map(({ place, path, icon: Icon }) => (
              <NavLink key={place} to={path} end={path === "/"}>
                <Icon aria-hidden /> {t[place]}
              </NavLink>
            ))}
          </nav>
          <div className="foot">
            <Who />
            <AccountMenu />
          </div>
        </aside>
        <header className="topbar">
          <Brand />
          <div className="cluster">
            <Button kind="quiet" icon aria-label={t.jump} onPress={() => setOver("palette")}>
              <Search aria-hidden />
            </Button>
            <AccountMenu />
          </div>
        </header>
        <main id="content" ref={main} tabIndex={-1} aria-busy={busy}>
          <ConnectionBanner />
          <Outlet />
        </main>
        <TabBar />
      </div>
      {over === "palette" && <CommandPalette onClose={() => setOver(null)} onHelp={() => setOver("help")} />}
      {over === "help" && <ShortcutsHelp onClose={() => setOver(null)} />}
      <SessionDialogs />
      <Toasts />
    </>
  );
}

function Brand() {
  return (
    <Link to="/" className="brand">
      <img src="/icon.svg" alt="" /> Carreau
    </Link>
  );
}

function Who() {
  const signedIn = useSignedIn();
  if ((signedIn.state !== "signed-in" && signedIn.state !== "expired") || signedIn.session === null) return null;
  const { user, tenant } = signedIn.session;
  return (
    <p className="who">
      <strong>{user.name}</strong>
      <br />
      <span className="soft">{tenant.name}</span>
    </p>
  );
}

/** On a phone: four places at the thumb, the others one step away. */
function TabBar() {
  const t = useMessages();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [pathname]);
  return (
    <nav aria-label={t.navigation} className="tabbar">
      {DESTINATIONS.slice(0, 4).map(({ place, path, icon: Icon }) => (
        <NavLink key={place} to={path} end={path === "/"}>
          <Icon aria-hidden /> {t[place]}
        </NavLink>
      ))}
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <Button kind="quiet" {...{ "aria-label": t.more }}>
          <Ellipsis aria-hidden /> {t.more}
        </Button>
        <Popover className="popover" placement="top end">
          <nav aria-label={t.more} className="nav">
            {DESTINATIONS.slice(4).map(({ place, path, icon: Icon }) => (
              <NavLink key={place} to={path}>
                <Icon aria-hidden /> {t[place]}
              </NavLink>
            ))}
          </nav>
        </Popover>
      </DialogTrigger>
    </nav>
  );
}

/** After going to another page the keyboard and the screen reader begin at its content. */
function useMainFocus() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
