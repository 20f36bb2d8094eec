"""A subscription from inside a page, as the app opens it: what comes, and how it ends."""

from typing import Any, Final

from playwright.async_api import Page

_LISTEN: Final = """([runId, csrf]) => new Promise(resolve => {
  const said = [];
  const socket = new WebSocket(location.origin.replace("http", "ws") + "/graphql", "graphql-transport-ws");
  const query = "subscription($runId: ID!) {runProgress(runId: $runId) {id state total {amountMinor}}}";
  socket.onopen = () => socket.send(JSON.stringify({type: "connection_init", payload: {csrf}}));
  socket.onmessage = ({data}) => {
    const message = JSON.parse(data);
    if (message.type === "connection_ack") {
      socket.send(JSON.stringify({id: "1", type: "subscribe", payload: {query, variables: {runId}}}));
    } else if (message.type === "next") said.push(message.payload.data);
    else if (message.type === "complete" || message.type === "error") {
      socket.close();
      resolve({how: message.type, said});
    }
  };
  socket.onclose = ({code}) => resolve({how: `closed with ${code}`, said});
})"""


async def progress_of(page: Page, run_id: str, csrf: str) -> dict[str, Any]:
    """Until the end of the stream: the run must have finished, or be unknown to whoever asks."""
    return dict(await page.evaluate(_LISTEN, [run_id, csrf]))


async def csrf_of(page: Page) -> str:
    session = await (await page.request.get("/auth/session")).json()
    return str(session["session"]["csrf_token"])
