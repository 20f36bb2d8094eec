/** Language, light or dark, and the way out. */
import { CircleUser, LogOut, Moon, ShieldUser, Sun } from "lucide-react";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { isLanguage, type Language, LANGUAGE_NAMES, LANGUAGES, speak, useLanguage } from "../language/language";
import { Button } from "../ui/Button";
import { useMessages } from "./messages";
import { sendJson } from "./rest";
import { end, keepLanguage, signedIn, useSignedIn } from "./session";
import { choose, useTheme } from "./theme";

interface AccountMenuProps {
  /** Where there are pages to go to; before signing in there are none. */
  readonly onGo?: (path: string) => void;
}

export function AccountMenu({ onGo }: AccountMenuProps) {
  const t = useMessages();
  const inside = useSignedIn().state === "signed-in" && onGo !== undefined;
  const spoken = useLanguage();
  const theme = useTheme();
  return (
    <MenuTrigger>
      <Button kind="quiet" icon aria-label={t.account}>
        <CircleUser aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu aria-label={t.account} onAction={(key) => (key === ACCOUNT ? onGo?.(ACCOUNT) : act(String(key)))}>
          <MenuSection selectionMode="single" selectedKeys={[spoken]} disallowEmptySelection>
            <Header>{t.language}</Header>
            {LANGUAGES.map((each) => (
              <MenuItem key={each} id={each} className="option" textValue={LANGUAGE_NAMES[each]}>
                {({ isSelected }) => (
                  <>
                    <span lang={each} className="grow">
                      {LANGUAGE_NAMES[each]}
                    </span>
                    {isSelected && <span aria-hidden>✓</span>}
                  </>
                )}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection>
            <Header>{t.appearance}</Header>
            <MenuItem id={theme === "dark" ? "light" : "dark"} className="option">
              {theme === "dark" ? <Sun aria-hidden /> : <Moon aria-hidden />}
              {theme === "dark" ? t.light : t.dark}
            </MenuItem>
          </MenuSection>
          {inside && (
            <MenuSection>
              <Header>{t.account}</Header>
              <MenuItem id={ACCOUNT} className="option">
                <ShieldUser aria-hidden /> {t.yourAccount}
              </MenuItem>
              <MenuItem id="sign-out" className="option">
                <LogOut aria-hidden /> {t.signOut}
              </MenuItem>
            </MenuSection>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

const ACCOUNT = "/security";

/** Here at once, and with the person for the next time, wherever that is. */
export function chooseLanguage(wanted: Language): void {
  speak(wanted);
  const now = signedIn();
  if (now.state !== "signed-in" || !now.session) return;
  keepLanguage(wanted);
  void sendJson("PUT", "/auth/language", { language: wanted }).catch(() => null);
}

function act(key: string): void {
  if (isLanguage(key)) {
    chooseLanguage(key);
  } else if (key === "light" || key === "dark") {
    choose(key);
  } else if (key === "sign-out") {
    void signOut();
  }
}

async function signOut(): Promise<void> {
  const now = signedIn();
  if (now.state === "signed-in" && now.session) await sendJson("POST", "/auth/sign-out").catch(() => null);
  end();
}
