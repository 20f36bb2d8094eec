/** What stands around every page: the menu, the way to the content, what the app itself has to say. */
import { Ellipsis, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { DialogTrigger, Popover } from "react-aria-components";
import { Link, NavLink, Outlet, useLocation, useNavigate, useNavigation } from "react-router";
import { Button } from "../ui/Button";
import { Toasts } from "../ui/toasts";
import { AccountMenu } from "./AccountMenu";
import { CommandPalette } from "./CommandPalette";
import { ConnectionBanner } from "./ConnectionBanner";
import { SessionDialogs } from "./SessionDialogs";
import { useMessages } from "./messages";
import { placesOf } from "./navigation";
import { may, useSignedIn } from "./session";
import { type Over, ShortcutsHelp, useShortcuts } from "./shortcuts";

export function Shell() {
  const t = useMessages();
  const [over, setOver] = useState<Over | null>(null);
  const main = useMainFocus();
  const places = usePlaces();
  const navigate = useNavigate();
  const go = (path: string) => void navigate(path);
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
            {places.map(({ place, path, icon: Icon }) => (
              <NavLink key={place} to={path} end={path === "/"}>
                <Icon aria-hidden /> {t[place]}
              </NavLink>
            ))}
          </nav>
          <div className="foot">
            <Who />
            <AccountMenu onGo={go} />
          </div>
        </aside>
        <header className="topbar">
          <Brand />
          <div className="cluster">
            <Button kind="quiet" icon aria-label={t.jump} onPress={() => setOver("palette")}>
              <Search aria-hidden />
            </Button>
            <AccountMenu onGo={go} />
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

/** The menu of whoever is signed in, which is another one after signing in as somebody else. */
function usePlaces() {
  useSignedIn();
  return placesOf(may);
}

// So many fit beside each other on the narrowest phone, and “More”.
const AT_THE_THUMB = 4;

/** On a phone: four places at the thumb, the others one step away. */
function TabBar() {
  const t = useMessages();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const places = usePlaces();
  useEffect(() => setOpen(false), [pathname]);
  return (
    <nav aria-label={t.navigation} className="tabbar">
      {places.slice(0, AT_THE_THUMB).map(({ place, path, icon: Icon }) => (
        <NavLink key={place} to={path} end={path === "/"}>
          <Icon aria-hidden /> {t[place]}
        </NavLink>
      ))}
      {places.length > AT_THE_THUMB && (
        <DialogTrigger isOpen={open} onOpenChange={setOpen}>
          <Button kind="quiet" {...{ "aria-label": t.more }}>
            <Ellipsis aria-hidden /> {t.more}
          </Button>
          <Popover className="popover" placement="top end">
            <nav aria-label={t.more} className="nav">
              {places.slice(AT_THE_THUMB).map(({ place, path, icon: Icon }) => (
                <NavLink key={place} to={path}>
                  <Icon aria-hidden /> {t[place]}
                </NavLink>
              ))}
            </nav>
          </Popover>
        </DialogTrigger>
      )}
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
