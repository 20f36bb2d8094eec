/** Buttons, and links that look like them. */
import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { Link, type LinkProps } from "react-router";

type Kind = "primary" | "secondary" | "quiet" | "danger";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "children"> {
  readonly kind?: Kind;
  readonly small?: boolean;
  readonly icon?: boolean;
  readonly children: ReactNode;
}

/** `isPending` while it works: unlike a disabled button it keeps the keyboard, and a turning ring says that something happens. */
export function Button({ kind = "secondary", small, icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classes(kind, small, icon)}>
      {children}
      {rest.isPending && <span className="turning" aria-hidden />}
    </AriaButton>
  );
}

export interface LinkButtonProps extends Omit<LinkProps, "className"> {
  readonly kind?: Kind;
  readonly small?: boolean;
}

export function LinkButton({ kind = "secondary", small, ...rest }: LinkButtonProps) {
  return <Link {...rest} className={classes(kind, small)} />;
}

function classes(kind: Kind, small?: boolean, icon?: boolean): string {
  return ["button", kind, small && "small", icon && "icon"].filter(Boolean).join(" ");
}
