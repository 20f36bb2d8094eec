/** What the server found in the template, each with what to do about it. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { TemplateReportQuery } from "../../graphql/generated/graphql";
import { useLanguage } from "../../language/language";
import { Button } from "../../ui/Button";
import { SkeletonLines } from "../../ui/parts";
import { useMessages } from "./messages";

export type Finding = Extract<TemplateReportQuery["templateReport"], { __typename: "TemplateReport" }>["findings"][number];

interface TemplateFindingsProps {
  readonly findings: readonly Finding[] | null;
  readonly onColour: (colour: string) => void;
  readonly onLanguage: (language: string) => void;
}

const ICONS = { PROBLEM: CircleAlert, WARNING: TriangleAlert, HINT: Info } as const;

export function TemplateFindings({ findings, onColour, onLanguage }: TemplateFindingsProps) {
  const t = useMessages();
  const names = useLanguageNames();
  const figures = new Intl.NumberFormat(useLanguage());
  if (findings === null) return <SkeletonLines lines={3} />;
  if (findings.length === 0) {
    return (
      <p className="finding good">
        <CircleCheck aria-hidden /> {t.allGood}
      </p>
    );
  }
  return (
    <ul className="findings">
      {findings.map((each) => {
        const Icon = ICONS[each.severity];
        const languages = each.languages.map(names).join(", ");
        const [language] = each.languages;
        return (
          <li key={each.code + each.field + languages} className={`finding ${each.severity.toLowerCase()}`}>
            <Icon aria-label={t.severity[each.severity]} />
            <div className="stack tight">
              <span>
                {t.finding[each.code]({
                  field: t.fieldName[each.field], languages, characters: [...each.characters].join(" "), actual: figures.format(Number(each.actual)), limit: figures.format(Number(each.limit)),
                  standIn: each.suggestion.length === 2 ? names(each.suggestion) : each.suggestion,
                })}
              </span>
              <div className="cluster">
                {(each.code === "CONTRAST_LOW" || each.code === "COLOUR_REPLACED") && (
                  <Button small onPress={() => onColour(each.suggestion)}>
                    <span className="swatch" style={{ background: each.suggestion }} aria-hidden /> {t.useColour(each.suggestion)}
                  </Button>
                )}
                {language && each.code !== "WORDS_MISSING" && (
                  <Button small onPress={() => onLanguage(language)}>
                    {t.writeIn(names(language))}
                  </Button>
                )}
              </div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Languages by the names they have in the language of the app. */
export function useLanguageNames(): (language: string) => string {
  const spoken = useLanguage();
  const names = new Intl.DisplayNames([spoken], { type: "language" });
  return (language) => names.of(language) ?? language;
}

/** As a name that stands alone; inside a sentence Swedish and French write it small. */
export function capital(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
