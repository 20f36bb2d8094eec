// Copies account and reference. Without script, or without a clipboard, there are no buttons, and nothing is missing.
"use strict";

if (navigator.clipboard) {
  const status = document.getElementById("copied");
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch {
        return;
      }
      button.textContent = button.dataset.copied;
      status.textContent = button.dataset.copied + ": " + button.dataset.copy;
      setTimeout(() => {
        button.textContent = label;
      }, 2000);
    });
  }
}
