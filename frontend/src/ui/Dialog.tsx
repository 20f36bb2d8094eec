/** A dialog over the page; Escape and the close button leave it. */
import { X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./Button";
import { useMessages } from "./messages";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly alert?: boolean;
  /** Some must be answered. */
  readonly firm?: boolean;
  readonly children: ReactNode;
}

const DIALOG = '[role="dialog"], [role="alertdialog"]';
// After React Aria has tried: it knows nothing of a dialog that took the place of another. And again when the page has
// been read anew: what was done may have taken its own button away (a cancelled invoice cannot be cancelled).
const AFTERWARDS = [50, 500, 2_000];
let cameFrom: HTMLElement | null = null;

/** The focus goes back to what opened the first dialog, also when others followed it. */
function useFocusBack() {
  useState(() => {
    const here = document.activeElement;
    if (here instanceof HTMLElement && here !== document.body && here.closest(DIALOG) === null) cameFrom = here;
  });
  useEffect(
    () => () => {
      for (const wait of AFTERWARDS) setTimeout(takeBack, wait);
    },
    [],
  );
}

function takeBack(): void {
  // The page itself may be gone by now; then there is nothing to focus.
  if (typeof document === "undefined") return;
  const lost = document.activeElement === null || document.activeElement === document.body;
  // What was taken away by the dialog takes its button with it: then the page itself.
  const back = cameFrom?.isConnected ? cameFrom : document.getElementById("content");
  if (lost && document.querySelector(DIALOG) === null) back?.focus({ preventScroll: true });
}

export function Dialog({ title, onClose, alert, firm, children }: DialogProps) {
  const t = useMessages();
  useFocusBack();
  return (
    <ModalOverlay className="overlay" isOpen isDismissable={!firm} isKeyboardDismissDisabled={firm ?? false} onOpenChange={(open) => !open && onClose()}>
      <Modal className="dialog">
        <AriaDialog role={alert ? "alertdialog" : "dialog"}>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {!firm && (
              <Button kind="quiet" icon aria-label={t.close} onPress={onClose}>
                <X aria-hidden />
              </Button>
            )}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
