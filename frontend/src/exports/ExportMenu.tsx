/** What a list shows, as a file: the kinds of files, how far it is, and what went wrong. */
import { Download, FileSpreadsheet, FileText } from "lucide-react";
import { useState } from "react";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { Problem } from "../app/rest";
import { useLanguage } from "../language/language";
import { Button } from "../ui/Button";
import { Notice } from "../ui/parts";
import { useMessages as useUi } from "../ui/messages";
import { toast } from "../ui/toasts";
import { addressOf, type Format, FORMATS, type Parameters, save } from "./exporting";
import { useMessages } from "./messages";

interface ExportMenuProps {
  readonly path: string;
  /** The filters and the order of the list, as REST names them. */
  readonly asked: Parameters;
  /** What is exported, where a page has more than one list. */
  readonly of?: string;
}

export function ExportMenu({ path, asked, of }: ExportMenuProps) {
  const t = useMessages();
  const spoken = useLanguage();
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const run = async (format: Format) => {
    setFailed(null);
    setShare(0);
    try {
      const manifest = await save(addressOf(path, asked, format, spoken), setShare);
      toast(t.saved(manifest.rows));
    } catch (problem) {
      setFailed(problem);
    }
    setShare(null);
  };
  const percent = new Intl.NumberFormat(spoken, { style: "percent" });
  return (
    <>
      <MenuTrigger>
        <Button isDisabled={share !== null} {...(of ? { "aria-label": `${t.exportAs}: ${of}` } : {})}>
          <Download aria-hidden /> {share === null ? t.exportAs : share === 0 ? t.preparing : t.percent(percent.format(share))}
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu aria-label={t.exportAs} onAction={(key) => void run(key as Format)}>
            {FORMATS.map((format) => (
              <MenuItem key={format} id={format} className="option" textValue={t.format[format]}>
                {format === "pdf" ? <FileText aria-hidden /> : <FileSpreadsheet aria-hidden />} {t.format[format]}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <ExportFailed error={failed} />
    </>
  );
}

/** Why there is no file, by the server's code. */
export function ExportFailed({ error }: { readonly error: unknown }) {
  const t = useMessages();
  const ui = useUi();
  const spoken = useLanguage();
  if (error === null || error === undefined) return null;
  const text = () => {
    if (!(error instanceof Problem)) return ui.unreachable;
    switch (error.code) {
      case "EXPORT_TOO_LARGE":
        return t.tooLarge(new Intl.NumberFormat(spoken).format(Number(error.body.limit)));
      case "STATEMENT_TOO_LONG":
        return t.statementTooLong;
      case "DOCUMENT_UNAVAILABLE":
        return t.unavailable;
      case "FORBIDDEN":
        return t.forbidden;
      default:
        return ui.broken;
    }
  };
  return (
    <div style={{ flexBasis: "100%" }}>
      <Notice tone="bad">{text()}</Notice>
    </div>
  );
}
