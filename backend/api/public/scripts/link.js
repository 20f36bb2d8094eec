// Follows a link to an invoice: its token stands after the #, where no server logs it, and is handed over by POST. A
// program that only fetches the address, as scanners of mail do, opens nothing.
"use strict";

const token = location.hash.slice(1);
// Neither the history nor a shared screen keeps it.
history.replaceState(null, "", location.pathname);

const part = (id) => document.getElementById(id);
const parts = ["opening", "gone", "closed", "slow", "failed"];

function show(shown) {
  for (const id of parts) part(id).hidden = id !== shown;
  const heading = part(shown).querySelector("h1");
  if (heading) heading.focus();
}

async function post(path) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    credentials: "same-origin",
    cache: "no-store",
    body: JSON.stringify({ token }),
  });
  // To the end, also where only the status is looked at: an answer half read holds its connection.
  await answer.arrayBuffer();
  return answer;
}

async function open() {
  if (!token) return show("closed");
  show("opening");
  try {
    const answer = await post("/public/invoice/open");
    if (answer.ok) return location.replace("/public/invoice");
    show(answer.status === 429 ? "slow" : answer.status >= 500 ? "failed" : "gone");
  } catch {
    show("failed");
  }
}

async function fresh() {
  part("fresh").disabled = true;
  try {
    const answer = await post("/public/invoice/fresh");
    if (answer.status === 429) return show("slow");
    if (!answer.ok) throw new Error("no answer");
    part("offer").hidden = true;
    part("sent").hidden = false;
    part("sent").focus();
  } catch {
    part("fresh").disabled = false;
    show("failed");
  }
}

part("fresh").addEventListener("click", fresh);
part("again").addEventListener("click", open);
open();
