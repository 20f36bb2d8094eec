/** Dangerous actions want a sign-in of the last minutes. Whoever needs one asks here; a dialog answers. */

type Answer = (fresh: boolean) => void;
let dialog: ((answer: Answer) => void) | null = null;

/** Resolves to true once the person has proved who they are again. */
export function askFresh(): Promise<boolean> {
  return new Promise((answer) => (dialog === null ? answer(false) : dialog(answer)));
}

/** The dialog says that it is there. */
export function answerFresh(show: (answer: Answer) => void): () => void {
  dialog = show;
  return () => {
    dialog = null;
  };
}
