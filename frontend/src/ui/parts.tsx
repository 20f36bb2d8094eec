/** Small things that every screen has. */
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import { type CSSProperties, type ReactNode, useEffect } from "react";
import { formatDate, formatInstant } from "../dates/dates";
import { useLanguage } from "../language/language";
import { formatMoney, money, type MoneyFields } from "../money/money";
import { useMessages } from "./messages";

export function Page({ children }: { readonly children: ReactNode }) {
  return <div className="page">{children}</div>;
}

interface PageHeaderProps {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}

/** The title and what one can do here. */
export function PageHeader({ title, lead, children }: PageHeaderProps) {
  usePageTitle(typeof title === "string" ? title : "");
  return (
    <header className="page-header">
      <div className="stack tight">
        <h1>{title}</h1>
        {lead && <p className="soft">{lead}</p>}
      </div>
      {children && <div className="cluster">{children}</div>}
    </header>
  );
}

/** What the browser's tab, its history and a screen reader call this page. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? PRODUCT : `${title} – ${PRODUCT}`;
  }, [title]);
}

const PRODUCT = "Carreau";

interface CardProps {
  readonly title?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}

export function Card({ title, flush, children }: CardProps) {
  return (
    <section className={flush ? "card flush" : "card"}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}

/** An amount as people of the chosen language write it. */
export function Amount({ of }: { readonly of: MoneyFields }) {
  return <span className="numeric">{formatMoney(money(of), useLanguage())}</span>;
}

export function DateText({ date, long }: { readonly date: string; readonly long?: boolean }) {
  return (
    <time dateTime={date} className="numeric">
      {formatDate(date, useLanguage(), long ? "long" : "short")}
    </time>
  );
}

export function InstantText({ at, zone }: { readonly at: string; readonly zone: string }) {
  return (
    <time dateTime={at} className="numeric">
      {formatInstant(at, useLanguage(), zone)}
    </time>
  );
}

export type Tone = "neutral" | "good" | "warn" | "bad" | "info";

interface StatusProps {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly children: ReactNode;
}

/** A word and an icon; the colour only repeats them. */
export function Status({ tone, icon: Icon, children }: StatusProps) {
  return (
    <span className={`status ${tone}`}>
      <Icon aria-hidden />
      {children}
    </span>
  );
}

interface NoticeProps {
  readonly tone?: "good" | "warn" | "bad" | "info";
  readonly children: ReactNode;
}

const NOTICE_ICONS = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert, info: Info } as const;

/** Something to know here and now. What went wrong is announced at once. */
export function Notice({ tone = "info", children }: NoticeProps) {
  const Icon = NOTICE_ICONS[tone];
  return (
    <div className={`notice ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon aria-hidden />
      <div>{children}</div>
    </div>
  );
}

interface EmptyProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** It is all there is of the page, so its title is the page's. */
  readonly alone?: boolean;
  readonly children?: ReactNode;
}

/** Nothing here yet: what belongs here and how it comes. */
export function Empty({ icon: Icon, title, alone, children }: EmptyProps) {
  const Heading = alone ? "h1" : "h2";
  return (
    <div className="empty">
      {alone && <OwnTitle title={title} />}
      <Icon aria-hidden />
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

function OwnTitle({ title }: { readonly title: string }) {
  usePageTitle(title);
  return null;
}

/** A grey line where words will be. */
export function Skeleton({ width = "100%", height }: { readonly width?: string; readonly height?: string }) {
  return <span className="skeleton" style={{ "--width": width, ...(height ? { height } : {}) } as CSSProperties} aria-hidden />;
}

/** Some lines of it, announced once. */
export function SkeletonLines({ lines = 3 }: { readonly lines?: number }) {
  const t = useMessages();
  return (
    <div className="stack tight" role="status" aria-label={t.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} width={`${90 - ((line * 17) % 45)}%`} />
      ))}
    </div>
  );
}

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  readonly of: number;
}

export function Progress({ label, done, of }: ProgressProps) {
  const percent = of === 0 ? 0 : Math.round((100 * done) / of);
  return (
    <div className="progress">
      <div className="cluster apart small">
        <span>{label}</span>
        <span className="numeric soft">
          {done} / {of}
        </span>
      </div>
      <div className="track" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
        <div style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
