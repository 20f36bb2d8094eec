/** The one GraphQL client. A new sign-in gets a new one, so that nobody sees what somebody else had asked. */
import { cacheExchange, Client, fetchExchange, mapExchange, subscriptionExchange } from "@urql/core";
import { createClient as createSocket } from "graphql-ws";
import { onReturn } from "../app/connection";
import { authorisation, connectionParams, expire } from "../app/session";
import { refreshLists } from "./keyset";
import { persistedExchange } from "./persisted";
import { remembered } from "./remembered";
import { rereadExchange } from "./reread";

export function createClient(): Client {
  const socket = createSocket({
    url: `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/graphql`,
    connectionParams,
    lazy: true,
    retryAttempts: 10,
    shouldRetry: () => true,
  });
  const memory = remembered();
  const client: Client = new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetchOptions: () => ({ headers: authorisation(), credentials: "same-origin" }),
    exchanges: [
      memory.exchange,
      mapExchange({
        onError: (error) => {
          const status = (error.response as Response | undefined)?.status;
          if (status === 401) expire();
        },
      }),
      rereadExchange(() => client),
      cacheExchange,
      persistedExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (operation) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query: operation.query ?? "", variables: operation.variables as never, extensions: operation.extensions as never }, sink as never),
          }),
        }),
      }),
    ],
  });
  memory.follow(client);
  return client;
}

// Lists read page by page ask again by themselves, too.
onReturn(refreshLists);
