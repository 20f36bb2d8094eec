/** A dialog over the page; Escape and the close button leave it. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
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

export function Dialog({ title, onClose, alert, firm, children }: DialogProps) {
  const t = useMessages();
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
