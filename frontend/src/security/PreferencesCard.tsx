/** The language one reads, kept with the person; light or dark, kept in this browser. */
import { chooseLanguage } from "../app/AccountMenu";
import { choose, useTheme } from "../app/theme";
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, useLanguage } from "../language/language";
import { Select } from "../ui/fields";
import { Card } from "../ui/parts";
import { useMessages } from "./messages";

export function PreferencesCard() {
  const t = useMessages();
  const [spoken, theme] = [useLanguage(), useTheme()];
  return (
    <Card title={t.preferences}>
      <div className="grid-fields">
        <Select
          label={t.language} value={spoken} onChange={(wanted) => isLanguage(wanted) && chooseLanguage(wanted)}
          options={LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))}
        />
        <Select
          label={t.appearance} value={theme} onChange={(wanted) => choose(wanted === "dark" ? "dark" : "light")}
          options={[{ value: "light", label: t.light }, { value: "dark", label: t.dark }]}
        />
      </div>
    </Card>
  );
}
